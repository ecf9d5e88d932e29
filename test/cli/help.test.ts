import { describe, expect, test } from "vitest";
import { examplesOf } from "../../src/cli/examples.ts";
import { defineProgram } from "../../src/cli/program.ts";
import { similarTo } from "../../src/cli/similar.ts";
import { SUBCOMMANDS } from "../../src/cli/subcommands.ts";
import { run } from "./io.ts";

const names = SUBCOMMANDS.map(({ name }) => name);
const optionsOf = (name: string) =>
  defineProgram()
    .commands.find((command) => command.name() === name)
    ?.options.flatMap(({ long }) => long ?? []) ?? [];

describe("help", () => {
  test.each(names)("%s: fits a screen, and names every option and two examples", async (name) => {
    const { stdout, code } = await run([name, "--help"]);
    expect(code).toBe(0);
    for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(80);
    for (const option of optionsOf(name)) expect(stdout).toContain(` ${option} `);
    const [, examples = ""] = stdout.split("\nExamples:\n");
    expect(examples.match(/^ {2}# /gm)?.length).toBeGreaterThanOrEqual(2);
    expect(examples.match(new RegExp(`^ {2}(?:echo '.*)?cookiesess ${name} `, "gm"))).not.toBeNull();
  });

  test.each(names)("%s: its examples fit a manual page of 80 columns", (name) => {
    const examples = examplesOf(name);
    expect(examples).not.toEqual([]);
    const indent = 11;
    for (const line of examples.flatMap(({ run }) => run.split("\n")))
      expect(line.length + indent, line).toBeLessThanOrEqual(80);
  });

  test.each([
    ["help", "verify"],
    ["verify", "-h"],
  ])("%s %s is the same as verify --help", async (...words) => {
    expect(await run(words)).toMatchObject({ code: 0, stdout: (await run(["verify", "--help"])).stdout });
  });

  test("without a command it is an error that shows the commands", async () => {
    const { code, stdout, stderr } = await run([]);
    expect([code, stdout]).toEqual([2, ""]);
    for (const name of names) expect(stderr).toMatch(new RegExp(`^ {2}${name} `, "m"));
  });

  test("--color and --output take a choice in any case", async () => {
    const { stdout } = await run([
      "sign",
      "{}",
      "--secret",
      "x",
      "--output",
      "Set-Cookie",
      "--same-site",
      "lax",
    ]);
    expect(stdout).toMatch(/^Set-Cookie: sessionid=.*; SameSite=Lax$/m);
  });
});

describe("completion", () => {
  test.each(["bash", "zsh", "fish", "powershell"])("%s: knows every command and option", async (shell) => {
    const { stdout, code } = await run(["completion", shell]);
    expect(code).toBe(0);
    for (const name of names) {
      expect(stdout).toContain(name);
      for (const option of optionsOf(name))
        expect(stdout).toContain(shell === "fish" ? option.slice(2) : option);
    }
  });

  test.each(["bash", "zsh", "fish", "powershell"])("%s: knows every attack and flaw", async (shell) => {
    const { stdout } = await run(["completion", shell]);
    const attacks = (await run(["fuzz", "--list", "--json"]))
      .json()
      .flatMap(({ attack, group }) => [attack, group]);
    const flaws = (await run(["demo", "--flaw", "list"])).stdout.match(/^\S+/gm) ?? [];
    for (const names of [attacks, flaws]) {
      expect(names.length).toBeGreaterThan(10);
      for (const name of names) expect(stdout).toMatch(new RegExp(`[ '(]${name}[ ')]`));
    }
  });
});

describe("similarTo", () => {
  test.each([
    ["djnago", "django"],
    ["DJANGO", "django"],
    ["flsk", "flask"],
    ["rails", undefined],
    ["", undefined],
    ["cookie", undefined],
    ["cookie_session", "cookie-session"],
  ])("%j: %j", (given, meant) => {
    expect(similarTo(given, ["django", "flask", "cookie-session"])).toBe(meant);
  });
});
