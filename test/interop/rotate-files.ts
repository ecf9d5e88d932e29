/**
 * Files that hold secrets, under kills, races and full disks: no file may ever be unreadable, truncated or without a
 * secret that was in force.
 *
 *   SEED=1 npx tsx test/interop/rotate-files.ts
 *
 * - 200 processes that rotate the same file, two at a time, killed with SIGKILL at random moments
 * - 50 pairs of processes that add to the same file, every other pair with the lock of a dead process before them
 * - a full, a read-only and a bound file system, where this user may mount
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { editFile } from "../../src/secrets/files/edit.ts";
import { Dice } from "./random.ts";
import { checkDisks } from "./rotate-files-disks.ts";
import { render, rotated, versionOf } from "./rotate-files-ring.ts";
import { Tally } from "./tally.ts";

const KILLS = 200;
const LANES = 2;
const PAIRS = 50;
/** Milliseconds that a process rotates before it is killed. */
const LONGEST_LIFE = 60;
const ADDED = 5;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const dice = new Dice(Number(process.env.SEED ?? Date.now() % 2 ** 31));
const root = mkdtempSync(join(tmpdir(), "cookiesess-rotate-files-"));
const worker = join(root, "worker.mjs");
const tally = new Tally();
const check = tally.check.bind(tally);

/** A process that edits `file` and writes the number of each version it made to its stdout. */
class Worker {
  readonly process: ChildProcess;
  /** The exit code, once all output was read. */
  readonly ended: Promise<number | null>;
  #output = "";

  constructor(mode: "rotate" | "append", file: string, name: string) {
    const args = [worker, mode, file, String(dice.seed), name, String(ADDED)];
    this.process = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.ended = once(this.process, "close").then(() => this.process.exitCode);
    this.process.stdout?.on("data", (data) => {
      this.#output += data;
    });
  }

  /** Versions whose edit returned, as far as the last whole line; the first line says that it is ready. */
  get made(): readonly number[] {
    return this.#output.split("\n").slice(1, -1).map(Number);
  }

