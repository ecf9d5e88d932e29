import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { install, pack } from "../package/install.ts";
import type { AllVectors } from "./run-vectors.ts";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A folder with the packed package installed, as a user has it, and the programs that run the vectors on it. */
export async function makeApp(folder: string, vectors: AllVectors): Promise<void> {
  install(folder, pack(folder).tarball);
  // The package tells nobody which provider it took; a module within it gets the same one.
  const probe = 'export * from "#platform";\n';
  writeFileSync(join(folder, "node_modules/cookiesess/platform.mjs"), probe);
  cpSync(source("programs"), folder, { recursive: true });
  writeFileSync(join(folder, "vectors.mjs"), `export default ${JSON.stringify(vectors)};\n`);
  await bundle(folder, {
    entryPoints: [source("run-vectors.ts")],
    outfile: "run-vectors.mjs",
    platform: "neutral",
    format: "esm",
  });
  await bundle(folder, {
    entryPoints: ["worker.mjs"],
    outfile: "worker-bundle.mjs",
    platform: "browser",
    conditions: ["workerd", "worker"],
    format: "esm",
  });
  await bundle(folder, {
    entryPoints: ["page.mjs"],
    outfile: "page-bundle.js",
    platform: "browser",
    format: "iife",
  });
}

async function bundle(absWorkingDir: string, options: BuildOptions): Promise<void> {
  await build({ absWorkingDir, bundle: true, target: "es2022", logLevel: "error", ...options });
}
