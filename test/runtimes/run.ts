/**
 * Runs every vector of every format, and of the provider below them, on the packed package in Node, Deno, Bun, workerd and Chromium, and prints what
 * each of them made of it. For Linux on x64. Needs a build, `npm ci --prefix .ci/runtimes`, `npm ci --prefix .ci/tools`
 * and `chromium` (or CHROMIUM=path).
 *
 *   npx tsx test/runtimes/run.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FormatId, formats } from "../../src/index.ts";
import { readLines, readVectors } from "../contract.ts";
import { Tally } from "../interop/tally.ts";
import { makeApp } from "./app.ts";
import type { AllVectors } from "./run-vectors.ts";
import { RUNTIMES, type Runtime } from "./runtimes.ts";

const app = mkdtempSync(join(tmpdir(), "cookiesess-runtimes-"));
const vectors: AllVectors = {
  formats: (Object.keys(formats) as FormatId[]).flatMap(readVectors),
  hmac: readLines("platform/hmac.jsonl"),
  zlib: readLines("platform/zlib.jsonl"),
};
const expected = [...vectors.formats.map(({ lines }) => lines), vectors.hmac, vectors.zlib].flat().length;
const tally = new Tally();
const table = [["runtime", "version", "provider", "vectors", "failures", "seconds"]];

async function runOn(runtime: Runtime): Promise<void> {
  const start = performance.now();
  try {
    const { version, platform, vectors, failures } = await runtime.run(app);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    table.push([runtime.name, version, platform, `${vectors}`, `${failures.length}`, seconds]);
    for (const failure of failures) tally.check(false, `${runtime.name}: ${failure}`);
    for (let passed = failures.length; passed < vectors; passed++) tally.check(true, "a vector");
    tally.check(vectors === expected, `${runtime.name} ran ${vectors} of ${expected} vectors`);
    tally.check(platform === runtime.platform, `${runtime.name} got the provider of ${platform}`);
  } catch (error) {
    table.push([runtime.name, "did not run", "", "0", "", ""]);
    tally.check(false, `${runtime.name}: ${String(error)}`);
  }
}

try {
  await makeApp(app, vectors);
  for (const runtime of RUNTIMES) await runOn(runtime);
} finally {
  rmSync(app, { recursive: true, force: true });
}
for (const [name = "", version = "", ...rest] of table) {
  console.log(name.padEnd(10), version.padEnd(20), ...rest.map((cell) => cell.padStart(8)));
}
process.exitCode = tally.report("runtimes");
