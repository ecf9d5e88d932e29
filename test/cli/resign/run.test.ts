import {
  chmodSync,
  closeSync,
  createReadStream,
  linkSync,
  mkdtempSync,
  openSync,
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
    expect(textOf("rejects")).toMatch(/^# line 2: unknown-format: .*\nnonsense\n$/);
    expect(readdirSync(folder).sort()).toEqual(["in", "out", "rejects"]);
  });

  test("new ones are for their owner alone, others keep their mode", async () => {
    writeFileSync(path("in"), `${OLD.value}\n`);
    writeFileSync(path("old"), "");
    chmodSync(path("old"), 0o640);
    await resign(["--in", path("in"), "--out", path("new"), "--rejects", path("rejects")]);
    await resign(["--in", path("in"), "--out", path("old")]);
    expect(statSync(path("new")).mode & 0o777).toBe(0o600);
    expect(statSync(path("rejects")).mode & 0o777).toBe(0o600);
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
    symlinkSync("a", path("link"));
    writeFileSync(path("a"), "kept");
    for (const rejects of ["a", "link", "./a", "x/../a"]) {
      const same = ["--out", path("a"), "--rejects", `${folder}/${rejects}`];
      expect(await resign(same, { stdin: OLD.value }), rejects).toMatchObject({ code: 2 });
    }
    expect(textOf("a")).toBe("kept");
  });
});

describe("a file that is its own output loses nothing", () => {
  const forged = `${OLD.value.slice(0, -1)}x`;
  const input = ["# mine", OLD.value, "", forged, `sessionid=${SAME.value}`, "csrftoken=abc"];
  const inPlace = (...more: readonly string[]) => resign(["--in", path("in"), "--out", path("in"), ...more]);

  test("what is no session stays, what is refused goes to --rejects", async () => {
    writeFileSync(path("in"), input.join("\n"));
    const { code, stderr } = await inPlace("--rejects", path("rejects"));
    expect(code).toBe(1);
    expect(textOf("in")).toBe(`# mine\n${SAME.value}\n\nsessionid=${SAME.value}\ncsrftoken=abc\n`);
    expect(textOf("rejects")).toBe(`# line 4: bad-signature: the signature does not match\n${forged}\n`);
    expect(stderr).toContain("2 other lines kept; 1 refused");
  });

  test("without --rejects it is left as it was", async () => {
    writeFileSync(path("in"), input.join("\n"));
    const { code, stderr } = await inPlace();
    expect(code).toBe(1);
    expect(textOf("in")).toBe(input.join("\n"));
    expect(stderr).toContain("line 4: bad-signature");
    expect(stderr).toContain(`${path("in")} is left as it was: 1 line is refused`);
    expect(stderr).toContain("--rejects");
    expect(readdirSync(folder)).toEqual(["in"]);
  });

  test.each([
    ["not UTF-8", Buffer.from("# caf\xe9\n", "latin1")],
    ["too long", Buffer.from(`${"a".repeat(401)}\n`)],
  ])("a line that is %s cannot be kept, so the file is", async (_, line) => {
    const bytes = Buffer.concat([line, Buffer.from(`${OLD.value}\n`)]);
    writeFileSync(path("in"), bytes);
    expect(await inPlace("--rejects", path("rejects"), "--max-length", "100")).toMatchObject({ code: 1 });
    expect(readFileSync(path("in"))).toEqual(bytes);
  });

  test("nor is --rejects put in the input's place without it", async () => {
    writeFileSync(path("in"), Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.from(`${OLD.value}\n`)]));
    const { code, stderr } = await resign(["--in", path("in"), "--rejects", path("in")]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("1 line is too long or not UTF-8")]);
    expect(readFileSync(path("in"))[0]).toBe(0xff);
  });

  test.each([
    ["its path", "in"],
    ["a link", "link"],
    ["another name", "linked"],
  ])("as standard input and as %s it is one file, too", async (_, name) => {
    writeFileSync(path("in"), input.join("\n"));
    symlinkSync("in", path("link"));
    linkSync(path("in"), path("linked"));
    const fromInput = async (...argv: readonly string[]) => {
      const stdinDescriptor = openSync(path("in"), "r");
      const stdin = createReadStream("", { fd: stdinDescriptor, autoClose: false });
      const outcome = await resign(argv, { stdin, stdinDescriptor });
      closeSync(stdinDescriptor);
      return outcome;
    };
    const refused = await fromInput("--out", path(name));
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining(`${path(name)} is left as it was: 1 line is refused`),
    ]);
    expect(await fromInput("--out", path(name), "--json")).toMatchObject({ code: 2, stdout: "" });
    expect(textOf(name)).toBe(input.join("\n"));
    expect(await fromInput("--out", path(name), "--rejects", path("rejects"))).toMatchObject({ code: 1 });
    expect(textOf(name)).toBe(`# mine\n${SAME.value}\n\nsessionid=${SAME.value}\ncsrftoken=abc\n`);
    expect(textOf("rejects")).toContain(forged);
  });

  test("a pipe and a device are replaced by nothing", async () => {
    const stdinDescriptor = openSync("/dev/null", "r");
    const outcome = await resign(["--out", "/dev/null"], {
      stdin: `${OLD.value}\nnonsense\n`,
      stdinDescriptor,
    });
    closeSync(stdinDescriptor);
    expect(outcome.stderr).toContain("re-signed 1 cookie; 1 refused");
  });

  test("nor do reports take the place of cookies", async () => {
    writeFileSync(path("in"), input.join("\n"));
    expect(await inPlace("--json", "--rejects", path("rejects"))).toMatchObject({ code: 2 });
    expect(textOf("in")).toBe(input.join("\n"));
  });

  test("rejects are an input in turn, for another secret", async () => {
    writeFileSync(path("in"), `nonsense\n${OLD.value}\n`);
    const argv = ["--in", path("in"), "--out", path("in"), "--rejects", path("rejects")];
    const other = ["rotate-key", "--secret", "another", "--new-secret-env", "NEW_KEY", ...argv];
    expect(await run(other, { now: OLD.now, env })).toMatchObject({ code: 1 });
    expect(textOf("in")).toBe("");
    const again = await resign(["--in", path("rejects"), "--out", path("again"), "--rejects", path("bad")]);
    expect(again.stderr).toContain("re-signed 1 cookie; 2 other lines kept; 1 refused");
    expect(textOf("bad")).toMatch(/^# line 2: .*\nnonsense\n$/);
  });
});

