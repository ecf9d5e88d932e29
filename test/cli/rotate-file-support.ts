import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, expect } from "vitest";
import { parse } from "yaml";
import { type Outcome, run, type World } from "./io.ts";

export const OLD = "old-secret-of-the-site-0123456789abcdefghijklmnopqr";
export const OLDER = "older-secret-of-the-site-0123456789abcdefghijklmno";
export const OWN = "my-own-secret-of-the-site-0123456789abcdefghijklmn";
export const NOW = 1_767_225_600;
export const DAY = 86_400;
/** A day and a second after the last cookie of Django's 14 days. */
export const LATER = NOW + 15 * DAY + 1;

interface Secrets {
  readonly current: string;
  readonly fallbacks: readonly string[];
}

/** A kind of file: how it is written, and how a program that is not ours reads it. */
export interface Kind {
  readonly name: string;
  readonly text: string;
  read(text: string): Secrets;
}

const commas = (text = "") => text.split(",").filter((item) => item !== "");

export const ENV: Kind = {
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

export const KINDS = [ENV, JSON_FILE, YAML, KUBERNETES];

function members(settings: Record<string, unknown>): Secrets {
  return {
    current: String(settings.SECRET_KEY),
    fallbacks: (settings.SECRET_KEY_FALLBACKS ?? []) as string[],
  };
}

/** The test's own folder. */
export let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cookiesess-rotate-file-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a file into the test's folder; the path. */
export async function put(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

export const textOf = (path: string) => readFile(path, "utf8");

/** What a run showed, with what its flags ask to be shown taken away. */
function shown({ stdout, stderr }: Outcome): string {
  return (stdout + stderr).replaceAll(/^::add-mask::.*\n/gm, "");
}

/** Runs `rotate-key --file` and sees to it that no secret of before or after is shown, in any spelling. */
export async function rotate(
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
export function others(text: string): readonly string[] {
  return text.split("\n").filter((line) => !/SECRET_KEY|cookiesess|^ {2}- /.test(line));
}
