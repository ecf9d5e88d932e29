import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ask } from "./session-browser.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const COMMAND = ["--import", "tsx", "src/cli/bin.ts", "demo"];
const SECRET = "load-and-long-enough-to-be-a-django-secret-0123456789";
/** Milliseconds between two looks at the memory, and until a start or a stop counts as hung. */
const SAMPLE = 250;
const PATIENCE = 20_000;

/** How a process of the demo ended. */
export interface Ended {
  readonly code: number | null;
  readonly milliseconds: number;
}

/** The demo as a process of its own, on one port and under one secret however often it starts. */
export class DemoProcess {
  readonly url: string;
  /** Lines of the log, and those that hold something like a signature. */
  logged = 0;
  readonly indiscreet: string[] = [];
  /** Resident bytes of the present process since it has started. */
  memory: number[] = [];
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
    this.url = `http://127.0.0.1:${port}/`;
  }

  static async create(): Promise<DemoProcess> {
    const probe = createServer().listen(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, "close");
    return new DemoProcess(port);
  }

  get isAlive(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it answers. @throws {Error} when it ends or takes too long */
  async start(): Promise<void> {
    const argv = [...COMMAND, "--port", String(this.#port), "--secret-env", "DEMO_SECRET"];
    const child = spawn(process.execPath, argv, {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, DEMO_SECRET: SECRET },
    });
    this.#child = child;
    if (child.stderr !== null)
      createInterface({ input: child.stderr }).on("line", (line) => this.#read(line));
    const latest = Date.now() + PATIENCE;
    while (!(await this.#answers())) {
      if (!this.isAlive || Date.now() > latest) throw new Error("the demo does not start");
      await sleep(25);
    }
    this.memory = [];
    void this.#watch(child);
  }

  async stop(signal: "SIGTERM" | "SIGKILL"): Promise<Ended> {
    const child = this.#child;
    if (child === undefined || !this.isAlive) throw new Error("the demo does not run");
    const asked = Date.now();
    const hung = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    child.kill(signal);
    await once(child, "exit");
    clearTimeout(hung);
    return { code: child.exitCode, milliseconds: Date.now() - asked };
  }

  #answers(): Promise<boolean> {
    return ask(`${this.url}healthz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  #read(line: string): void {
    this.logged++;
    if (/:[\w-]{43}\b|sessionid=/.test(line)) this.indiscreet.push(line);
  }

  /** Linux alone says it; elsewhere nothing is collected. */
  async #watch(child: ChildProcess): Promise<void> {
    while (child === this.#child && this.isAlive) {
      const bytes = residentBytes(child.pid);
      if (bytes !== undefined) this.memory.push(bytes);
      await sleep(SAMPLE, undefined, { ref: false });
    }
  }
}

function residentBytes(pid: number | undefined): number | undefined {
  try {
    const [, kibibytes] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
