import { execFileSync } from "node:child_process";
import { chmod, readdir, stat } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { createCodec } from "../../src/index.ts";
import { FRAMEWORKS } from "../../src/secrets/frameworks.ts";
import { django } from "./fixtures.ts";
import { run } from "./io.ts";
import {
  DAY,
  ENV,
  folder,
  KINDS,
  LATER,
  NOW,
  OLD,
  OLDER,
  others,
  put,
  rotate,
  textOf,
} from "./rotate-file-support.ts";

describe.each(KINDS)("$name", (kind) => {
  test("introduce, promote, retire", async () => {
    const path = await put(kind.name, kind.text);
    expect((await rotate(kind, path, ["--phase", "introduce"])).code).toBe(0);
    const introduced = kind.read(await textOf(path));
    const [fresh = ""] = introduced.fallbacks;
    expect(introduced).toEqual({ current: OLD, fallbacks: [fresh, OLDER] });
    expect(fresh).toMatch(/^[a-z0-9!@#$%^&*(\-_=+)]{50,}$/);

    expect((await rotate(kind, path, ["--phase", "promote"], { now: NOW + DAY })).code).toBe(0);
    expect(kind.read(await textOf(path))).toEqual({ current: fresh, fallbacks: [OLD, OLDER] });

    const early = await rotate(kind, path, ["--phase", "retire"], { now: LATER - 2 });
    expect(early.code).toBe(1);
    expect(early.stderr).toContain("may be valid until");
    expect((await rotate(kind, path, ["--phase", "retire"], { now: LATER })).code).toBe(0);
    expect(kind.read(await textOf(path))).toEqual({ current: fresh, fallbacks: [OLDER] });
    expect((await rotate(kind, path, ["--phase", "retire", "--force"], { now: LATER })).code).toBe(0);
    expect(kind.read(await textOf(path))).toEqual({ current: fresh, fallbacks: [] });
  });

  test("everything else stays, the mode too", async () => {
    const path = await put(kind.name, kind.text);
    await chmod(path, 0o640);
    await rotate(kind, path, []);
    expect(others(await textOf(path))).toEqual(others(kind.text));
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual([kind.name]);
  });

  test("without a phase, introduced and promoted at once, which is explained", async () => {
    const path = await put(kind.name, kind.text);
    const { stdout } = await rotate(kind, path, []);
    const { current, fallbacks } = kind.read(await textOf(path));
    expect(current).not.toBe(OLD);
    expect(fallbacks).toEqual([OLD, OLDER]);
    expect(stdout).toContain("a server that has not got the new file yet refuses");
  });

  test("--dry-run, --status and --check write nothing", async () => {
    const path = await put(kind.name, kind.text);
    const sample = await put("sample.txt", createCodec({ format: "django", secret: OLD }).sign({}));
    for (const flags of [["--dry-run"], ["--status"], ["--check", sample]]) {
      for (const more of [[], ["--json"]]) {
        expect((await rotate(kind, path, [...flags, ...more])).code).toBe(0);
        expect(await textOf(path)).toBe(kind.text);
      }
    }
    expect(await readdir(folder)).toEqual([kind.name, "sample.txt"].sort());
  });

  test("--compromised leaves one secret", async () => {
    const path = await put(kind.name, kind.text);
    const { code, stdout } = await rotate(kind, path, ["--compromised", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toContain("every session ends");
    const text = await textOf(path);
    expect(kind.read(text).fallbacks).toEqual([]);
    for (const gone of [OLD, OLDER, btoa(OLD), btoa(OLDER)]) expect(text).not.toContain(gone);
  });
});

describe("--compromised asks", () => {
  const flags = ["--compromised"];

  test("a person, who may say no", async () => {
    const path = await put(".env", ENV.text);
    const no = await rotate(ENV, path, flags, { answers: [false] });
    expect(no.code).toBe(2);
    expect(no.asked).toEqual([expect.stringContaining("Every session ends")]);
    expect(await textOf(path)).toBe(ENV.text);
    expect((await rotate(ENV, path, flags, { answers: [true] })).code).toBe(0);
    expect(ENV.read(await textOf(path)).fallbacks).toEqual([]);
  });

  test("nobody without a terminal: --yes it must be", async () => {
    const path = await put(".env", ENV.text);
    const { code, stderr } = await rotate(ENV, path, flags);
    expect(code).toBe(2);
    expect(stderr).toContain("--yes");
    expect(await textOf(path)).toBe(ENV.text);
  });

  test.each([
    ["--phase", "retire"],
    ["--if-older-than", "30d"],
  ])("and excludes %s", async (...other) => {
    const path = await put(".env", ENV.text);
    expect((await rotate(ENV, path, [...flags, "--yes", ...other])).code).toBe(2);
    expect(await textOf(path)).toBe(ENV.text);
  });
});

/** Whose secrets are rotated. */
const FORMATS = Object.entries({ ...formats, ...FRAMEWORKS }).map(
  ([id, { settings }]) => [id, settings] as const,
);

describe("what a run shows", () => {
  test("--status: who signs since when, what is next, what else breaks", async () => {
    const path = await put(".env", ENV.text);
    await rotate(ENV, path, []);
    const { stdout } = await rotate(ENV, path, ["--status"], { now: NOW + 2 * DAY });
    expect(stdout).toContain("signing since 2026-01-01 (2 days)");
    expect(stdout).toContain("--phase retire\n      from 2026-01-15 on\n");
    expect(stdout).toContain("password-reset links");
    const [json] = (await rotate(ENV, path, ["--status", "--json"], { now: LATER })).json();
    expect(json?.next).toEqual({ phase: "retire", from: null });
    expect(json?.secrets).toMatchObject([{ role: "signing" }, { role: "fallback" }, { role: "fallback" }]);
  });

  test.each([60, 80, 120])(
    "--status: every word, in at most %i columns, and 100 of more",
    async (columns) => {
      for (const [format, settings] of FORMATS) {
        const path = await put(".env", ENV.text);
        const argv = ["--format", format, "--key", "SECRET_KEY"];
        await rotate(ENV, path, argv);
        const { stdout } = await rotate(ENV, path, [...argv, "--status"], { now: LATER, columns });
        const lines = stdout.split("\n").filter((line) => line !== path && !line.startsWith("next"));
        for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(Math.min(columns, 100));
        const words = stdout.replace(/\s+/g, " ");
        for (const { what, effect } of settings?.signs ?? []) expect(words).toContain(`${what}: ${effect}`);
      }
    },
  );

  const NAMED = [
    [".env", ["--max-age", "30d", "--key", "SITE_KEY"], 30],
    ["the site's.env", ["--key", "SITE_KEY", "--fallbacks", "OLD_KEYS"], 14],
    ["site.conf", ["--kind", "env", "--format", "flask"], 31],
    [".env", ["--digest", "sha256"], 31],
    [".env", ["--backend", "session_data", "--max-age", "12h"], 0.5],
  ] as const;

  test.each(NAMED)("the next command can be pasted: %s %j", async (name, flags, days) => {
    const path = await put(name, `SECRET_KEY=${OLD}\nSITE_KEY=${OLD}\n`);
    const { stdout } = await run(["rotate-key", "--file", path, ...flags], { now: NOW });
    const [, next = ""] = /^next {2}cookiesess (.*)$/m.exec(stdout) ?? [];
    const argv = execFileSync("sh", ["-c", `printf '%s\\0' ${next}`], { encoding: "utf8" })
      .split("\0")
      .slice(0, -1);
    expect((await textOf(path)).split(OLD)).toHaveLength(3);
    expect((await run(argv, { now: NOW + days * DAY - 1 })).stderr).toContain("may be valid until");
    expect((await run(argv, { now: NOW + days * DAY + 1 })).stdout).toContain("is retired");
    expect((await textOf(path)).split(OLD)).toHaveLength(2);
  });

  test("a backend whose cookies never expire by themselves has nothing next but with an age", async () => {
    const path = await put(".env", `SECRET_KEY=${OLD}\n`);
    const introduce = ["rotate-key", "--file", path, "--backend", "signed_cookie", "--phase", "introduce"];
    expect((await run(introduce)).stdout).toContain("--max-age none --phase promote\n");
  });

  test("--check counts cookies by their secret", async () => {
    const cart = django("session-cart");
    const text = `SECRET_KEY=${OLD}\nSECRET_KEY_FALLBACKS='["${cart.secret}"]'\n`;
    const path = await put(".env", text);
    const sample = await put("sample.txt", `${cart.value}\nsessionid=${cart.value}\n\nnonsense\n`);
    const { code, stdout } = await run(["rotate-key", "--file", path, "--check", sample, "--json"]);
    expect(code).toBe(1);
    const { secrets, none } = JSON.parse(stdout);
    expect(secrets).toMatchObject([
      { role: "signing", count: 0 },
      { role: "fallback 1", count: 2 },
    ]);
    expect(none).toBe(1);
    expect(stdout).not.toContain(cart.secret);
  });

  const SIGNED = [
    ["another Django", ["--django", "2.2"], { format: "django", version: "2.2" }],
    ["another salt", ["--salt", "site.sessions"], { format: "django", salt: "site.sessions" }],
    ["another format", ["--format", "flask"], { format: "flask" }],
    [
      "another name",
      ["--backend", "signed_cookie", "--name", "cart"],
      { format: "django", backend: "signed_cookie", name: "cart" },
    ],
  ] as const;

  test.each(SIGNED)("--check by the rules of %s", async (_, argv, options) => {
    const path = await put(".env", `SECRET_KEY=${OLD}\n`);
    const sample = await put("sample.txt", `${createCodec({ ...options, secret: OLD }).sign("tea")}\n`);
    const check = (more: readonly string[]) =>
      run(["rotate-key", "--file", path, "--check", sample, ...more]);
    expect(await check(argv)).toMatchObject({ code: 0, stdout: expect.stringMatching(/signing +1\n/) });
    expect(await check([])).toMatchObject({ code: 1, stdout: expect.stringMatching(/none of them +1\n/) });
  });

  test("--check counts the sessions of a jar alone, of which there must be some", async () => {
    const path = await put(".env", `SECRET_KEY=${OLD}\n`);
    const jar = (name: string, value: string) =>
      put("jar.txt", `# Netscape HTTP Cookie File\n\na.example\tFALSE\t/\tTRUE\t0\t${name}\t${value}\n`);
    const check = async (sample: string) => run(["rotate-key", "--file", path, "--check", sample, "--json"]);
    const value = createCodec({ format: "django", secret: OLD }).sign({});
    const found = await check(await jar("sessionid", value));
    expect([found.code, found.json()]).toMatchObject([0, [{ secrets: [{ count: 1 }], none: 0 }]]);
    for (const sample of [
      await jar("csrftoken", "9vKq2mZxT7rJ5wN8bHc4yGs6pDl1fAe0"),
      await put("none", ""),
    ]) {
      expect(await check(sample)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("holds no session"),
      });
    }
  });

  test("--dry-run --json says so", async () => {
    const path = await put(".env", ENV.text);
    const [json] = (await rotate(ENV, path, ["--dry-run", "--json"])).json();
    expect(json).toMatchObject({ dryRun: true, rotated: true, phase: "replace" });
  });

  test("--print: the new secret", async () => {
    const path = await put(".env", ENV.text);
    const { stdout } = await run(["rotate-key", "--file", path, "--print", "--quiet"], { now: NOW });
    expect(stdout).toBe(`${ENV.read(await textOf(path)).current}\n`);
  });

  test("--github: outputs and a mask", async () => {
    const path = await put(".env", ENV.text);
    const output = await put("output", "before=1\n");
    const argv = ["--github", "--if-older-than", "30d"];
    const world = { env: { GITHUB_OUTPUT: output } };
    const { stdout } = await rotate(ENV, path, argv, world);
    expect(stdout).toContain(`::add-mask::${ENV.read(await textOf(path)).current}\n`);
    expect(await textOf(output)).toMatch(/^before=1\nrotated=true\nfingerprint=sha256:[0-9a-f]{8}\n$/);
    expect((await rotate(ENV, path, argv, world)).stdout).not.toContain("::add-mask::");
    expect(await textOf(output)).toMatch(/\nrotated=false\n$/);
  });

  test("--github outside GitHub changes nothing", async () => {
    const path = await put(".env", ENV.text);
    expect((await rotate(ENV, path, ["--github"])).code).toBe(2);
    expect(await textOf(path)).toBe(ENV.text);
  });
});
