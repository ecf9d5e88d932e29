import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { run } from "./io.ts";
import { DAY, ENV, folder, NOW, OLD, OLDER, OWN, put, rotate, textOf } from "./rotate-file-support.ts";

describe("what a run takes", () => {
  test("--if-older-than: nothing while the secret is young", async () => {
    const path = await put(".env", ENV.text);
    const argv = ["--if-older-than", "30d", "--new-secret-env", "NEXT"];
    const at = (now: number, NEXT: string) => rotate(ENV, path, argv, { now, env: { NEXT } });
    await at(NOW, OWN);
    const first = await textOf(path);
    expect((await at(NOW + 29 * DAY, `${OWN}2`)).stdout).toContain("nothing to do");
    expect(await textOf(path)).toBe(first);
    await at(NOW + 30 * DAY, `${OWN}2`);
    expect(ENV.read(await textOf(path))).toEqual({ current: `${OWN}2`, fallbacks: [OWN, OLD, OLDER] });
  });

  test("--keep bounds the fallbacks, the oldest go", async () => {
    const path = await put(".env", ENV.text);
    const { stdout } = await rotate(ENV, path, ["--keep", "1"]);
    expect(ENV.read(await textOf(path)).fallbacks).toEqual([OLD]);
    expect(stdout).toContain("is dropped, as one more than 1");
  });

  test("one's own secret by --new-secret-file", async () => {
    const path = await put(".env", ENV.text);
    const files = { "own.txt": `${OWN}\n` };
    const { stderr } = await rotate(ENV, path, ["--new-secret-file", "own.txt"], { files });
    expect(stderr).toBe("");
    expect(ENV.read(await textOf(path))).toEqual({ current: OWN, fallbacks: [OLD, OLDER] });
  });

  test.each([
    ["--secret", OWN],
    ["--secret-file", "own.txt"],
    ["--secret-env", "NEXT"],
  ])("%s would be an old one, which the file has", async (flag, value) => {
    const path = await put(".env", ENV.text);
    const world = { files: { "own.txt": OWN }, env: { NEXT: OWN, COOKIESESS_SECRET: OLD } };
    for (const how of [["--file", path], ["--stdout"]]) {
      const { code, stdout, stderr } = await run(["rotate-key", ...how, flag, value], world);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(`--new-${flag.slice(2)} gives the new one`);
    }
    expect(await textOf(path)).toBe(ENV.text);
  });

  test.each(["a", "foo", "31-characters-0123456789abcdefg", "caf\xe9 ".repeat(9)])(
    "%s is no new secret",
    async (secret) => {
      const path = await put(".env", ENV.text);
      const files = { own: Buffer.from(secret, "latin1") };
      for (const how of [["--file", path], ["--stdout"]]) {
        const argv = ["rotate-key", ...how, "--new-secret-file", "own"];
        const { code, stdout, stderr } = await run(argv, { files, env: { COOKIESESS_SECRET: OLD } });
        expect([code, stdout]).toEqual([2, ""]);
        expect(stderr).toMatch(/fewer than 32 characters|not UTF-8/);
      }
      expect(await textOf(path)).toBe(ENV.text);
    },
  );

  test("of one that its framework calls weak, its words", async () => {
    const path = await put(".env", ENV.text);
    const world = { env: { NEXT: `django-insecure-${OWN}` } };
    const { code, stderr } = await rotate(ENV, path, ["--new-secret-env", "NEXT"], world);
    expect(code).toBe(0);
    expect(stderr).toBe(
      'warning: the secret is weak: it begins with "django-insecure-", as startproject writes it\n',
    );
  });

  test("a secret that is in force is no new one", async () => {
    const path = await put(".env", ENV.text);
    const { code } = await rotate(ENV, path, ["--new-secret-env", "NEXT"], { env: { NEXT: OLDER } });
    expect(code).toBe(1);
    expect(await textOf(path)).toBe(ENV.text);
  });

  test("--backup: the old file, as private", async () => {
    const path = await put(".env", ENV.text);
    const [json] = (await rotate(ENV, path, ["--backup", "--json"])).json();
    const [, backup = ""] = (await readdir(folder)).sort();
    expect(json?.backup).toBe(join(folder, backup));
    expect(await textOf(join(folder, backup))).toBe(ENV.text);
    expect((await stat(join(folder, backup))).mode & 0o777).toBe(0o600);
  });

  test("--key names another secret, and its fallbacks", async () => {
    const path = await put(".env", `TOKEN_KEY=${OLD}\nSECRET_KEY=stays\n`);
    expect((await run(["rotate-key", "--file", path, "--key", "TOKEN_KEY"])).code).toBe(0);
    const { TOKEN_KEY, TOKEN_KEY_FALLBACKS, SECRET_KEY } = parseEnv(await textOf(path));
    expect(TOKEN_KEY).not.toBe(OLD);
    expect({ TOKEN_KEY_FALLBACKS, SECRET_KEY }).toEqual({ TOKEN_KEY_FALLBACKS: OLD, SECRET_KEY: "stays" });
  });
});

