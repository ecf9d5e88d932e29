import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Report } from "./run-vectors.ts";

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker", esModule = embed "worker-bundle.mjs")],
    compatibilityDate = "2026-11-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

/** Serves the worker on a free port of this machine and asks it for its report. */
export async function runInWorkerd(workerd: string, app: string): Promise<Report & { version: string }> {
  const version = execFileSync(workerd, ["--version"], { encoding: "utf8" }).trim();
  writeFileSync(join(app, "workerd.capnp"), CONFIG);
  const server = spawn(workerd, ["serve", "workerd.capnp", "--control-fd=3"], {
    cwd: app,
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  try {
    const [line] = await once(createInterface(server.stdio[3] as Readable), "line", {
      signal: AbortSignal.timeout(20_000),
    });
    const response = await fetch(`http://127.0.0.1:${JSON.parse(line).port}/`);
    if (!response.ok) throw new Error(`workerd answers ${response.status}: ${await response.text()}`);
    return { version, ...((await response.json()) as Report) };
  } finally {
    server.kill();
  }
}