describe("a cookie jar", () => {
  const jar = (session: string) =>
    [
      "# Netscape HTTP Cookie File",
      "# This is a generated file! Do not edit.",
      "",
      "example.org\tFALSE\t/\tTRUE\t0\tcsrftoken\t9vKq2mZxT7rJ5wN8bHc4yGs6pDl1fAe0",
      `#HttpOnly_example.org\tFALSE\t/\tTRUE\t0\tsessionid\t${session}`,
      ".example.org\tTRUE\t/\tFALSE\t1999999999\t_ga\tGA1.2.1234567890.1700000000",
      "",
    ].join("\n");

  test("all of it comes back with the new value in place", async () => {
    expect(await resign([], { stdin: jar(OLD.value) })).toMatchObject({ code: 0, stdout: jar(SAME.value) });
  });

  test("its session is refused under its name, whatever it looks like", async () => {
    expect(await resign([], { stdin: jar("nonsense") })).toMatchObject({ code: 1 });
  });

  test("--name says which cookies have to be genuine", async () => {
    const foreign = `example.org\tFALSE\t/\tTRUE\t0\tadminid\t${OLD.value.slice(0, -1)}x`;
    const stdin = jar(OLD.value) + foreign;
    expect(await resign([], { stdin })).toMatchObject({ code: 1 });
    expect(await resign(["--name", "sessionid"], { stdin })).toMatchObject({
      code: 0,
      stdout: `${jar(SAME.value)}${foreign}\n`,
    });
  });

  test("--json has its sessions alone", async () => {
    const { code, json } = await resign(["--json"], { stdin: jar(OLD.value) });
    expect([code, json()]).toMatchObject([0, [{ line: 5, name: "sessionid", value: SAME.value }]]);
  });

  test("without a session it is no list of cookies", async () => {
    const outcome = await resign([], { stdin: jar("x").replace(/^#HttpOnly.*\n/m, "") });
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining("no line is a session") });
  });
});

describe("streams", () => {
  test("standard input to standard output, refusals to stderr", async () => {
    const outcome = await resign([], { stdin: `${OLD.value}\n\nnonsense\n${OLD.value}` });
    expect(outcome).toMatchObject({ code: 1, stdout: `${SAME.value}\n\n${SAME.value}\n` });
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
