import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unwrap } from "../src/core/result.ts";
import { parsePythonJson, writePythonJson } from "../src/encoding/python-json.ts";
import { createCodec, detect, type FormatId, formats, type Secret, type Value } from "../src/index.ts";
import { canonical } from "./canonical-json.ts";

/** One line of a fixture: what a real framework said of a cookie. See fixtures/README.md. */
export interface Line {
  readonly id: string;
  readonly producer: string;
  readonly options: object;
  readonly secret?: string;
  readonly secretHex?: string;
  readonly fallbacks?: readonly string[];
  readonly name?: string;
  readonly value: string;
  /** The value as it stands in a header, where that differs. */
  readonly header?: string;
  /** The other cookies of the request. */
  readonly siblings?: Readonly<Record<string, string>>;
  readonly now: number;
  /** Absent: the framework's own. */
  readonly maxAge?: number | null;
  readonly verdict: "valid" | "bad-signature" | "expired" | "malformed";
  /** JSON of what the application was given, as Python writes it. */
  readonly payload?: string;
  readonly issuedAt?: number;
  readonly keyIndex?: number;
  /** Minting the payload at `issuedAt` gives this cookie. */
  readonly mint?: boolean;
  readonly passwordHash?: string;
  readonly authHashKeyIndex?: number;
}

export interface Contract {
  readonly format: FormatId;
  /** Whether a minted value is as good as the framework's; compressed bytes depend on the zlib build. */
  alike?(ours: string, theirs: string): boolean;
  /** Whether rotation left the payload's bytes and the time as they were. */
  keeps?(before: string, after: string): boolean;
}

