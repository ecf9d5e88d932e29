/**
 * Builds the command line as one executable for this machine: the Node that runs this, with the program inside
 * (https://nodejs.org/api/single-executable-applications.html). Written to dist-bin/, and tried.
 *
 *   npx tsx build-binary.ts
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
// @ts-expect-error it comes without types
import { inject } from "postject";
import { cliOptions, quickStart } from "./build-cli.ts";
import manifest from "./package.json" with { type: "json" };

const OUT = "dist-bin";
const EXECUTABLE = resolve(OUT, process.platform === "win32" ? "cookiesess.exe" : "cookiesess");
const PROGRAM = `${OUT}/program.cjs`;
const WORKER = `${OUT}/worker.cjs`;
const CONFIG = `${OUT}/sea-config.json`;
const BLOB = `${OUT}/program.blob`;

/** Node looks for this text in itself to learn whether a program follows. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

const run = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

async function bundlePrograms(): Promise<void> {
  const options = { ...cliOptions, plugins: [quickStart] };
  await build({ ...options, entryPoints: ["src/cli/bin.ts"], outfile: PROGRAM });
  // A worker thread runs a text at the top level, where a variable may be called like a global one.
  await build({ ...options, entryPoints: ["src/cli/resign/worker.ts"], outfile: WORKER, format: "iife" });
}

function makeBlob(): Buffer {
  const config = {
    main: PROGRAM,
    output: BLOB,
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    assets: { "worker.cjs": WORKER },
  };
  writeFileSync(CONFIG, JSON.stringify(config));
  run(process.execPath, "--experimental-sea-config", CONFIG);
  return readFileSync(BLOB);
}

/** macOS runs no changed executable whose signature is not renewed; an ad-hoc one will do. */
const codesign = (...args: readonly string[]) => {
  if (process.platform === "darwin") run("codesign", ...args, EXECUTABLE);
};

async function makeExecutable(blob: Buffer): Promise<void> {
  copyFileSync(process.execPath, EXECUTABLE);
  chmodSync(EXECUTABLE, 0o755);
  codesign("--remove-signature");
  await inject(EXECUTABLE, "NODE_SEA_BLOB", blob, { sentinelFuse: FUSE, machoSegmentName: "NODE_SEA" });
  codesign("--sign", "-");
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT);
await bundlePrograms();
await makeExecutable(makeBlob());
for (const intermediate of [PROGRAM, WORKER, CONFIG, BLOB]) rmSync(intermediate);

const version = run(EXECUTABLE, "--version").trim();
if (version !== manifest.version) throw new Error(`the executable says ${version}, not ${manifest.version}`);
console.log(
  `${EXECUTABLE}: ${version}, Node ${process.version}, ${Math.round(statSync(EXECUTABLE).size / 1e6)} MB`,
);
