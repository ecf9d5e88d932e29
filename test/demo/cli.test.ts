import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { FLAWS } from "../../src/demo/flaws/index.ts";
import { run } from "../cli/io.ts";
import { Client, codec, SECRET } from "./client.ts";

test("--flaw list names the flaws, one a line", async () => {
  const { code, stdout } = await run(["demo", "--flaw", "list"]);
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ", 1)[0]),
  ).toEqual(FLAWS.map(({ name }) => name));
});

test("an unknown flaw is refused", async () => {
  const { code, stderr } = await run(["demo", "--flaw", "salt-ignord"]);
  expect([code, stderr]).toEqual([
    2,
    'cookiesess: error: there is no flaw "salt-ignord"\n  hint: did you mean salt-ignored? --flaw list names them\n',
  ]);
});

test.each([
  [["--port", "http"], "--port takes a number up to 65535"],
  [["--port", "65536"], "--port takes a number up to 65535"],
  [["--max-age", "soon"], '--max-age: "soon" is not a duration'],
  [["--max-age", "none"], '--max-age: "none" is not a duration'],
  [["--max-age", "1.5"], "maxAge is a whole number of seconds"],
  [["--password-hash", "x"], "--password-hash goes with --django"],
  [["--django", "0.1"], "Django signs cookies since 1.4"],
  [["--secret", ""], "the secret is empty"],
  [["somewhere"], "too many arguments for 'demo'"],
])("%j is refused", async (flags, message) => {
  const { code, stderr } = await run(["demo", ...flags]);
  expect(code).toBe(2);
  expect(stderr).toContain(`cookiesess: error: ${message}`);
});

test("a port in use is refused", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const { code, stderr } = await run(["demo", "--port", port]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    `cookiesess: error: port ${port} is in use\n  hint: another --port, or none for a free one\n`,
  );
  other.close();
});

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

async function start(...flags: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/bin.ts", "demo", ...flags], {
    env: { ...process.env, SECRET_KEY: SECRET, COOKIESESS_SECRET: "" },
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => {
    text.stdout += data;
  });
  child.stderr.on("data", (data) => {
    text.stderr += data;
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...text }));
  await Promise.race([once(child.stdout, "data"), ended]);
  return { child, url: text.stdout.trim(), ended };
}

// Processes need no second run on the web's platform.
describe.skipIf(process.env.COOKIESESS_TEST_PLATFORM === "web")("as a process", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("serves until %s and exits with 0", async (signal) => {
    const { child, url, ended } = await start("--secret-env", "SECRET_KEY", "--max-age", "1h");
    const client = new Client(url);
    const response = await client.post("/login?hidden=1", { user: "ada" });
    expect(response.headers.get("Set-Cookie")).toContain("; Max-Age=3600;");
    expect(codec.verify({ value: client.cookie ?? "" }).ok).toBe(true);
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([0, `${url}\n`]);
    expect(stderr).toMatch(/^Ctrl-C ends it\.\nPOST \/login 303 \d+\.\d ms\n$/);
  });

  test("says so when the secret is a random one, or something is broken", async () => {
    const { child, ended } = await start("--flaw", "salt-ignored");
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^The secret is a random one: sessions end with this server\.\nBroken on purpose: salt-ignored\./,
    );
  });

  test("--quiet prints the address alone", async () => {
    const { child, url, ended } = await start("--quiet");
    await new Client(url).send("/");
    child.kill("SIGTERM");
    expect(await ended).toEqual({ code: 0, stdout: `${url}\n`, stderr: "" });
  });
});
