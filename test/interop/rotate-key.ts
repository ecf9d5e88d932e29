/**
 * Rotates the secret of a real Django that reads it from a file, and is restarted at each step: the user must stay
 * logged in throughout, and the old cookie must be refused in the end.
 *
 *   PYTHON=/usr/bin/python3 npx tsx test/interop/rotate-key.ts
 *
 * PYTHON is an interpreter that finds Django (PYTHONPATH helps); without Django, nothing is tested. Before Django
 * 4.1.8, sessions under a fallback are not accepted: what needs them is skipped.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HOUR = 3600;
const DAY = 86_400;
const START = 1_767_225_600;
const OLD = "old-and-long-enough-to-be-a-django-secret-0123456789";

const FILES: Readonly<Record<string, string>> = {
  "site.env": `# the site\nDEBUG=0\nexport SECRET_KEY='${OLD}'  # signs\nSECRET_KEY_FALLBACKS=\nTZ=UTC\n`,
  "site.json": `{\n  "DEBUG": false,\n  "SECRET_KEY": "${OLD}",\n  "SECRET_KEY_FALLBACKS": []\n}\n`,
  "site.yaml": `# the site\nDEBUG: false\nSECRET_KEY: "${OLD}"\nSECRET_KEY_FALLBACKS: []\n`,
};

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cookiesess-rotate-key-"));
const inFolder = (name: string) => join(folder, name);
const tally = { name: "rotate-key", version: null as string | null, passed: 0, failed: 0, skipped: 0 };

function check(holds: boolean, what: string, ...details: readonly unknown[]): void {
  tally[holds ? "passed" : "failed"]++;
  if (!holds) console.error(`failed: ${what}`, ...details);
}

interface Visit {
  readonly user: string | null;
  readonly cookie: string | null;
  readonly password: string;
  readonly version: string;
  readonly fallbacks: boolean;
}

/** One request to a Django that has just started with this file. */
function ask(file: string, now: number, action: "login" | "visit", cookie?: string | null): Visit {
  const script = fileURLToPath(new URL("rotate-key.py", import.meta.url));
  const given = [script, inFolder(file), inFolder("db.sqlite3"), String(now), action];
  const argv = cookie ? [...given, cookie] : given;
  const answer = JSON.parse(
    execFileSync(process.env.PYTHON ?? "/usr/bin/python3", argv, { encoding: "utf8" }),
  ) as Visit | { missing: string };
  if ("missing" in answer) throw new NoDjango(answer.missing);
  return answer;
}

class NoDjango extends Error {}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly output: string;
}

function cookiesess(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "src/cli/bin.ts", "rotate-key", ...argv],
    { cwd: root, encoding: "utf8", env: { ...process.env, ...env } },
  );
  return { code: status, stdout, output: stdout + stderr };
}

/** A site whose file is rotated. Every version of the file is kept, as a server that has not restarted would. */
class Site {
  readonly #file: string;
  readonly #outputs: string[] = [];

  constructor(file: string) {
    this.#file = file;
    writeFileSync(inFolder(file), FILES[file] ?? "", { mode: 0o600 });
  }