describe("other frameworks", () => {
  test("Flask takes the newest fallback last", async () => {
    const path = await put(".env", `SECRET_KEY=${OLD}\nSECRET_KEY_FALLBACKS=${OLDER}\n`);
    await rotate(ENV, path, ["--format", "flask", "--phase", "introduce"]);
    const [oldest, fresh = ""] = ENV.read(await textOf(path)).fallbacks;
    expect(oldest).toBe(OLDER);
    expect(fresh).toMatch(/^[\w-]{43}$/);
    await rotate(ENV, path, ["--format", "flask", "--phase", "promote"]);
    expect(ENV.read(await textOf(path))).toEqual({ current: fresh, fallbacks: [OLDER, OLD] });
  });

  test("cookie-session keeps SESSION_SECRET", async () => {
    const path = await put(".env", `SESSION_SECRET=${OLD}\n`);
    const argv = ["rotate-key", "--file", path, "--format", "cookie-session"];
    const { stdout, stderr } = await run(argv);
    const { SESSION_SECRET = "", SESSION_SECRET_FALLBACKS } = parseEnv(await textOf(path));
    expect(SESSION_SECRET).toMatch(/^[\w-]{43}$/);
    expect(SESSION_SECRET_FALLBACKS).toBe(OLD);
    for (const secret of [OLD, SESSION_SECRET]) expect(stdout + stderr).not.toContain(secret);
    const retire = await run([...argv, "--phase", "retire"], { now: NOW + 9999 * DAY });
    expect(retire.code).toBe(1);
  });
});

describe("frameworks whose cookies are not read", () => {
  test("Rails: 128 hexadecimal digits, as `rails secret` prints them", async () => {
    const path = await put(".env", `SECRET_KEY_BASE=${OLD}\n`);
    const { code, stdout } = await run(["rotate-key", "--file", path, "--format", "rails"]);
    const { SECRET_KEY_BASE = "", SECRET_KEY_BASE_FALLBACKS } = parseEnv(await textOf(path));
    expect(code).toBe(0);
    expect(SECRET_KEY_BASE).toMatch(/^[0-9a-f]{128}$/);
    expect(SECRET_KEY_BASE_FALLBACKS).toBe(OLD);
    expect(stdout).not.toContain(SECRET_KEY_BASE);
    const retire = ["rotate-key", "--file", path, "--format", "rails", "--phase", "retire"];
    expect((await run(retire, { now: NOW + 9999 * DAY })).code).toBe(1);
  });

  test("Laravel: the key of AES-256, the newest previous key first", async () => {
    const older = `base64:${Buffer.alloc(32, 1).toString("base64")}`;
    const old = `base64:${Buffer.alloc(32, 2).toString("base64")}`;
    const path = await put(".env", `APP_KEY=${old}\nAPP_PREVIOUS_KEYS="${older}"\n`);
    expect((await run(["rotate-key", "--file", path, "--format", "laravel"])).code).toBe(0);
    const { APP_KEY = "", APP_PREVIOUS_KEYS = "" } = parseEnv(await textOf(path));
    expect(APP_KEY).toMatch(/^base64:[\w+/]{43}=$/);
    expect(Buffer.from(APP_KEY.slice(7), "base64")).toHaveLength(32);
    expect(APP_PREVIOUS_KEYS.split(",")).toEqual([old, older]);
    const kept = await textOf(path);
    const longer = await run(["rotate-key", "--file", path, "--format", "laravel", "--length", "40"]);
    expect(longer).toMatchObject({ code: 2, stderr: expect.stringContaining("exactly 32 bytes") });
    const own = ["rotate-key", "--file", path, "--format", "laravel", "--new-secret-env", "NEXT"];
    const given = await run(own, { env: { NEXT: OWN } });
    expect(given).toMatchObject({ code: 2, stderr: expect.stringContaining("exactly 32 bytes") });
    expect(await textOf(path)).toBe(kept);
    const NEXT = `base64:${Buffer.alloc(32, 3).toString("base64")}`;
    expect(await run(own, { env: { NEXT } })).toMatchObject({ code: 0 });
    expect(parseEnv(await textOf(path)).APP_KEY).toBe(NEXT);
  });

  test("their cookies are refused with the way out", async () => {
    const path = await put(".env", `APP_KEY=${OLD}\n`);
    const check = await run(["rotate-key", "--file", path, "--format", "laravel", "--check", path]);
    expect(check).toMatchObject({ code: 2, stderr: expect.stringContaining("the cookies of laravel") });
    const resign = await run(["rotate-key", "x", "--format", "rails", "--secret", OLD, "--new-secret", OWN]);
    expect(resign).toMatchObject({ code: 2, stderr: expect.stringContaining("--file rotates its secrets") });
  });
});

