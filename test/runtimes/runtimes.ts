import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { runInChromium } from "./chromium.ts";
import type { Report } from "./run-vectors.ts";
import { runInWorkerd } from "./workerd.ts";

const run = promisify(execFile);
const installed = createRequire(new URL("../../.ci/runtimes/package.json", import.meta.url));

export interface Runtime {
  readonly name: string;
  /** The provider that the package's conditions are to give it. */
  readonly platform: Report["platform"];
  /** Runs every vector in the app's folder. `version` is what the runtime says of itself. */
  run(app: string): Promise<Report & { readonly version: string }>;
}

/** A program of a package among the runtimes of `.ci`. @throws {Error} before `npm ci --prefix .ci/runtimes` */
function program(name: string, path: string): string {
  return join(dirname(installed.resolve(`${name}/package.json`)), path);
}

function process(name: string, command: () => string, ...args: readonly string[]): Runtime {
  return {
    name,
    platform: "node",
    async run(app) {
      const { stdout } = await run(command(), [...args, "process.mjs"], { cwd: app, maxBuffer: 2 ** 26 });
      return JSON.parse(stdout);
    },
  };
}

const node = (major: number) => process(`Node ${major}`, () => program(`node-${major}`, "bin/node"));

export const RUNTIMES: readonly Runtime[] = [
  ...[20, 22, 24, 26].map(node),
  process("Deno", () => program("@deno/linux-x64-glibc", "deno"), "run", "--quiet", "--cached-only"),
  process("Bun", () => program("@oven/bun-linux-x64", "bin/bun"), "run"),
  {
    name: "workerd",
    platform: "web",
    run: (app) => runInWorkerd(program("@cloudflare/workerd-linux-64", "bin/workerd"), app),
  },
  { name: "Chromium", platform: "web", run: runInChromium },
];
