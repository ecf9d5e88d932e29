import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type ExecTargetOptions, execTarget } from "../../src/fuzz/exec-target.ts";
import type { Hostile } from "../../src/fuzz/hostile.ts";
import { FuzzError } from "../../src/fuzz/target.ts";

const GENUINE = cookies(["session", "genuine"]);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cookiesess-"));
  return () => rmSync(folder, { recursive: true });
});

function cookies(...pairs: [string, string][]): Hostile {
  return {
    header: pairs.map((pair) => pair.join("=")).join("; "),
    pairs: pairs.map(([name, value]) => ({ name, value })),
  };
}

/** A program of one's own, which leaves its arguments in a file, each with a NUL after it. */
function program(script: string): { command: string; args(): string[] } {
  const path = join(folder, "judge it.sh");
  const log = join(folder, "log");
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\0' "$@" > '${log}'\n${script}\n`, { mode: 0o700 });
  return {
    command: `'${path}'`,
    args: () => readFileSync(log, "latin1").split("\0").slice(0, -1),
  };
}

function target(command: string, options: Partial<ExecTargetOptions> = {}) {
  const made = execTarget({ command, concurrency: 2, env: { PATH: process.env.PATH }, ...options });
  onTestFinished(() => made.close?.());
  return made;
}

const judge = '[ "$1" = genuine ]';

describe("the exit code", () => {
  test("is the verdict", async () => {
    const attacked = target(`${program(judge).command} {}`);
    expect(await attacked.learn(GENUINE)).toEqual({
      genuine: "exit code 0",
      nobody: "exit code 1",
      toldApartBy: "the exit code",
    });
    expect(await attacked.send(GENUINE)).toMatchObject({ verdict: "accepted", detail: "exit code 0" });
    expect(await attacked.send(cookies(["session", "genuin"]))).toMatchObject({ verdict: "refused" });
    expect(attacked.slowFrom).toBeGreaterThanOrEqual(500);
  });

  test.each([
    ["exit 125", "refused", "exit code 125"],
    ["exit 126", "error", "exit code 126"],
    ["no-such-program", "error", "exit code 127"],
    ["exit 139", "error", "exit code 139"],
    ["kill -SEGV $$", "error", "killed by SIGSEGV"],
  ])("%s is %s", async (script, verdict, detail) => {
    const attacked = target(`${program(`${judge} || ${script}`).command} {}`);
    await attacked.learn(GENUINE);
    expect(await attacked.send(cookies(["session", "x"]))).toMatchObject({ verdict, detail });
  });

  test.each([
    ["exit 1", "the program does not accept the genuine cookie: exit code 1"],
    ["exit 0", "the program accepts nonsense: exit code 0"],
  ])("a program that always does %s is an error", async (script, message) => {
    await expect(target(`${program(script).command} {}`).learn(GENUINE)).rejects.toThrow(
      expect.objectContaining({ name: "FuzzError", message, hint: expect.stringContaining("exit code") }),
    );
  });
});