  async ready(): Promise<void> {
    while (!this.#output.includes("\n") && this.process.exitCode === null) await sleep(2);
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
  }
}

/** Rotates one file with two processes, killing one of them after the other. */
async function killLane(lane: number, kills: number): Promise<number> {
  const file = join(root, `lane-${lane}`, "secrets.env");
  mkdirSync(join(root, `lane-${lane}`));
  writeFileSync(file, render(dice.seed, 0), { mode: 0o640 });
  const made: number[] = [];
  let interrupted = 0;
  let running = [new Worker("rotate", file, "a"), new Worker("rotate", file, "b")];
  for (let kill = 1; kill <= kills; kill++) {
    const victim = running[dice.below(2)] ?? running[0];
    if (victim === undefined) break;
    await victim.ready();
    await sleep(dice.below(LONGEST_LIFE));
    await victim.kill();
    if (readdirSync(join(root, `lane-${lane}`)).some((name) => name.endsWith(".tmp"))) interrupted++;
    const text = readFileSync(file, "utf8");
    const version = versionOf(dice.seed, text);
    check(version !== undefined, `lane ${lane}, kill ${kill}: the file is whole`);
    check(
      (version ?? -1) >= Math.max(0, ...made, ...victim.made),
      `lane ${lane}, kill ${kill}: nothing is lost`,
    );
    made.push(...victim.made);
    running = running.map((other) => (other === victim ? new Worker("rotate", file, `r${kill}`) : other));
  }
  for (const last of running) {
    const before = last.made.length;
    for (let wait = 0; wait < 2000 && last.made.length === before; wait++) await sleep(5);
    check(last.made.length > before, `lane ${lane}: those who live go on`);
  }
  await Promise.all(running.map((last) => last.kill()));
  for (const last of running) made.push(...last.made);
  await checkLane(lane, file, made, kills + running.length);
  return interrupted;
}

async function checkLane(lane: number, file: string, made: readonly number[], kills: number): Promise<void> {
  const version = versionOf(dice.seed, readFileSync(file, "utf8")) ?? -1;
  check(new Set(made).size === made.length, `lane ${lane}: no two processes made the same version`);
  check(
    version >= made.length && version <= made.length + kills,
    `lane ${lane}: every version was made once`,
  );
  const edited = await editFile(file, (text) => rotated(dice.seed, text), { lockTimeout: 10, now: 0 });
  check(edited.ok, `lane ${lane}: the next run works`);
  check(
    versionOf(dice.seed, readFileSync(file, "utf8")) === version + 1,
    `lane ${lane}: and sees all there is`,
  );
  check((statSync(file).mode & 0o777) === 0o640, `lane ${lane}: the mode stayed`);
  const foreign = readdirSync(join(root, `lane-${lane}`)).filter(
    (name) => !/^secrets\.env(\.bak-[-\dTZ]+)?$/.test(name),
  );
  check(foreign.length === 0, `lane ${lane}: nothing is left beside the file (${foreign.join(", ")})`);
  const backups = readdirSync(join(root, `lane-${lane}`)).filter((name) => name.includes(".bak-"));
  const whole = (name: string) =>
    versionOf(dice.seed, readFileSync(join(root, `lane-${lane}`, name), "utf8")) !== undefined;
  check(backups.every(whole), `lane ${lane}: every backup is whole`);
}

/** Reads the file all the time, as a server might that starts at that moment. */
async function watch(files: readonly string[], until: Promise<unknown>): Promise<void> {
  let over = false;
  const stop = () => {
    over = true;
  };
  until.then(stop, stop);
  let [reads, broken] = [0, 0];
  while (!over) {
    for (const file of files) if (versionOf(dice.seed, readFileSync(file, "utf8")) === undefined) broken++;
    reads++;
    await sleep(3);
  }
  check(
    broken === 0 && reads > 0,
    `the file was whole whenever it was read (${broken} of ${reads} were not)`,
  );
}

async function pair(number: number): Promise<void> {
  const folder = join(root, `pair-${number}`);
  const file = join(folder, "secrets.env");
  mkdirSync(folder);
  writeFileSync(file, "in force\n", { mode: 0o600 });
  if (number % 2 === 1) await leaveDeadLock(file);
  const workers = ["a", "b"].map((name) => new Worker("append", file, name));
  const codes = await Promise.all(workers.map((one) => one.ended));
  check(
    codes.every((code) => code === 0),
    `pair ${number}: both ended well`,
  );
  const expected = ["a", "b"].flatMap((name) => Array.from({ length: ADDED }, (_, at) => `${name}${at}`));
  const found = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  check(found.sort().join() === ["in force", ...expected].sort().join(), `pair ${number}: nothing is lost`);
  check(readdirSync(folder).join() === "secrets.env", `pair ${number}: nothing is left`);
}

/** Kills a process while it holds the lock. */
async function leaveDeadLock(file: string): Promise<void> {
  const holder = spawn(process.execPath, [worker, "hold", file, String(dice.seed), "holder", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (holder.stdout !== null) await once(holder.stdout, "data");
  const closed = once(holder, "close");
  holder.kill("SIGKILL");
  await closed;
}

async function inLanes(lanes: number, work: (lane: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
}

async function main(): Promise<void> {
  await build({
    entryPoints: [here("rotate-files-worker.ts")],
    alias: { "#platform": here("../../src/platform/node.ts") },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: worker,
    logLevel: "error",
  });
  let interrupted = 0;
  const lanes = inLanes(LANES, async (lane) => {
    interrupted += await killLane(lane, KILLS / LANES);
  });
  const files = Array.from({ length: LANES }, (_, lane) => join(root, `lane-${lane}`, "secrets.env"));
  await Promise.all([lanes, watch(files, lanes)]);
  console.log(`${KILLS} processes killed, ${interrupted} of them with a temporary file written`);
  await inLanes(2, async (lane) => {
    for (let number = lane; number < PAIRS; number += 2) await pair(number);
  });
  await checkDisks(root, tally);
}

console.log(`SEED=${dice.seed}`);
try {
  await main();
} catch (error) {
  check(false, String(error));
} finally {
  rmSync(root, { recursive: true, force: true });
}
process.exit(tally.report("secret files"));
