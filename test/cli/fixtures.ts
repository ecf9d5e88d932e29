import { readFileSync } from "node:fs";

/** A cookie that a real framework made, and what it said of it. The fields: fixtures/README.md. */
export interface Fixture {
  readonly id: string;
  readonly value: string;
  readonly secret: string;
  readonly fallbacks?: readonly string[];
  readonly name?: string;
  readonly header?: string;
  readonly now: number;
  readonly issuedAt?: number;
  readonly verdict: string;
  /** JSON of the payload, as Python writes it. */
  readonly payload?: string;
  readonly passwordHash?: string;
  readonly options: { readonly salt?: string };
}

function linesOf(path: string): readonly Record<string, unknown>[] {
  const text = readFileSync(new URL(`../../fixtures/${path}.jsonl`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function find(path: string, key: string, wanted: string): Record<string, unknown> {
  const found = linesOf(path).find((line) => line[key] === wanted);
  if (found === undefined) throw new Error(`no fixture ${path} ${wanted}`);
  return found;
}

export function django(id: string, release = "5.2.18"): Fixture {
  return find(`django/${release}`, "id", id) as unknown as Fixture;
}

/** Named by the fixture's `case`; the secret as text. */
export function flask(name: string, release = "3.1.3"): Fixture {
  const line = find(`flask/sessions-${release}`, "case", name);
  const bytes = String(line.secretHex).match(/../g) ?? [];
  return {
    ...(line as unknown as Fixture),
    value: String(line.cookie),
    payload: String(line.json),
    secret: bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join(""),
  };
}

/** cookie-session's pair as a request sends it. */
export function cookieSession(id: string): {
  readonly header: string;
  readonly secret: string;
  readonly session: string;
} {
  const line = find("cookie-session/minted", "id", id);
  const cookies = Object.entries(line.cookies as Record<string, string>);
  return {
    header: cookies.map(([name, value]) => `${name}=${value}`).join("; "),
    secret: (line.keys as string[])[0] ?? "",
    session: String(line.session),
  };
}
