/**
 * Packs what `npm publish` would upload, installs it into an empty folder without a network, and uses it in every
 * way that its users do. Needs a build, and `npm ci` in `.ci/tools` and `.ci/testing`.
 *
 *   npx tsx test/package/check.ts
 */
import { deepStrictEqual, doesNotMatch, match, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { install, pack } from "./install.ts";
import { launchChecks } from "./launch.ts";
import { sessionChecks } from "./session.ts";
import { sizeChecks } from "./size.ts";
import { testingChecks } from "./testing.ts";
import type { TypeCheck } from "./tools.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "cookiesess-package-"));
const app = join(work, "app");

function run(folder: string, command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
const node = (folder: string, script: string, ...args: readonly string[]) =>
  run(folder, process.execPath, script, ...args);
const tool = (name: string, ...args: readonly string[]) =>
  run(work, join(root, ".ci/tools/node_modules/.bin", name), ...args);

/** Bytes of the tarball: the command line with its parts, the library in both module systems, the types. */
const MOST_PACKED = 650_000;

/** A cookie that Flask 3.1.3 wrote. */
const sample =
  readFileSync(join(root, "fixtures/flask/sessions-3.1.3.jsonl"), "utf8").split("\n", 1)[0] ?? "";
const { cookie, json } = JSON.parse(sample);
const payload = JSON.parse(json);

const { tarball, paths, size } = pack(work);
cpSync(fileURLToPath(new URL("consumers", import.meta.url)), app, { recursive: true });

function checkTypes({ folder, file, lib = ["ES2022"], types = [], ...resolution }: TypeCheck): void {
  const compilerOptions = {
    ...resolution,
    target: "ES2022",
    lib,
    types,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
  node(folder, join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
}
const types = (file: string, module: string, moduleResolution: string) =>
  checkTypes({ folder: app, file, module, moduleResolution });

async function bundleForBrowsers(): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: app,
    entryPoints: ["verify.mjs"],
    outfile: "browser.mjs",
    bundle: true,
    platform: "browser",
    format: "esm",
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  ok(inputs.includes("node_modules/cookiesess/dist/platform/web.js"));
  ok(!inputs.includes("node_modules/cookiesess/dist/platform/node.js"));
  deepStrictEqual(JSON.parse(node(app, "browser.mjs", sample)), [payload, payload]);
}

/** A bundle of formats alone has the hashes that few need when it asks for them. */
async function bundleWithHashes(): Promise<void> {
  const outputs = ["", 'import "cookiesess/hashes";'].map(async (hashes, index) => {
    const contents = `${hashes} import "./sha512.mjs";`;
    await build({
      stdin: { contents, resolveDir: app },
      outfile: join(app, `sha512-${index}.mjs`),
      bundle: true,
      platform: "browser",
      format: "esm",
    });
    return JSON.parse(node(app, `sha512-${index}.mjs`));
  });
  const [without, withHashes] = await Promise.all(outputs);
  match(without.error, /^TypeError: .*"sha512".*import "cookiesess\/hashes"/);
  deepStrictEqual(withHashes, { payload: { user: 1 } });
}

const checks: Readonly<Record<string, () => void | Promise<void>>> = {
  "holds the build, the manual and the licences, and nothing else": () => {
    for (const path of paths) {
      match(path, /^(bin|dist)\/|^(package\.json|README\.md|LICENSE)$/);
      doesNotMatch(path, /\.map$|(?<!\.d)\.[cm]?ts$|fixtures/);
    }
    for (const path of ["README.md", "LICENSE", "dist/THIRD-PARTY-NOTICES.txt"])
      ok(paths.includes(path), path);
  },
  "is small": () => ok(size <= MOST_PACKED, `${size} bytes`),
  "installs without a network, and brings nothing along": () => {
    install(app, tarball);
    deepStrictEqual(
      readdirSync(join(app, "node_modules")).filter((name) => !name.startsWith(".")),
      ["cookiesess"],
    );
  },
  "installed for all, it brings its manual page": () => {
    run(
      work,
      "npm",
      "install",
      "--offline",
      "--no-audit",
      "--no-fund",
      "--global",
      "--prefix",
      work,
      tarball,
    );
    match(readFileSync(join(work, "share/man/man1/cookiesess.1"), "utf8"), /^\.SS "cookiesess verify /m);
  },
  "npx cookiesess decode": () => {
    const line = JSON.parse(run(app, "npx", "--offline", "cookiesess", "decode", "--json", cookie));
    deepStrictEqual([line.format, line.payload], ["flask", payload]);
  },
  ...launchChecks(app, cookie),
  "a payload written in an editor comes back as UTF-8": () => {
    const edited = run(
      app,
      "env",
      `EDITOR=${process.execPath} ${join(app, "editor.cjs")}`,
      "node",
      "edit.cjs",
    );
    deepStrictEqual(JSON.parse(edited), { name: "Zoë 北" });
  },
  "import in Node": () => deepStrictEqual(JSON.parse(node(app, "verify.mjs", sample)), [payload, payload]),
  "require in Node": () => deepStrictEqual(JSON.parse(node(app, "verify.cjs", sample)), [payload, payload]),
  "bundled for browsers": bundleForBrowsers,
  "bundled for browsers, with more hashes": bundleWithHashes,
  ...sizeChecks(app),
  "types of an ES module under node16": () => types("types.mts", "node16", "node16"),
  "types of a CommonJS module under node16": () => types("types.cts", "node16", "node16"),
  "types of an ES module under nodenext": () => types("types.mts", "nodenext", "nodenext"),
  "types of a CommonJS module under nodenext": () => types("types.cts", "nodenext", "nodenext"),
  "types under node10": () => types("types.cts", "commonjs", "node10"),
  "types under bundler": () => types("types.mts", "esnext", "bundler"),
  ...sessionChecks({ root, app, node, checkTypes }),
  ...testingChecks({ root, app, node, checkTypes }),
  "publint --strict": () => {
    tool("publint", "run", tarball, "--strict");
  },
  "are the types wrong?": () => {
    const entries = paths.flatMap(
      (path) => /^dist\/((?:formats|session|testing)\/[\w-]+)\.js$/.exec(path)?.[1] ?? [],
    );
    const names = entries.map((entry) => entry.replace(/\/index$/, ""));
    tool("attw", tarball, "--profile", "node16", "--entrypoints", ".", "codec", "hashes", ...names);
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}`);
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    console.log([stdout, stderr, error instanceof Error ? error.message : error].filter(Boolean).join("\n"));
  }
}
rmSync(work, { recursive: true, force: true });
const passed = Object.keys(checks).length - failed;
console.log(JSON.stringify({ name: "package", passed, failed, skipped: 0 }));
process.exitCode = failed === 0 ? 0 : 1;
