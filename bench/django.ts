/**
 * Times cookiesess beside a real Django: verifying and signing the session of a logged-in user. The two processes
 * take turns, so that whatever else the machine does hits both.
 *
 *   PYTHON=/usr/bin/python3 npm run bench
 *
 * PYTHON is an interpreter that finds Django (PYTHONPATH helps); without Django, nothing is timed.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The package as it is published, not the sources as tsx rewrites them. */
const BUILT = "../dist/index.js";
const { createCodec } = (await import(BUILT)) as typeof import("../src/index.ts");

const ROUNDS = 15;
const SECONDS_A_TURN = 0.1;

interface Answer {
  readonly missing?: string;
  readonly name?: string;
  readonly secret?: string;
  readonly cookie?: string;
  readonly size?: number;
  readonly seconds?: number;
}

const script = fileURLToPath(new URL("django.py", import.meta.url));
const child = spawn(process.env.PYTHON ?? "/usr/bin/python3", [script], {
  stdio: ["pipe", "pipe", "inherit"],
});
child.stdin.on("error", () => {});
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

async function ask(request: object): Promise<Answer> {
  child.stdin.write(`${JSON.stringify(request)}\n`);
  const line = await lines.next();
  if (line.done) throw new Error("Django's process ended");
  return JSON.parse(line.value) as Answer;
}

type Turn = (count: number) => Promise<number>;

/** Seconds for `count` runs. */
function here(run: () => unknown): Turn {
  return async (count) => {
    const start = performance.now();
    for (let index = 0; index < count; index++) run();
    return (performance.now() - start) / 1000;
  };
}

const there =
  (task: string): Turn =>
  async (count) =>
    (await ask({ do: task, count })).seconds ?? Number.NaN;

/** Warms up, and finds how many runs fill a turn. */
async function calibrate(turn: Turn): Promise<number> {
  let count = 100;
  for (let seconds = 0; seconds < SECONDS_A_TURN; count *= 2) seconds = await turn(count);
  return count / 2;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Median microseconds a run, ours and Django's, over alternating turns. */
async function compare(ours: Turn, theirs: Turn): Promise<readonly [number, number]> {
  const counts = [await calibrate(ours), await calibrate(theirs)] as const;
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    times[0].push(((await ours(counts[0])) / counts[0]) * 1e6);
    times[1].push(((await theirs(counts[1])) / counts[1]) * 1e6);
  }
  return [median(times[0]), median(times[1])];
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(8) : cell.padStart(14))).join("");
}

async function run(): Promise<void> {
  const { missing, name = "", secret = "", cookie = "", size } = await ask({ do: "about" });
  if (missing !== undefined) {
    console.log(`skipped: ${missing}`);
    return;
  }
  const codec = createCodec({ format: "django", secret });
  const verified = codec.verify(cookie);
  if (!verified.ok) throw new Error(verified.message);
  const { payload } = verified;
  const tasks = {
    verify: { turn: here(() => codec.verify(cookie)), target: 2 },
    sign: { turn: here(() => codec.sign(payload)), target: 1.5 },
  };
  console.log(
    `cookiesess on Node ${process.versions.node} beside ${name}; a session of ${size} bytes of JSON\n`,
  );
  console.log(row(["", "cookiesess", "Django", "times faster", "target"]));
  for (const [task, { turn, target }] of Object.entries(tasks)) {
    const [ours, theirs] = await compare(turn, there(task));
    const cells = [
      `${ours.toFixed(1)} us`,
      `${theirs.toFixed(1)} us`,
      (theirs / ours).toFixed(2),
      `${target}`,
    ];
    console.log(row([task, ...cells]));
  }
}

await run().finally(() => child.stdin.end());
