/**
 * Times re-signing a list of cookies: in one process, on one worker thread and on two. Checks every line of the
 * result, and that peak memory does not grow with the list. The workers are those of the built command line.
 *
 *   npm run build && npx tsx bench/resign.ts [cookies]
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { resignStream } from "../src/cli/resign/stream.ts";
import { makeKeyring } from "../src/core/keyring.ts";
import { DEFAULT_LIMITS } from "../src/core/limits.ts";
import { createCodec } from "../src/index.ts";

const OLD = "the secret that was used until today";
const NEW = "the secret that is used from now on";
const NOW = 1_790_000_000;
const KINDS = 1000;
const TARGET = 1.6;
const ROUNDS = 5;

const utf8 = new TextEncoder();
const worker = fileURLToPath(new URL("../dist/cli/resign/worker.cjs", import.meta.url));
const spec = {
  formats: [{ id: "django", from: {}, to: {} }],
  old: makeKeyring(OLD),
  current: utf8.encode(NEW),
  limits: DEFAULT_LIMITS,
  maxAge: null,
  now: NOW,
  refresh: false,
  rewrite: false,
  asked: {},
  json: false,
  keepRejects: false,
};

/** Sessions of logged-in users with a cart, as Django writes them. */
function makeCookies(): string[] {
  const codec = createCodec({ format: "django", secret: OLD });
  return Array.from({ length: KINDS }, (_, user) => {
    const hash = (user * 2_654_435_761).toString(16).padStart(16, "0").repeat(4);
    const session = { _auth_user_id: String(user), _auth_user_hash: hash, cart: [user, user + 1, user + 2] };
    return codec.sign(session, { now: NOW - user });
  });
}

async function* repeat(cookies: readonly string[], count: number): AsyncGenerator<Uint8Array> {
  const block = utf8.encode(`${cookies.join("\n")}\n`);
  const chunk = 65_536;
  for (let done = 0; done < count; done += cookies.length) {
    for (let at = 0; at < block.length; at += chunk) yield block.subarray(at, at + chunk);
  }
}

interface Run {
  readonly seconds: number;
  readonly cookies: number;
}

async function run(
  count: number,
  workers: number,
  out: (lines: Uint8Array) => void = () => undefined,
): Promise<Run> {
  const cookies = makeCookies();
  const start = performance.now();
  const { changed, rejected } = await resignStream({
    input: repeat(cookies, count),
    out: async (lines) => out(lines),
    rejects: async () => undefined,
    spec,
    workers,
    program: { path: worker },
  });
  if (rejected > 0) throw new Error(`${rejected} cookies were refused`);
  return { seconds: (performance.now() - start) / 1000, cookies: changed };
}

/** Long enough that starting the threads and warming them up counts for little. */
const TIMED = 400_000;
const CHECKED = 100_000;

/** Every cookie verifies under the new secret, and its payload and time are the old one's, byte for byte. */
async function check(count: number, workers: number): Promise<void> {
  const cookies = makeCookies();
  const codec = createCodec({ format: "django", secret: NEW, maxAge: null });
  const signed = (value: string) => value.slice(0, value.lastIndexOf(":"));
  const decoder = new TextDecoder();
  let index = 0;
  await run(count, workers, (lines) => {
    for (const line of decoder.decode(lines).trimEnd().split("\n")) {
      const old = cookies[index++ % cookies.length] ?? "";
      if (signed(line) !== signed(old)) throw new Error(`line ${index} has another payload or time`);
      if (!codec.verify(line, { now: NOW }).ok) throw new Error(`line ${index} does not verify`);
    }
  });
  if (index !== count) throw new Error(`${index} lines came back of ${count}`);
}

/** Peak resident memory in MB of a process of its own. */
function peakMemory(count: number): number {
  const [script = ""] = process.argv.slice(1);
  const child = spawnSync(process.execPath, [...process.execArgv, script, "--memory", String(count)], {
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return Number(child.stdout);
}

function best(runs: readonly Run[]): number {
  return Math.max(...runs.map(({ cookies, seconds }) => cookies / seconds));
}

async function compare(count: number): Promise<void> {
  await check(CHECKED, 0);
  await check(CHECKED, 2);
  console.log(`${CHECKED} cookies verify under the new secret, payload and time byte for byte\n`);
  const runs: Run[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [workers, list] of runs.entries()) list.push(await run(count, workers));
  }
  const [local = 0, one = 0, two = 0] = runs.map(best);
  const rate = (value: number) => `${Math.round(value).toLocaleString("en-US")} cookies/s`.padStart(20);
  console.log(`in one process    ${rate(local)}`);
  console.log(`1 worker thread   ${rate(one)}`);
  console.log(`2 worker threads  ${rate(two)}   ${(two / one).toFixed(2)} times one, target ${TARGET}`);
  console.log(
    `\npeak memory: ${peakMemory(10_000)} MB for 10,000 lines, ${peakMemory(1_000_000)} MB for 1,000,000`,
  );
}

const [first, second] = process.argv.slice(2);
if (first === "--memory") {
  await run(Number(second), 2);
  console.log(Math.round(process.resourceUsage().maxRSS / 1024));
} else {
  await compare(Number(first ?? TIMED));
}
