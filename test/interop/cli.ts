/**
 * Starts the command line as a shell does, and watches its exit code and streams: a reader that goes away, a full
 * disk, Ctrl-C, an endless line, and no terminal.
 *
 *   [COOKIESESS_EXECUTABLE=dist-bin/cookiesess] npx tsx test/interop/cli.ts
 */
import { strict as assert } from "node:assert";
import { type SpawnOptions, spawn } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { django } from "../cli/fixtures.ts";
import { Tally } from "./tally.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { COOKIESESS_EXECUTABLE: executable } = process.env;
const [program, ...fixed] =
  executable === undefined ? [process.execPath, "--import", "tsx", "src/cli/bin.ts"] : [executable];
const cart = django("session-cart");
const lines = `${cart.value}\n`.repeat(20_000);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Watch {
  readonly stdin?: string;
  readonly stdout?: number;
  /** Called at the first bytes of stdout. */
  readonly first?: (child: ReturnType<typeof spawn>) => void;
}

function start(argv: readonly string[], { stdin = "", stdout, first }: Watch = {}): Promise<Ended> {
  const options: SpawnOptions = { cwd: root, stdio: ["pipe", stdout ?? "pipe", "pipe"] };
  const child = spawn(program, [...fixed, ...argv], options);
  const text = { stdout: "", stderr: "" };
  child.stdout?.once("data", () => first?.(child));
  child.stdout?.on("data", (data) => {
    text.stdout += data;
  });
  child.stderr?.on("data", (data) => {
    text.stderr += data;
  });
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(stdin);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...text })));
}

const checks: Readonly<Record<string, () => Promise<void>>> = {
  "every line of a long stream is written": async () => {
    const { code, stdout } = await start(["decode", "--json"], { stdin: lines });
    assert.equal(code, 0);
    assert.equal(stdout.split("\n").length, 20_001);
  },
  "a reader of stdout that goes away ends it quietly, as SIGPIPE ends others": async () => {
    const { code, stderr } = await start(["decode", "--json"], {
      stdin: lines,
      first: (child) => child.stdout?.destroy(),
    });
    assert.deepEqual({ code, stderr }, { code: 141, stderr: "" });
  },
  "a full disk is an error, also for the last line": async () => {
    if (!existsSync("/dev/full")) return;
    const { code, stderr } = await start(["decode", "--json", cart.value], {
      stdout: openSync("/dev/full", "w"),
    });
    assert.equal(code, 2);
    assert.match(stderr, /cannot write the output: ENOSPC/);
  },
  "Ctrl-C ends with 130": async () => {
    const { code, stderr } = await start(["decode", "--json"], {
      stdin: lines,
      first: (child) => child.kill("SIGINT"),
    });
    assert.deepEqual({ code, stderr }, { code: 130, stderr: "" });
  },
  "a line of 10 MB is refused and the next one read": async () => {
    const { code, stdout } = await start(["decode", "--json"], {
      stdin: `${"x".repeat(10_000_000)}\n${cart.value}\n`,
    });
    assert.equal(code, 1);
    assert.equal(stdout.split("\n").length, 3);
  },
  "nobody to ask: no question, exit 2": async () => {
    const { code, stderr } = await start(["verify", cart.value]);
    assert.equal(code, 2);
    assert.match(stderr, /no secret given/);
  },
};

const tally = new Tally();
for (const [name, check] of Object.entries(checks)) {
  const fault: unknown = await check().then(
    () => undefined,
    (error: unknown) => error,
  );
  tally.check(fault === undefined, `${name}: ${String(fault)}`);
}
process.exitCode = tally.report("command line");