describe("--stdout", () => {
  const argv = ["rotate-key", "--stdout", "--new-secret-env", "NEXT"];
  const env = { NEXT: OWN };

  test("from standard input, with the state to pass back", async () => {
    const stdin = JSON.stringify({ current: OLD, fallbacks: [OLDER] });
    const introduced = await run([...argv, "--phase", "introduce"], { stdin, env, now: NOW });
    expect(JSON.parse(introduced.stdout)).toMatchObject({ current: OLD, fallbacks: [OWN, OLDER] });
    const promoted = await run(["rotate-key", "--stdout", "--phase", "promote"], {
      stdin: introduced.stdout,
      now: NOW,
    });
    expect(JSON.parse(promoted.stdout)).toMatchObject({ current: OWN, fallbacks: [OLD, OLDER] });
    for (const secret of [OLD, OLDER, OWN]) {
      expect(introduced.stderr + promoted.stderr).not.toContain(secret);
    }
  });

  test("from the environment", async () => {
    const world = { COOKIESESS_SECRET: OLD, COOKIESESS_FALLBACKS: JSON.stringify([OLDER]), ...env };
    const { code, stdout } = await run(argv, { env: world });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ current: OWN, fallbacks: [OLD, OLDER] });
  });

  test.each(["", "[]", `{"current":"${OLD}","fallbacks":"${OLDER}"}`])("not from %s", async (stdin) => {
    const { code, stdout, stderr } = await run(argv, { stdin, env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    for (const secret of [OLD, OLDER, OWN]) expect(stderr).not.toContain(secret);
  });
});

describe("refused, and the file as it was", () => {
  test("a file that is not there is a mistake of the command line", async () => {
    const { code, stderr } = await run(["rotate-key", "--file", join(folder, "none.env")]);
    expect(code).toBe(2);
    expect(stderr).toContain("none.env");
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ["missing key", ".env", `OTHER_KEY=${OLD}\n`, "missing-key"],
    ["duplicate key", ".env", `SECRET_KEY=${OLD}\nSECRET_KEY=${OLDER}\n`, "duplicate-key"],
    ["duplicate key", "a.json", `{"SECRET_KEY":"${OLD}","SECRET_KEY":"${OLDER}"}`, "duplicate-key"],
    ["bare string", "a.json", `{"SECRET_KEY":"${OLD}","SECRET_KEY_FALLBACKS":"${OLDER}"}`, "not-a-list"],
    ["bare string", "a.yaml", `SECRET_KEY: ${OLD}\nSECRET_KEY_FALLBACKS: ${OLDER}\n`, "not-a-list"],
    ["broken JSON", "a.json", `{"SECRET_KEY":"${OLD}",}`, "unreadable"],
    ["unknown kind", "a.ini", `SECRET_KEY=${OLD}\n`, "unsupported"],
    ["nothing introduced", ".env", `SECRET_KEY=${OLD}\n`, "nothing-to-promote"],
  ])("%s in %s", async (_what, name, text, reason) => {
    const path = await put(name, text);
    for (const more of [[], ["--json"]]) {
      const argv = ["rotate-key", "--file", path, "--phase", "promote", ...more];
      const { code, stdout, stderr, json } = await run(argv);
      expect(code).toBe(1);
      if (more.length > 0) expect(json()).toMatchObject([{ rotated: false, reason }]);
      for (const secret of [OLD, OLDER]) expect(stdout + stderr).not.toContain(secret);
    }
    expect(await textOf(path)).toBe(text);
    expect(await readdir(folder)).toEqual([name]);
  });

  test.each([
    [".env", `SESSION_SECRET=${OLD}\n`, [], "it has SESSION_SECRET: --format cookie-session"],
    ["a.json", `{"APP_KEY":"${OLD}"}`, [], "it has APP_KEY: --format laravel"],
    [".env", `SECRET_KEY=${OLD}\n`, ["--format", "rails"], "it has SECRET_KEY: --format django"],
    [".env", `DJANGO_KEY=${OLD}\n`, [], "--key NAME says what it is called there"],
  ])("%s with the secret of another framework: %s", async (name, text, more, hint) => {
    const path = await put(name, text);
    const { code, stderr } = await run(["rotate-key", "--file", path, ...more]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`hint: ${hint}\n`)]);
    expect(await textOf(path)).toBe(text);
  });

  test.each(["settings.py", "config.rb", "config.php", "app.config.ts", "site.toml"])(
    "%s, whose lists are no text between commas",
    async (name) => {
      const text = `SECRET_KEY = '${OLD}'\n`;
      const path = await put(name, text);
      for (const more of [[], ["--kind", "env"], ["--dry-run"]]) {
        const { code, stderr } = await run(["rotate-key", "--file", path, ...more]);
        expect([code, stderr]).toEqual([1, expect.stringContaining(`${name} is`)]);
        expect(stderr).toContain("keep SECRET_KEY in a .env file");
        expect(stderr).not.toContain("--kind");
      }
      expect(await textOf(path)).toBe(text);
    },
  );

  test("a second introduction before the promotion", async () => {
    const path = await put(".env", ENV.text);
    await rotate(ENV, path, ["--phase", "introduce"]);
    const before = await textOf(path);
    for (const phase of [["--phase", "introduce"], []]) {
      const argv = [...phase, "--new-secret-env", "NEXT"];
      const { code, stderr } = await rotate(ENV, path, argv, { env: { NEXT: OWN } });
      expect(code).toBe(1);
      expect(stderr).toContain("waits to be promoted");
    }
    expect(await textOf(path)).toBe(before);
  });
});
