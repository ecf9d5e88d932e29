import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { run, type World } from "../io.ts";
import { OLD, SAME } from "./support.ts";

const [retired = ""] = OLD.fallbacks ?? [];
const env = { OLD_KEY: retired, NEW_KEY: OLD.secret };
let folder = "";
const path = (name: string) => join(folder, name);
const textOf = (name: string) => readFileSync(path(name), "utf8");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "resign-"));
});

const resign = (argv: readonly string[], world: World = {}) =>
  run(["rotate-key", "--secret-env", "OLD_KEY", "--new-secret-env", "NEW_KEY", ...argv], {
    now: OLD.now,
    env,
    ...world,
  });

describe("files", () => {
  test("from one to another, refused lines to a third", async () => {
    writeFileSync(path("in"), `${OLD.value}\nnonsense\n${SAME.value}\n`);
    const outcome = await resign(["--in", path("in"), "--out", path("out"), "--rejects", path("rejects")]);
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toBe(
      "re-signed 1 cookie; 1 passed through, signed by the new secret already; 1 refused\n",
    );
    expect(textOf("out")).toBe(`${SAME.value}\n${SAME.value}\n`);
    expect(textOf("rejects")).toMatch(/^line 2: unknown-format: .*\n$/);
    expect(readdirSync(folder).sort()).toEqual(["in", "out", "rejects"]);
  });

  test("new ones are for their owner alone, others keep their mode", async () => {
    writeFileSync(path("in"), `${OLD.value}\n`);
    writeFileSync(path("old"), "");
    chmodSync(path("old"), 0o640);
    await resign(["--in", path("in"), "--out", path("new")]);
    await resign(["--in", path("in"), "--out", path("old")]);
    expect(statSync(path("new")).mode & 0o777).toBe(0o600);
    expect(statSync(path("old")).mode & 0o777).toBe(0o640);
  });

  test("a file may be its own output, and a link is followed", async () => {
    writeFileSync(path("list"), `${OLD.value}\n`);
    symlinkSync("list", path("link"));
    expect(await resign(["--in", path("list"), "--out", path("link")])).toMatchObject({ code: 0 });
    expect(textOf("list")).toBe(`${SAME.value}\n`);
  });

  test("a failure leaves what was there", async () => {
    writeFileSync(path("out"), "kept");
    async function* broken() {
      yield new TextEncoder().encode(`${OLD.value}\n`);
      throw new Error("the pipe broke");
    }
    expect(await resign(["--out", path("out")], { stdin: broken() })).toMatchObject({ code: 70 });
    expect(await resign(["--out", path("out")], { stdin: "\n\n" })).toMatchObject({ code: 2 });
    expect(textOf("out")).toBe("kept");
    expect(readdirSync(folder)).toEqual(["out"]);
  });

  test.each([
    ["--in", "missing", "cannot read"],
    ["--out", "missing/out", "cannot write"],
  ])("%s %s is a wrong command line", async (flag, name, message) => {
    const outcome = await resign([flag, path(name)], { stdin: OLD.value });
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.stderr).toContain(`${message} ${path(name)}: no such file`);
  });

  test("two outputs into one file are refused", async () => {
    const same = ["--out", path("a"), "--rejects", path("a")];
    expect(await resign(same, { stdin: OLD.value })).toMatchObject({ code: 2 });
  });
});

describe("streams", () => {
  test("standard input to standard output, refusals to stderr", async () => {
    const outcome = await resign([], { stdin: `${OLD.value}\n\nnonsense\n${OLD.value}` });
    expect(outcome).toMatchObject({ code: 1, stdout: `${SAME.value}\n`.repeat(2) });
    expect(outcome.stderr).toMatch(/^line 3: unknown-format: .*\nre-signed 2 cookies; 1 refused\n$/);
  });

  test("--quiet says nothing but the cookies", async () => {
    const outcome = await resign(["-q"], { stdin: `${OLD.value}\nnonsense\n` });
    expect(outcome).toMatchObject({ code: 1, stdout: `${SAME.value}\n`, stderr: "" });
  });

  test("no secret is ever written", async () => {
    const input = { stdin: `${OLD.value}\n${retired}\n${OLD.secret}\nsessionid=${retired}\n` };
    for (const argv of [[], ["--json"], ["--max-age", "1"]]) {
      const { stdout, stderr } = await resign(argv, input);
      for (const secret of [retired, OLD.secret]) expect(stdout + stderr).not.toContain(secret);
    }
  });
});
