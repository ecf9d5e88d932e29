import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { django } from "./fixtures.ts";
import { type Outcome, run, type World } from "./io.ts";

const OLD = "old-secret-of-the-site-0123456789abcdefghijklmnopqr";
const OLDER = "older-secret-of-the-site-0123456789abcdefghijklmno";
const OWN = "my-own-secret-of-the-site-0123456789abcdefghijklmn";
const NOW = 1_767_225_600;
const DAY = 86_400;
/** A day and a second after the last cookie of Django's 14 days. */
const LATER = NOW + 15 * DAY + 1;

interface Secrets {
  readonly current: string;
  readonly fallbacks: readonly string[];
}

/** A kind of file: how it is written, and how a program that is not ours reads it. */
interface Kind {
  readonly name: string;
  readonly text: string;
  read(text: string): Secrets;
}

const commas = (text = "") => text.split(",").filter((item) => item !== "");

const ENV: Kind = {
  name: ".env",
  text: `# the site\nDEBUG=0\n\nexport SECRET_KEY='${OLD}' # signs\r\nSECRET_KEY_FALLBACKS="${OLDER}"\nTZ = UTC\n`,
  read(text) {
    const { SECRET_KEY = "", SECRET_KEY_FALLBACKS } = parseEnv(text);
    return { current: SECRET_KEY, fallbacks: commas(SECRET_KEY_FALLBACKS) };
  },
};

const JSON_FILE: Kind = {
  name: "site.json",
  text: `{\n\t"DEBUG": false,\n\t"SECRET_KEY": "${OLD}",\n\t"SECRET_KEY_FALLBACKS": ["${OLDER}"],\n\t"N": 1.50\n}`,
  read: (text) => members(JSON.parse(text)),
};

const YAML: Kind = {
  name: "site.yml",
  text: `# the site\nDEBUG: no\nSECRET_KEY: ${OLD} # signs\nSECRET_KEY_FALLBACKS:\n  - ${OLDER} # older\nN: 0x10\n`,
  read: (text) => members(parse(text)),
};

const KUBERNETES: Kind = {
  name: "secret.yaml",
  text: [
    "apiVersion: v1",
    "kind: Secret",
    "metadata: { name: site }",
    "data:",
    `  SECRET_KEY: ${btoa(OLD)}`,
    `  SECRET_KEY_FALLBACKS: ${btoa(OLDER)}`,
    "  other: eA==",
    "",
  ].join("\n"),
  read(text) {
    const { data } = parse(text);
    return { current: atob(data.SECRET_KEY), fallbacks: commas(atob(data.SECRET_KEY_FALLBACKS ?? "")) };
  },
};

const KINDS = [ENV, JSON_FILE, YAML, KUBERNETES];

function members(settings: Record<string, unknown>): Secrets {
  return {
    current: String(settings.SECRET_KEY),
    fallbacks: (settings.SECRET_KEY_FALLBACKS ?? []) as string[],
  };
}

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cookiesess-rotate-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a file into the test's folder; the path. */
async function put(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

const textOf = (path: string) => readFile(path, "utf8");

/** What a run showed, with what its flags ask to be shown taken away. */
function shown({ stdout, stderr }: Outcome): string {
  return (stdout + stderr).replaceAll(/^::add-mask::.*\n/gm, "");
}

/** Runs `rotate-key --file` and sees to it that no secret of before or after is shown, in any spelling. */
async function rotate(
  kind: Kind,
  path: string,
  argv: readonly string[],
  world: World = {},
): Promise<Outcome> {
  const before = await textOf(path);
  const outcome = await run(["rotate-key", "--file", path, ...argv], { now: NOW, ...world });
  const secrets = [before, await textOf(path)].flatMap((text) => {
    const { current, fallbacks } = kind.read(text);
    return [OLD, OWN, current, ...fallbacks];
  });
  for (const secret of secrets) {
    expect(shown(outcome)).not.toContain(secret);
    expect(shown(outcome)).not.toContain(btoa(secret));
  }
  return outcome;
}

/** The lines of a text that are about neither the secrets nor their state. */
function others(text: string): readonly string[] {
  return text.split("\n").filter((line) => !/SECRET_KEY|cookiesess|^ {2}- /.test(line));
}

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
    const sample = await put("sample.txt", "");
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

describe("what a run shows", () => {
  test("--status: who signs since when, what is next, what else breaks", async () => {
    const path = await put(".env", ENV.text);
    await rotate(ENV, path, []);
    const { stdout } = await rotate(ENV, path, ["--status"], { now: NOW + 2 * DAY });
    expect(stdout).toContain("signing since 2026-01-01 (2 days)");
    expect(stdout).toContain("--phase retire, from 2026-01-15 on");
    expect(stdout).toContain("password-reset links");
    const [json] = (await rotate(ENV, path, ["--status", "--json"], { now: LATER })).json();
    expect(json?.next).toEqual({ phase: "retire", from: null });
    expect(json?.secrets).toMatchObject([{ role: "signing" }, { role: "fallback" }, { role: "fallback" }]);
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
    expect(stdout).toContain("is dropped: more than 1 fallbacks");
  });

  test.each(["--new-secret-file", "--secret-file"])("one's own secret by %s", async (flag) => {
    const path = await put(".env", ENV.text);
    await rotate(ENV, path, [flag, "own.txt"], { files: { "own.txt": `${OWN}\n` } });
    expect(ENV.read(await textOf(path))).toEqual({ current: OWN, fallbacks: [OLD, OLDER] });
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
