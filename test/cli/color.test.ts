import { describe, expect, test } from "vitest";
import { django } from "./fixtures.ts";
import { run, type World } from "./io.ts";

const cart = django("session-cart");

async function colored(
  argv: readonly string[],
  env: Record<string, string>,
  terminal: World["terminal"] = [],
) {
  const { stdout } = await run(["decode", cart.value, ...argv], { now: cart.now, env, terminal });
  return stdout.includes("\u001b[");
}

describe("colour", () => {
  test.each<[string, readonly string[], Record<string, string>, boolean, boolean]>([
    ["by default", [], {}, false, true],
    ["auto", ["--color=auto"], {}, false, true],
    ["always", ["--color=always"], {}, true, true],
    ["always, in two words", ["--color", "always"], {}, true, true],
    ["never", ["--color=never"], {}, false, false],
    ["--no-color", ["--no-color"], {}, false, false],
    ["the last one given counts", ["--color=always", "--no-color"], {}, false, false],
    ["NO_COLOR", [], { NO_COLOR: "1" }, false, false],
    ["an empty NO_COLOR says nothing", [], { NO_COLOR: "" }, false, true],
    ["FORCE_COLOR", [], { FORCE_COLOR: "1" }, true, true],
    ["an empty FORCE_COLOR", [], { FORCE_COLOR: "" }, true, true],
    ["FORCE_COLOR=0 forces nothing", [], { FORCE_COLOR: "0" }, false, true],
    ["NO_COLOR beats FORCE_COLOR", [], { NO_COLOR: "1", FORCE_COLOR: "1" }, false, false],
    ["always beats NO_COLOR", ["--color=always"], { NO_COLOR: "1" }, true, true],
    ["auto does not beat NO_COLOR", ["--color=auto"], { NO_COLOR: "1" }, false, false],
    ["never beats FORCE_COLOR", ["--color=never"], { FORCE_COLOR: "1" }, false, false],
    ["a dumb terminal", [], { TERM: "dumb" }, false, false],
  ])("%s", async (_, argv, env, inPipe, onTerminal) => {
    expect(await colored(argv, env)).toBe(inPipe);
    expect(await colored(argv, env, ["stdout"])).toBe(onTerminal);
    expect(await colored(argv, env, ["stderr"])).toBe(inPipe);
  });

  test("is never in --json, in a value, or in what is asked of the exit code", async () => {
    const world: World = { now: cart.now, terminal: ["stdout", "stderr"], env: { FORCE_COLOR: "1" } };
    for (const argv of [
      ["decode", cart.value, "--json"],
      ["sign", "{}", "--secret", "x"],
      ["verify", "x", "--secret", "x", "--json"],
    ]) {
      const { stdout, stderr } = await run([...argv, "--color=always"], world);
      expect(stdout + stderr).not.toContain("\u001b");
    }
  });

  test("without it, the text is the same", async () => {
    for (const argv of [
      ["decode", cart.value],
      ["verify", cart.value, "--secret", "x"],
      ["verify", cart.value, "--secret", cart.secret, "--max-age", "1s"],
    ]) {
      const plain = await run([...argv, "--color=never"], { now: cart.now });
      const painted = await run([...argv, "--color=always"], { now: cart.now });
      expect(painted.stdout).not.toBe(plain.stdout);
      expect(painted.stdout.replace(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
    }
  });

  test("anything else is refused", async () => {
    expect((await run(["decode", "x", "--color=sometimes"])).code).toBe(2);
  });
});

describe("what a cookie holds cannot drive the terminal", () => {
  const ESC = "\u001b";
  const evil = `${ESC}]0;owned\u0007${ESC}[2J\u009b31m\r\n\u202e\u200b\ufeff\u2028\u007f\u0000`;
  const harmless =
    /^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]*$/;
  const minted = async (payload: string, ...argv: readonly string[]) =>
    (await run(["sign", "-", "--secret", "key", "-q", ...argv], { stdin: payload })).stdout.trimEnd();
  const world = (columns: number): World => ({
    columns,
    terminal: ["stdout", "stderr"],
    env: { NO_COLOR: "1" },
  });

  test.each([40, 80, 200])("keys, values and depths, on %i columns", async (columns) => {
    const payload = JSON.stringify({
      [evil]: evil,
      list: [evil, { [evil]: [evil, evil.repeat(30)] }],
      _auth_user_id: evil,
      long: evil.repeat(200),
    });
    for (const argv of [
      [],
      ["--format", "flask"],
      ["--format", "cookie-session"],
      ["--backend", "signing"],
    ]) {
      const value = await minted(payload, ...argv);
      for (const command of [
        ["decode", value],
        ["verify", value, "--secret", "key", "--password-hash", "x"],
      ]) {
        const { stdout, stderr } = await run([...command], world(columns));
        expect(stdout).toMatch(harmless);
        expect(stderr).toMatch(harmless);
        if (command[0] === "decode") expect(stdout).toContain("\\u202e");
      }
    }
  });

  test("signed text, names, salts, paths and errors", async () => {
    const line = evil.replace(/[\r\n]/g, "");
    const value = await minted(line, "--backend", "timestamp_signer");
    const commands = [
      ["decode", value],
      ["decode", "--raw", value],
      ["decode", "--name", line, value],
      ["decode", `Cookie: a=1; ${line}=${cart.value}`],
      ["decode", `${line}=1`],
      ["decode", "--har", line],
      ["decode", `--${line}`],
      ["decode", "--now", line, value],
      ["decode", "--format", line, value],
      ["verify", value, "--secret", "other", "--salt", line],
      ["verify", value, "--secret", "other", "--backend", "signed_cookie", "--name", line],
      ["verify", value, "--secret-file", line],
      ["verify", value, "--secret-env", line],
      ["verify", value, "--secret", "x", "--algorithm", line],
      ["verify", value, "--secret", "x", "--django", line],
      ["sign", "{}", "--secret", "x", "--set", `${line}.0.x=1`, "--set", `${line}=1`, "--set", `${line}.a=1`],
      ["sign", "{}", "--secret", "x", "--login", line, "--password-hash", "x"],
      ["sign", "{}", "--secret", "x", "--max-age", line],
      [line],
    ];
    for (const command of commands) {
      const { stdout, stderr, code } = await run(command, world(80));
      expect(stdout, command.join(" ")).toMatch(harmless);
      expect(stderr, command.join(" ")).toMatch(harmless);
      expect(code).not.toBe(70);
    }
  });
});