/** The lines of a JSON-lines file below fixtures/. */
export function readLines<T = Line>(path: string): readonly T[] {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

const CODES: Readonly<Record<Line["verdict"], readonly string[]>> = {
  valid: [],
  "bad-signature": ["bad-signature"],
  expired: ["expired"],
  malformed: ["malformed", "bad-payload"],
};

const NEW_SECRET = "the secret that replaces it";

function secretOf({ secret, secretHex = "" }: Line): Secret {
  return secret ?? Uint8Array.from(secretHex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function codecOf(
  line: Line,
  format: FormatId,
  over: { secret?: Secret; fallbacks?: readonly Secret[] } = {},
) {
  const { options, fallbacks = [], maxAge } = line;
  return createCodec({ format, secret: secretOf(line), fallbacks, maxAge, ...options, ...over });
}

const cookieOf = ({ name, value, siblings }: Line) => ({ name, value, siblings });

function expectPayload(payload: Value, { payload: expected }: Line): void {
  if (expected !== undefined) expect(canonical(writePythonJson(payload))).toBe(canonical(expected));
}

/** Runs every line of a fixture against a format. */
export function runContract(title: string, lines: readonly Line[], contract: Contract): void {
  describe(title, () => {
    const valid = lines.filter(({ verdict }) => verdict === "valid");
    verdicts(lines, contract);
    readings(valid, contract);
    mintings(valid, contract);
    rotations(valid, contract);
    refusals(lines, valid, contract);
  });
}

function verdicts(lines: readonly Line[], { format }: Contract): void {
  test.each(lines)("verify $id: $verdict", (line) => {
    const result = codecOf(line, format).verify(cookieOf(line), { now: line.now });
    if (line.verdict !== "valid") {
      expect(result.ok ? "valid" : result.code).toBeOneOf([...CODES[line.verdict]]);
      return;
    }
    if (!result.ok) throw new Error(result.message);
    expectPayload(result.payload, line);
    if (line.issuedAt !== undefined) expect(result.issuedAt).toBe(line.issuedAt);
    if (line.keyIndex !== undefined) expect(result.keyIndex).toBe(line.keyIndex);
    expect(result.needsRotation).toBe(result.keyIndex > 0 || result.outdated !== undefined);
  });

  test("the value as it stands in a header, with and without its name", () => {
    for (const line of lines) {
      if (line.header === undefined || line.verdict !== "valid") continue;
      const codec = createCodec({
        format,
        ...line.options,
        secret: secretOf(line),
        maxAge: line.maxAge,
        ...(line.name !== undefined && { name: line.name }),
      });
      for (const text of [line.header, `Cookie: other=1; ${line.name}=${line.header}`]) {
        const result = codec.verify(text, { now: line.now });
        expect(result, `${line.id}: ${text}`).toMatchObject({ ok: true });
        if (result.ok) expectPayload(result.payload, line);
      }
    }
  });
}

function readings(valid: readonly Line[], { format }: Contract): void {
  test("every valid cookie is decoded without its secret", () => {
    for (const line of valid) {
      const result = codecOf(line, format, { secret: "any", fallbacks: [] }).decode(cookieOf(line));
      expect(result, line.id).toMatchObject({ ok: true, verified: false });
      if (!result.ok) continue;
      expectPayload(result.payload, line);
      for (const { start, end } of result.segments) {
        expect(start >= 0 && start <= end && end <= line.value.length, line.id).toBe(true);
      }
    }
  });
}

function mintings(valid: readonly Line[], { format, alike }: Contract): void {
  const minted = valid.filter(({ mint }) => mint);
  test.runIf(minted.length > 0).each(minted)("mint $id", (line) => {
    const payload = unwrap(parsePythonJson(line.payload ?? "", { maxDepth: 1000 }));
    const codec = createCodec({
      format,
      ...line.options,
      secret: secretOf(line),
      ...(line.name !== undefined && { name: line.name }),
    });
    const [first, ...others] = codec.mint(payload, { now: line.issuedAt ?? line.now });
    const theirs = line.header ?? line.value;
    if (!alike?.(first.value, theirs)) expect(first.value).toBe(theirs);
    for (const { name, value } of others) expect(value).toBe(line.siblings?.[name]);
  });
}

function rotations(valid: readonly Line[], { format, keeps }: Contract): void {
  test("rotation moves every valid cookie to the new secret", () => {
    for (const line of valid) {
      const fallbacks = [secretOf(line), ...(line.fallbacks ?? [])];
      const clock = { now: line.now };
      const rotated = codecOf(line, format, { secret: NEW_SECRET, fallbacks }).rotate(cookieOf(line), clock);
      expect(rotated, line.id).toMatchObject({ ok: true, changed: true });
      if (!rotated.ok) continue;
      if (keeps !== undefined) expect(keeps(line.value, rotated.value), line.id).toBe(true);
      const siblings = Object.fromEntries(rotated.cookies.slice(1).map(({ name, value }) => [name, value]));
      const cookie = { name: line.name, value: rotated.value, siblings };
      const after = codecOf(line, format, { secret: NEW_SECRET, fallbacks: [] }).verify(cookie, clock);
      expect(after, line.id).toMatchObject({ ok: true, keyIndex: 0, needsRotation: false });
      if (after.ok) expectPayload(after.payload, line);
      if (after.ok && line.issuedAt !== undefined) expect(after.issuedAt).toBe(line.issuedAt);
    }
  });

  test("a cookie of the current secret is rotated to itself", () => {
    for (const line of valid) {
      const result = codecOf(line, format).rotate(cookieOf(line), { now: line.now });
      expect(result.ok && (result.changed || result.value === line.value), line.id).toBe(true);
    }
  });
}

function refusals(lines: readonly Line[], valid: readonly Line[], { format }: Contract): void {
  test("another secret is refused", () => {
    for (const line of valid) {
      const result = codecOf(line, format, { secret: NEW_SECRET, fallbacks: [] }).verify(cookieOf(line));
      expect(result, line.id).toMatchObject({ ok: false, code: "bad-signature" });
    }
  });

  test("no beginning of a cookie throws or is valid with another payload", () => {
    for (const line of valid) {
      const codec = codecOf(line, format);
      const step = Math.max(1, Math.floor(line.value.length / 150));
      for (let length = 0; length < line.value.length; length += step) {
        const cookie = { ...cookieOf(line), value: line.value.slice(0, length) };
        const result = codec.verify(cookie, { now: line.now });
        if (result.ok) expectPayload(result.payload, line);
        codec.decode(cookie);
        codec.rotate(cookie, { now: line.now });
      }
    }
  });

  test("no format throws on these cookies", () => {
    const ids = Object.keys(formats) as FormatId[];
    const codecs = ids.map((id) => createCodec({ format: id, secret: "any" }));
    for (const line of lines) {
      for (const codec of codecs) {
        for (const cookie of [cookieOf(line), line.value, `${line.name}=${line.header ?? line.value}`]) {
          expect(codec.verify(cookie).ok, line.id).toBe(false);
          codec.decode(cookie);
        }
      }
      detect(cookieOf(line));
    }
  });
}
