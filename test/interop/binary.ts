/**
 * Uses the single executable for what is hard to put into one: worker threads, the demo's server, parts that few
 * commands need, and questions on a terminal (util-linux's `script`). Needs `npm run pkg`.
 *
 *   npx tsx test/interop/binary.ts [executable]
 */
import { strict as assert } from "node:assert";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { createCodec } from "../../src/index.ts";
import { django } from "../cli/fixtures.ts";
import { Tally } from "./tally.ts";

const [given = "dist-bin/cookiesess"] = process.argv.slice(2);
const executable = resolve(given);
const folder = mkdtempSync(join(tmpdir(), "cookiesess-binary-"));
const inFolder = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};

/** Nothing of this machine's environment, and no node on the PATH: the executable is all there is. */
const bare = { cwd: folder, env: { PATH: "/nowhere" } };

function run(argv: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const options = { ...bare, env: { ...bare.env, ...env }, encoding: "utf8" as const, input: "" };
  return spawnSync(executable, argv, { ...options, maxBuffer: 2 ** 28, timeout: 120_000 });
}

const COOKIES = 50_000;

/** Counts the threads that the process starts, from within it. */
const COUNTER = `const threads = require("node:worker_threads");
const { appendFileSync } = require("node:fs");
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    appendFileSync("threads", "started\\n");
  }
};
`;

async function resignsOnThreads(): Promise<void> {
  const codec = createCodec({ format: "django", secret: "the old secret" });
  const cookies = Array.from({ length: COOKIES }, (_, n) => codec.sign({ n }));
  inFolder("cookies.txt", `${cookies.join("\n")}\n`);
  const secrets = ["--secret", "the old secret", "--new-secret", "the new secret"];
  const preload = `--require ${join(folder, inFolder("counter.cjs", COUNTER))}`;
  const { status, stderr } = run(["rotate-key", ...secrets, "--in", "cookies.txt", "--out", "new.txt"], {
    NODE_OPTIONS: preload,
  });
  assert.deepEqual([status, stderr], [0, `re-signed ${COOKIES} cookies\n`]);
  assert.match(readFileSync(join(folder, "threads"), "utf8"), /^(started\n)+$/);
  const renewed = createCodec({ format: "django", secret: "the new secret" });
  const lines = readFileSync(join(folder, "new.txt"), "utf8").trimEnd().split("\n");
  assert.equal(lines.length, COOKIES);
  for (const [n, line] of lines.entries()) {
    const session = renewed.verify(line);
    assert.deepEqual(session.ok && session.payload, { n });
  }
}

async function servesTheDemo(): Promise<void> {
  const child = spawn(executable, ["demo", "--port", "0", "--quiet"], bare);
  try {
    const [url] = await once(createInterface(child.stdout), "line", { signal: AbortSignal.timeout(20_000) });
    const response = await fetch(url);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /<!doctype html>/i);
    child.kill("SIGINT");
    assert.deepEqual(await once(child, "exit"), [0, null]);
  } finally {
    child.kill("SIGKILL");
  }
}

async function rotatesSecretsInYaml(): Promise<void> {
  const file = inFolder("settings.yaml", "# settings\nSECRET_KEY: 'an old one' # keep\n");
  const { status, stderr } = run(["rotate-key", "--file", file]);
  assert.equal(status, 0, stderr);
  const text = readFileSync(join(folder, file), "utf8");
  assert.match(text, /^# settings\n/);
  assert.match(text, /^SECRET_KEY: '(?!an old one).+' # keep$/m);
  assert.match(text, /^SECRET_KEY_FALLBACKS: \['an old one'\]$/m);
}

const cart = django("session-cart");

/** Types the answer once the question is there. */
async function answersAt(child: ChildProcess, question: RegExp, answer: string): Promise<string> {
  let screen = "";
  let asked = false;
  child.stdout?.on("data", (data) => {
    screen += data;
    if (asked || !question.test(screen)) return;
    asked = true;
    child.stdin?.write(answer);
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  await once(child, "close");
  clearTimeout(timer);
  return screen;
}

/** A shell's line on a terminal. */
function onATerminal(line: string): ChildProcess {
  const { PATH } = process.env;
  return spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    cwd: folder,
    env: { PATH, TERM: "xterm", NO_COLOR: "1" },
  });
}

async function asksForWhatGoesToAFile(): Promise<void> {
  const child = onATerminal(`${executable} sign '{"a":1}' > minted.txt`);
  const screen = await answersAt(child, /secret/i, `${cart.secret}\r`);
  assert.equal(child.exitCode, 0, screen);
  const minted = readFileSync(join(folder, "minted.txt"), "utf8");
  assert.ok(createCodec({ format: "django", secret: cart.secret }).verify(minted.trimEnd()).ok, minted);
}

async function asksOnATerminal(): Promise<void> {
  const child = onATerminal(`${executable} verify --max-age none ${cart.value}`);
  const screen = await answersAt(child, /secret/i, `${cart.secret}\r`);
  assert.equal(child.exitCode, 0, screen);
  assert.match(screen, /✓ valid/);
  assert.ok(!screen.includes(cart.secret), "the secret is shown");
}

const checks: Readonly<Record<string, () => Promise<void>>> = {
  [`rotate-key re-signs ${COOKIES} cookies on worker threads, in order`]: resignsOnThreads,
  "demo serves, and ends with Ctrl-C": servesTheDemo,
  "rotate-key --file edits YAML": rotatesSecretsInYaml,
  "a secret is asked for on a terminal, and not shown": asksOnATerminal,
  "a secret is asked for where the output goes to a file": asksForWhatGoesToAFile,
  "--help": async () => assert.match(run(["--help"]).stdout, /rotate-key/),
  "a wrong command line ends with 2": async () => assert.equal(run(["decode", "--nope"]).status, 2),
};

const tally = new Tally();
try {
  for (const [name, check] of Object.entries(checks)) {
    const fault: unknown = await check().then(
      () => undefined,
      (error: unknown) => error,
    );
    tally.check(fault === undefined, `${name}: ${String(fault)}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = tally.report("single executable");