describe("the command", () => {
  test("is split as in a shell, and no shell sees it", async () => {
    const { command, args } = program('[ "$2" = genuine ]');
    const attacked = target(`${command} 'a b'"c" {} --cookie={} '$HOME;{header}|' {}{} {other}`);
    await attacked.learn(GENUINE);
    await attacked.send(cookies(["session", "$& `x` 'y' $(z) \\"]));
    const value = "$& `x` 'y' $(z) \\";
    expect(args()).toEqual([
      ...["a bc", value, `--cookie=${value}`, `$HOME;session=${value}|`, value + value, "{other}"],
    ]);
  });

  test("gets the header of a session with several cookies", async () => {
    const { command, args } = program('[ "$1" = "session=genuine; session.sig=abc" ]');
    const attacked = target(`${command} {}`);
    await attacked.learn(cookies(["session", "genuine"], ["session.sig", "abc"]));
    await attacked.send(cookies(["session", "genuine"]));
    expect(args()).toEqual(["session=genuine"]);
  });

  test("gets bytes as they are, where they are UTF-8", async () => {
    const { command, args } = program(judge);
    const attacked = target(`${command} {}`);
    await attacked.learn(GENUINE);
    const bytes = "\xc3\xab\x01\x7f\xef\xbb\xbf\n";
    await attacked.send(cookies(["session", bytes]));
    expect(args()).toEqual([bytes]);
    for (const value of ["\0", "a\xff", "\u20ac"]) {
      const answer = await attacked.send(cookies(["session", value]));
      expect(answer).toMatchObject({ verdict: "refused", detail: "not sendable" });
    }
    expect(args()).toEqual([bytes]);
  });

  test("is not run for a cookie that is too long for it", async () => {
    const attacked = target(`${program(judge).command} {}`);
    await attacked.learn(GENUINE);
    const fits = await attacked.send(cookies(["session", "x".repeat(attacked.room)]));
    expect(fits.detail).toBe("exit code 1");
    const answer = await attacked.send(cookies(["session", "x".repeat(4_000_000)]));
    expect(answer).toMatchObject({ verdict: "refused", detail: "not sendable" });
  });

  test("does not see the secrets", async () => {
    const env = { COOKIESESS_SECRET: "a", COOKIESESS_FALLBACKS: "b", OTHER: "c", PATH: process.env.PATH };
    const script = `${judge} && [ "\${COOKIESESS_SECRET-none}\${COOKIESESS_FALLBACKS-none}$OTHER" = nonenonec ]`;
    const attacked = target(`${program(script).command} {}`, { env });
    expect((await attacked.learn(GENUINE)).genuine).toBe("exit code 0");
  });

  test("that is not there is an error", async () => {
    await expect(target("/no/such/program {}").learn(GENUINE)).rejects.toThrow(
      expect.objectContaining({ name: "FuzzError", message: "/no/such/program cannot be run (ENOENT)" }),
    );
  });

  test.each([
    ["", "--exec is empty"],
    ["program", "--exec says not where the cookie goes"],
    ["{}", "--exec says not where the cookie goes"],
  ])("%j is refused", (command, message) => {
    expect(() => target(command)).toThrow(new FuzzError(message, "--exec 'program {}'"));
  });

  test("can be run again from a shell", async () => {
    const { command, args } = program(judge);
    const attacked = target(`${command} {} {header} plain`);
    expect(attacked.reproduce(GENUINE)).toBe(`${command} genuine session=genuine plain`);
    const value = "it's $x `y` \xc3\xab\x01\n";
    const line = attacked.reproduce(cookies(["session", value])) ?? "";
    expect(() => execFileSync("bash", ["-c", line])).toThrow();
    expect(args()).toEqual([value, `session=${value}`, "plain"]);
    expect(attacked.reproduce(cookies(["session", "\0"]))).toBeUndefined();
  });
});

describe("time", () => {
  /** A program that starts another one, which leaves a sign of life every 20 ms, and waits for it. */
  function sleeper() {
    const pulse = join(folder, "pulse");
    const { command } = program(
      `${judge} && exit; [ "$1" = nonsense ] && exit 1; (while :; do echo . >> '${pulse}'; sleep 0.02; done) & wait`,
    );
    return { command: `${command} {}`, pulse: () => readFileSync(pulse).length };
  }

  async function expectGone(pulse: () => number): Promise<void> {
    const last = pulse();
    await sleep(200);
    expect(pulse()).toBe(last);
    expect(last).toBeGreaterThan(0);
  }

  test("ends the program and what it started", async () => {
    const { command, pulse } = sleeper();
    const attacked = target(command, { timeout: 1_000 });
    await attacked.learn(GENUINE);
    const answer = await attacked.send(cookies(["session", "x"]));
    expect(answer).toMatchObject({ verdict: "error", detail: "no end in 1 s" });
    expect(answer.milliseconds).toBeGreaterThanOrEqual(999);
    await expectGone(pulse);
  });

  test("close does so, too", async () => {
    const { command, pulse } = sleeper();
    const attacked = target(command);
    const answer = attacked.send(cookies(["session", "x"]));
    await vi.waitFor(() => expect(pulse()).toBeGreaterThan(0), 5_000);
    await attacked.close?.();
    expect(await answer).toMatchObject({ verdict: "error", detail: "killed by SIGKILL" });
    await expectGone(pulse);
  });

  test("so many programs run at once, and no more", async () => {
    const active = join(folder, "active");
    writeFileSync(active, "");
    const script = `echo + >> '${active}'; sleep 0.1; echo - >> '${active}'; ${judge}`;
    const attacked = target(`${program(script).command} {}`, { concurrency: 3 });
    await Promise.all(Array.from({ length: 9 }, () => attacked.send(GENUINE)));
    let now = 0;
    let most = 0;
    for (const sign of readFileSync(active, "utf8").trim().split("\n")) {
      now += sign === "+" ? 1 : -1;
      most = Math.max(most, now);
    }
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
  });
});
