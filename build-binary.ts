/**
 * Builds the command line as one executable for this machine: the Node that runs this, with the program inside
 * (https://nodejs.org/api/single-executable-applications.html). Written to dist-bin/, and tried. Needs a build.
 *
 *   npx tsx build-binary.ts
 */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
// @ts-expect-error it comes without types
import { inject } from "postject";
import { cliOptions, quickStart } from "./build-cli.ts";
import manifest from "./package.json" with { type: "json" };

const OUT = "dist-bin";
const EXECUTABLE = resolve(OUT, process.platform === "win32" ? "cookiesess.exe" : "cookiesess");
/** What goes into the executable. */
const WORK = `${OUT}/work`;
const CLI = `${WORK}/dist/cli`;

/** Node looks for this text in itself to learn whether a program follows. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

const run = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

type Assets = Readonly<Record<string, string>>;

/** The files of the built command line, and as `<command>.<file>` the code that V8 compiles of them in a run. */
function commandLine(): Assets {
  cpSync("bin", `${WORK}/bin`, { recursive: true });
  cpSync("dist/cli", CLI, { recursive: true, filter: (path) => !/\bcache$/.test(path) });
  const cookiesess = (...argv: readonly string[]) =>
    run(process.execPath, `${WORK}/bin/cookiesess.js`, ...argv);
  const secret = ["--secret", randomUUID().repeat(2)];
  cookiesess("help");
  cookiesess("--version");
  const cookie = cookiesess("sign", ...secret, "{}").trim();
  cookiesess("decode", cookie);
  cookiesess("verify", ...secret, cookie);
  cookiesess("rotate-key", ...secret, "--new-secret", randomUUID(), "--quiet", cookie);
  cookiesess("completion", "bash");
  const parts = readdirSync(CLI).filter((name) => name.endsWith(".cjs"));
  const [cache = ""] = readdirSync(`${CLI}/cache`).map((folder) => `${CLI}/cache/${folder}`);
  return {
    ...Object.fromEntries(parts.map((name) => [name, join(CLI, name)])),
    ...Object.fromEntries(
      readdirSync(cache).map((name) => [name.replace(/(\.cjs).*/, "$1"), codeOf(join(cache, name))]),
    ),
  };
}

/** The code of a kept file, in one of its own: `TRAILER` in bin/cookiesess.js says where it ends. */
function codeOf(kept: string): string {
  const bytes = readFileSync(kept);
  const code = `${kept}.code`;
  writeFileSync(code, bytes.subarray(0, bytes.readUInt32LE(bytes.length - 9)));
  return code;
}

async function bundle(entry: string, outfile: string): Promise<string> {
  const options = { ...cliOptions, plugins: [quickStart] };
  // A worker thread runs a text at the top level, where a variable may be called like a global one.
  await build({ ...options, entryPoints: [entry], outfile, format: "iife" });
  return outfile;
}

function makeBlob(main: string, assets: Assets): Buffer {
  const output = `${WORK}/program.blob`;
  const config = { main, output, disableExperimentalSEAWarning: true, useCodeCache: true, assets };
  writeFileSync(`${WORK}/sea-config.json`, JSON.stringify(config));
  run(process.execPath, "--experimental-sea-config", `${WORK}/sea-config.json`);
  return readFileSync(output);
}

/** macOS runs no changed executable whose signature is not renewed; an ad-hoc one will do. */
const codesign = (...args: readonly string[]) => {
  if (process.platform === "darwin") run("codesign", ...args, EXECUTABLE);
};

async function makeExecutable(blob: Buffer): Promise<void> {
  copyFileSync(process.execPath, EXECUTABLE);
  chmodSync(EXECUTABLE, 0o755);
  codesign("--remove-signature");
  // It warns of Node's own sections, which it leaves as they are; what goes wrong it throws.
  const { warn } = console;
  console.warn = () => undefined;
  await inject(EXECUTABLE, "NODE_SEA_BLOB", blob, { sentinelFuse: FUSE, machoSegmentName: "NODE_SEA" });
  console.warn = warn;
  codesign("--sign", "-");
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(WORK, { recursive: true });
const main = await bundle("src/cli/executable.ts", `${WORK}/main.cjs`);
const worker = await bundle("src/cli/resign/worker.ts", `${WORK}/worker.cjs`);
await makeExecutable(makeBlob(main, { ...commandLine(), "worker.cjs": worker }));
rmSync(WORK, { recursive: true });

const version = run(EXECUTABLE, "--version").trim();
if (version !== manifest.version) throw new Error(`the executable says ${version}, not ${manifest.version}`);
console.log(
  `${EXECUTABLE}: ${version}, Node ${process.version}, ${Math.round(statSync(EXECUTABLE).size / 1e6)} MB`,
);