  get text(): string {
    return readFileSync(inFolder(this.#file), "utf8");
  }

  /** The name of a copy of the present file, which later phases leave alone. */
  keep(label: string): string {
    const copy = `${label}-${this.#file}`;
    copyFileSync(inFolder(this.#file), inFolder(copy));
    return copy;
  }

  rotate(phase: string, now: number): number | null {
    const { code, output } = cookiesess([
      ...["--file", inFolder(this.#file), "--phase", phase, "--now", String(now)],
    ]);
    this.#outputs.push(output);
    return code;
  }

  /** Whatever was printed, none of it is a secret. */
  silentAbout(secrets: readonly (string | undefined)[]): boolean {
    return secrets.every(
      (secret) => secret !== undefined && !this.#outputs.some((output) => output.includes(secret)),
    );
  }

  check(holds: boolean, what: string, ...details: readonly unknown[]): void {
    check(holds, `${this.#file}: ${what}`, ...details);
  }
}

/** The secret that signs, as the files of this suite spell it. */
function signing(text: string): string | undefined {
  return /SECRET_KEY(?:=|": |: )["']?([^"'\s]+)/.exec(text)?.[1];
}

function rotateInPhases(file: string): void {
  const site = new Site(file);
  const login = ask(site.keep("old"), START, "login");
  const { fallbacks } = login;
  const original = login.cookie;
  site.check(login.user === "ada" && original !== null, "the user logs in", login);

  site.check(site.rotate("introduce", START + HOUR) === 0, "introduce");
  const introduced = site.keep("introduced");
  const second = ask(introduced, START + HOUR, "visit", original);
  site.check(second.user === "ada", "the same user after introduce", second);
  const notYet = ask(`old-${file}`, START + HOUR, "visit", second.cookie);
  site.check(notYet.user === "ada", "a server with the old file accepts what the new one signs", notYet);

  site.check(site.rotate("promote", START + 2 * HOUR) === 0, "promote");
  const promoted = site.keep("promoted");
  site.check(signing(site.text) !== OLD && signing(site.text) !== undefined, "the new secret is in place");
  const third = ask(promoted, START + 2 * HOUR, "visit", second.cookie);
  const browser = fallbacks
    ? stayLoggedIn(site, { introduced, promoted, third })
    : logInAgain(site, { promoted, third });

  site.check(site.rotate("retire", START + 3 * HOUR) === 1, "retire is refused while cookies live");
  site.check(site.text === readFileSync(inFolder(promoted), "utf8"), "a refusal leaves the file as it was");

  const active = ask(promoted, START + 10 * DAY, "visit", browser);
  site.check(active.user === "ada", "the same user ten days on", active);
  const end = START + 2 * HOUR + 14 * DAY + 1;
  site.check(ask(promoted, end, "visit", original).user === null, "the original cookie has expired");
  site.check(site.rotate("retire", end) === 0, "retire");
  const retired = site.keep("retired");
  site.check(!site.text.includes(OLD), "the old secret is gone from the file");
  const last = ask(retired, end, "visit", active.cookie);
  site.check(last.user === "ada", "the same user after retire", last);
  site.check(ask(retired, end, "visit", original).user === null, "the original cookie is refused");
  const forged = ask(retired, START + HOUR, "visit", original);
  site.check(forged.user === null, "it is refused for its signature too", forged);
  site.check(site.silentAbout([OLD, signing(site.text)]), "no secret is printed");
}

interface Promoted {
  readonly introduced: string;
  readonly promoted: string;
  /** The visit with a cookie from before the promotion. */
  readonly third: Visit;
}

function stayLoggedIn(site: Site, { introduced, promoted, third }: Promoted): string | null {
  site.check(third.user === "ada", "the same user after promote", third);
  const behind = ask(introduced, START + 2 * HOUR, "visit", third.cookie);
  site.check(behind.user === "ada", "a server that is one phase behind accepts the new secret", behind);
  const fourth = ask(promoted, START + 2 * HOUR, "visit", behind.cookie);
  site.check(fourth.user === "ada", "and its cookie is accepted in turn", fourth);
  return fourth.cookie;
}

function logInAgain(site: Site, { promoted, third }: Omit<Promoted, "introduced">): string | null {
  tally.skipped += 3;
  console.log("skipped: a session under a fallback: before Django 4.1.8, none is accepted");
  site.check(third.user === null, "without fallbacks, the old cookie is refused", third);
  const again = ask(promoted, START + 2 * HOUR, "login");
  site.check(again.user === "ada", "the user logs in under the new secret", again);
  return again.cookie;
}

/** For a Django without fallbacks: a new secret and the cookies re-signed for it, auth hash included. */
function rotateAndResign(): void {
  const file = "resign.env";
  writeFileSync(inFolder(file), FILES["site.env"] ?? "", { mode: 0o600 });
  const { cookie, password, version } = ask(file, START, "login");
  tally.version = version;
  const { code } = cookiesess(["--file", inFolder(file), "--compromised", "--yes"]);
  check(code === 0, "a compromised secret is replaced");
  check(ask(file, START, "visit", cookie).user === null, "that ends the session");
  const fresh = signing(readFileSync(inFolder(file), "utf8")) ?? "";
  const argv = ["--secret-env", "OLD", "--new-secret-env", "NEW", "--django", version, "--quiet"];
  const resigned = cookiesess(
    [...argv, "--fix-auth-hash", "--password-hash", password, `sessionid=${cookie}`],
    { OLD, NEW: fresh },
  );
  check(resigned.code === 0, "the cookie is re-signed", resigned.output);
  const value = resigned.stdout.trim().replace(/^sessionid=/, "");
  const { user } = ask(file, START + HOUR, "visit", value);
  check(user === "ada", "the re-signed cookie logs the same user in", resigned.output);
}

try {
  rotateAndResign();
  for (const file of Object.keys(FILES)) rotateInPhases(file);
} catch (error) {
  if (!(error instanceof NoDjango)) throw error;
  console.error(`skipped: no Django: ${error.message}`);
  tally.skipped++;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;
