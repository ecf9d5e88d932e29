/**
 * Checks the licences of every installed package: what is bundled may be passed on under the MIT licence with its own
 * notice, and nothing that we only work with asks for more than that.
 */
import { existsSync, readFileSync } from "node:fs";

const BUNDLED = new Set(["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0"]);
const TOOLS = new Set([...BUNDLED, "Apache-2.0", "MPL-2.0", "Python-2.0", "CC-BY-4.0"]);

/** Packages whose package.json says where to look instead. */
const READ = new Map([["spawndamnit", "MIT"]]);

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

function installed(folder) {
  const { packages } = readJson(`${folder}/package-lock.json`);
  return Object.keys(packages)
    .filter((path) => path !== "" && existsSync(`${folder}/${path}/package.json`))
    .map((path) => readJson(`${folder}/${path}/package.json`));
}

/** Any of "A OR B" will do. */
function isAllowed({ name, license }, allowed) {
  const expression = READ.get(name) ?? license;
  if (typeof expression !== "string") return false;
  return expression
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((one) => allowed.has(one));
}

const ours = installed(".");
const packages = [...ours, ...installed(".ci/tools")];
const notices = readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8");
const isBundled = ({ name, version }) => `\n${notices}`.includes(`\n${name} ${version}\n`);
const bundled = ours.filter(isBundled);
const refused = [
  ...bundled.filter((one) => !isAllowed(one, BUNDLED)),
  ...packages.filter((one) => !isAllowed(one, TOOLS)),
];
for (const { name, version, license } of refused) console.log(`${name} ${version}: ${license}`);
console.log(`${bundled.length} packages bundled, ${packages.length} installed, ${refused.length} refused`);
process.exitCode = refused.length === 0 && bundled.length > 0 ? 0 : 1;
