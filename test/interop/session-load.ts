/**
 * The demo server under load, restarts and hostile requests.
 *
 *   SEED=1 npx tsx test/interop/session-load.ts [--seconds 30]
 *
 * - several clients mix requests for that long, and each knows what its session must be; meanwhile the server is
 *   restarted with the same secret, by SIGTERM and by SIGKILL
 * - then hostile headers of many kinds, with a visitor beside them who must not notice
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Dice } from "./random.ts";
import { checkHostile, openSlowly } from "./session-hostile.ts";
import { Client, Ledger } from "./session-load-client.ts";
import { DemoProcess } from "./session-load-server.ts";

const CLIENTS = 6;
/** When the server is restarted, as parts of the time; what is left is for one process, whose memory is watched. */
const RESTARTS = [
  [0.1, "SIGTERM"],
  [0.2, "SIGKILL"],
  [0.3, "SIGTERM"],
  [0.4, "SIGKILL"],
] as const;
/** How much larger the last third's median of the resident memory may be than the first third's. */
const GROWTH = 48 * 2 ** 20;
/** Milliseconds in which a server that was asked to end has ended, slow connections or not. */
const LONGEST_STOP = 12_000;

const { values } = parseArgs({ options: { seconds: { type: "string", default: "30" } } });
const seconds = Number(values.seconds);
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const tally = { name: "session load", seed, passed: 0, failed: 0, skipped: 0 };

function check(holds: boolean, what: string, ...details: readonly unknown[]): void {
  tally[holds ? "passed" : "failed"]++;
  if (!holds) console.error(`failed: ${what}`, ...details);
}

async function checkLoad(demo: DemoProcess): Promise<void> {
  const ledger = new Ledger();
  const start = Date.now();
  const isOver = () => Date.now() - start > seconds * 1000;
  const clients = Array.from({ length: CLIENTS }, (_, index) => {
    return new Client(`client ${index}`, demo.url, new Dice(seed + index), ledger).run(isOver);
  });
  const restarts = restart(demo, (part) => sleep(Math.max(0, start + part * seconds * 1000 - Date.now())));
  await Promise.all([...clients, restarts]);
  const { requests, retries, intact, remade, faults, statuses } = ledger;
  console.log(`${requests} requests, ${retries} sent again, ${intact} sessions intact, ${remade} re-made`);
  console.log(`statuses: ${JSON.stringify(Object.fromEntries(statuses))}`);
  check(faults.length === 0, `${faults.length} faults`, faults.slice(0, 10));
  check(intact > seconds * CLIENTS, "enough sessions were looked at", intact);
  check(demo.logged > 0.9 * requests, "a line is logged for each request", demo.logged);
  check(demo.indiscreet.length === 0, "no line of the log holds a cookie", demo.indiscreet.length);
}

async function restart(demo: DemoProcess, at: (part: number) => Promise<unknown>): Promise<void> {
  for (const [part, signal] of RESTARTS) {
    await at(part);
    const { code, milliseconds } = await demo.stop(signal);
    if (signal === "SIGTERM") {
      check(code === 0 && milliseconds < LONGEST_STOP, "SIGTERM under load: ends with 0", code, milliseconds);
    }
    await demo.start();
  }
}

/** Of the last process, without the beginning: by then it has compiled what it runs. */
function checkMemory({ memory }: DemoProcess): void {
  const settled = memory.slice(Math.ceil(memory.length / 5));
  const third = Math.floor(settled.length / 3);
  if (third < 2) {
    tally.skipped++;
    console.log("skipped: memory: too few looks at it, or no /proc");
    return;
  }
  const [first, last] = [median(settled.slice(0, third)), median(settled.slice(-third))];
  console.log(`resident: ${mebibytes(first)} MiB in the first third, ${mebibytes(last)} in the last`);
  const allowed = `${mebibytes(GROWTH)} MiB`;
  check(last - first <= GROWTH, `the memory grows by no more than ${allowed}`, first, last);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

async function checkStop(demo: DemoProcess): Promise<void> {
  const sockets = openSlowly(demo.url, 20);
  await sleep(200);
  const { code, milliseconds } = await demo.stop("SIGTERM");
  console.log(`stopped beside slow requests in ${milliseconds} ms`);
  check(code === 0 && milliseconds < LONGEST_STOP, "SIGTERM beside slow requests: ends with 0", code);
  for (const socket of sockets) socket.destroy();
}

const demo = await DemoProcess.create();
try {
  await demo.start();
  await checkLoad(demo);
  checkMemory(demo);
  await checkHostile(demo.url, () => demo.isAlive, check);
  await checkStop(demo);
} catch (error) {
  check(false, "the run", error);
} finally {
  if (demo.isAlive) await demo.stop("SIGKILL");
}
console.log(JSON.stringify(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;
