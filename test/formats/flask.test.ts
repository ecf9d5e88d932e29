import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createCodec } from "../../src/codec.ts";
import { unwrap } from "../../src/core/result.ts";
import type { Value } from "../../src/encoding/values.ts";
import type { FlaskOptions } from "../../src/formats/flask.ts";
import { formats } from "../../src/formats/index.ts";
import type { KeyDerivation } from "../../src/schemes/itsdangerous.ts";
import { fromHex, notation, withNumberTexts } from "../encoding/flask-values.ts";

const { flask } = formats;

interface Line {
  readonly id: string;
  readonly case: string;
  readonly flask: string;
  readonly cookie: string;
  readonly secretHex: string;
  readonly fallbacks: readonly string[];
  readonly salt: string;
  readonly keyDerivation: KeyDerivation;
  readonly digest: string;
  readonly now: number;
  readonly maxAge: number | null;
  readonly minted: boolean;
  readonly issuedAt: number | null;
  readonly verdict: string;
  readonly value?: unknown;
}

function lines(version: string): readonly Line[] {
  const path = new URL(`../../fixtures/flask/sessions-${version}.jsonl`, import.meta.url);
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

function codecOf({ flask: version, secretHex, fallbacks, salt, keyDerivation, digest, maxAge }: Line) {
  const settings = { version, salt, keyDerivation, digest, maxAge };
  return createCodec(flask, { secret: fromHex(secretHex), fallbacks, ...settings });
}

const versions = ["0.10.1", "1.0.2", "1.1.2", "2.2.2", "3.1.3"];
const newest = lines("3.1.3");

function lineOf(name: string, from = newest): Line {
  const found = from.find((line) => line.case === name);
  if (found === undefined) throw new Error(`no fixture "${name}"`);
  return found;
}

describe.each(versions)("Flask %s", (version) => {
  test.each(lines(version))("$case is $verdict", (line) => {
    const result = codecOf(line).verify({ value: line.cookie }, { now: line.now });
    expect(result.ok ? "valid" : result.code).toBe(line.verdict);
    if (result.ok) expect(notation(result.payload)).toEqual(withNumberTexts(line.value));
  });

  test.each(lines(version).filter(({ minted }) => minted))("$case is minted and rotated alike", (line) => {
    const codec = codecOf(line);
    const now = line.issuedAt ?? 0;
    const result = codec.verify(line.cookie, { now });
    if (!result.ok) throw new Error(result.message);
    expect(result.issuedAt).toBe(Math.trunc(now));
    const again = codec.sign(result.payload, { now });
    const rotated = codec.rotate(line.cookie, { now });
    expect(rotated.ok && rotated.value).toBe(line.cookie);
    // Another build of zlib compresses to other bytes, and may find that it does not pay.
    const alike = { ...result, compressed: expect.any(Boolean) };
    if (result.compressed) expect(codec.verify(again, { now })).toEqual(alike);
    else expect(again).toBe(line.cookie);
  });

  test.each(lines(version).filter((line) => line.minted && line.issuedAt === 1767225600))(
    "$case is recognised",
    (line) => {
      const [guess] = flask.recognise({ value: line.cookie });
      expect(guess?.likeness).toBeGreaterThan(0.9);
      const found = createCodec(flask, {
        secret: fromHex(line.secretHex),
        salt: line.salt,
        keyDerivation: line.keyDerivation,
        ...guess?.options,
      });
      expect(found.verify(line.cookie, { now: line.now }).ok).toBe(true);
    },
  );
});

describe("which secret and how", () => {
  test("a fallback verifies and asks for rotation", () => {
    const line = lineOf("rotated-retired");
    const result = codecOf(line).verify(line.cookie, { now: line.now });
    expect(result).toMatchObject({ ok: true, keyIndex: 1, needsRotation: true });
    const rotated = codecOf(line).rotate(line.cookie, { now: line.now });
    expect(rotated.ok && codecOf(line).verify(rotated.value, { now: line.now })).toMatchObject({
      keyIndex: 0,
    });
  });

  test("what itsdangerous 1.0.0 signed is outdated", () => {
    const line = lineOf("sha512-django-concat", lines("1.1.2"));
    const result = codecOf(line).verify(line.cookie, { now: line.now });
    expect(result).toMatchObject({ ok: true, algorithm: "sha512", needsRotation: true });
  });

  test("what is tried is named", () => {
    expect(flask.tries(flask.settle({}))).toBe('salt "cookie-session" × hmac × sha1');
    expect(flask.tries(flask.settle({ version: "1.1" }))).toContain("sha512");
  });

  test("the age is limited to 31 days unless told otherwise", () => {
    const { cookie, secretHex, issuedAt } = lineOf("minted-plain");
    const codec = createCodec(flask, { secret: fromHex(secretHex) });
    const end = (issuedAt ?? 0) + 31 * 86400;
    expect(codec.verify(cookie, { now: end }).ok).toBe(true);
    expect(codec.verify(cookie, { now: end + 1 })).toMatchObject({ ok: false, code: "expired" });
  });
});

describe("without a secret", () => {
  test("decode shows payload, time and parts", () => {
    const { cookie, issuedAt, value } = lineOf("minted-plain");
    const decoded = createCodec(flask, { secret: "x" }).decode(cookie);
    if (!decoded.ok) throw new Error(decoded.message);
    expect(decoded).toMatchObject({ issuedAt, compressed: false, signature: { algorithm: "sha1" } });
    expect(notation(decoded.payload)).toEqual(withNumberTexts(value));
    const parts = decoded.segments.map(({ name, start, end }) => [name, cookie.slice(start, end)]);
    const [payload, timestamp, signature] = cookie.split(".");
    expect(parts).toEqual([
      ["payload", payload],
      ["timestamp", timestamp],
      ["signature", signature],
    ]);
  });

  test("a broken timestamp does not hide the payload", () => {
    const decoded = createCodec(flask, { secret: "x" }).decode(lineOf("timestamp-bad").cookie);
    expect(decoded).toMatchObject({ ok: true, issuedAt: null, payload: { a: 1 } });
  });

  test("describes what Flask and its extensions keep", () => {
    const { cookie } = lineOf("minted-permanent");
    const options = flask.settle({});
    const opened = unwrap(
      flask.peek?.(unwrap(flask.parse({ value: cookie }, options)), options) ?? missing(),
    );
    const payload = unwrap(flask.read(opened, options, limits));
    const { facts, notes } = flask.describe({ input: { value: cookie }, opened, payload, options, now: 0 });
    expect(facts.map(({ label }) => label)).toEqual(["lifetime", "user", "login", "CSRF token"]);
    expect(notes.map(({ code }) => code)).toEqual([]);
  });

  test("warns of a payload that Flask's session does not take", () => {
    const decoded = createCodec(flask, { secret: "x" }).decode(lineOf("crafted-list").cookie);
    expect(decoded.ok && decoded.warnings.map(({ code }) => code)).toEqual(["not-an-object"]);
  });
});

const limits = { maxLength: 1 << 20, maxInflated: 1 << 20, maxDepth: 10_000 };

function missing(): never {
  throw new Error("no peek");
}

describe("recognising", () => {
  test.each([
    ["", 0],
    ["a.b.c", 0],
    ["..", 0],
    // jwt.io's example
    [
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
      0,
    ],
    ["eyJhbGciOiJIUzI1NiJ9.e30.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c", 0],
  ])("%s is not Flask's", (value, likeness) => {
    expect(flask.recognise({ value })[0]?.likeness ?? 0).toBe(likeness);
  });

  test("a cut or changed session is still likely", () => {
    const { cookie } = lineOf("minted-plain");
    for (const value of [cookie.slice(0, -1), `${cookie}=`, `f${cookie.slice(1)}`]) {
      expect(flask.recognise({ value })[0]?.likeness ?? 0).toBeGreaterThan(0.2);
    }
  });
});

describe("what else might verify", () => {
  const { cookie, secretHex, now } = lineOf("minted-plain");

  function firstThatVerifies(value: string, given: Partial<FlaskOptions>) {
    const options = flask.settle(given);
    const variations = flask.variations?.({ value }, options) ?? [];
    expect(variations.length).toBeLessThanOrEqual(60);
    return variations.find(
      (variation) =>
        createCodec(flask, { secret: fromHex(secretHex), ...given, ...variation.options }).verify(value, {
          now,
        }).ok,
    );
  }

  test.each<[string, Partial<FlaskOptions>, string]>([
    ["another salt", { salt: "mine" }, "--salt cookie-session"],
    ["another derivation", { keyDerivation: "concat" }, "--key-derivation hmac"],
    ["both", { salt: "mine", keyDerivation: "none" }, "--salt cookie-session --key-derivation hmac"],
    ["another digest", { digest: "sha256" }, "--digest sha1"],
  ])("%s", (_, given, flags) => {
    expect(firstThatVerifies(cookie, given)?.flags).toBe(flags);
  });

  const countedFrom2011 = ["0.10.1", "1.0.2"]
    .flatMap(lines)
    .filter((line) => line.minted && line.now < 2 ** 32);

  test.each(countedFrom2011)(
    "$flask, $case: read as of today it is expired, unless by the clock of then",
    (line) => {
      const value = line.cookie;
      const today = { ...line, flask: "3.1" };
      expect(codecOf(today).verify(value, { now: line.now })).toMatchObject({ ok: false, code: "expired" });
      const [only, ...others] = flask.timeVariations?.({ value }, flask.settle({})) ?? [];
      expect(others).toEqual([]);
      const { salt, keyDerivation, digest, secretHex, now, issuedAt } = line;
      const settings = { salt, keyDerivation, digest, ...only?.options };
      const then = createCodec(flask, { secret: fromHex(secretHex), ...settings }).verify(value, { now });
      expect(then).toMatchObject({ ok: true, issuedAt: Math.floor(issuedAt ?? 0) });
      expect(flask.timeVariations?.({ value }, flask.settle(only?.options ?? {}))).toEqual([]);
    },
  );

  test("cookies that are really old have no other clock", () => {
    const expired = newest.filter(({ verdict }) => verdict === "expired");
    expect(expired.length).toBeGreaterThan(0);
    for (const { cookie: value } of expired) {
      expect(flask.timeVariations?.({ value }, flask.settle({}))).toEqual([]);
    }
  });

  test("advice names the length, or the secret", () => {
    const options = flask.settle({});
    expect(flask.advise?.({ value: cookie.slice(0, -3) }, options)).toContain("complete");
    expect(flask.advise?.({ value: cookie }, options)).toContain("SECRET_KEY");
  });
});

describe("options", () => {
  test.each<[string, object]>([
    ["an unknown version", { version: "4.0" }],
    ["no version", { version: "" }],
    ["an unknown itsdangerous", { itsdangerous: "3.0" }],
    ["an unknown derivation", { keyDerivation: "scrypt" }],
    ["an unknown digest", { digest: "sha0" }],
    ["a separator of the alphabet", { sep: "-" }],
    ["an empty separator", { sep: "" }],
    ["a salt that is no string", { salt: 5 }],
  ])("%s", (_, options) => {
    expect(() => flask.settle(options)).toThrow(TypeError);
  });

  test("algorithm is another word for digest", () => {
    expect(flask.settle({ algorithm: "sha256" }).digest).toBe("sha256");
  });

  test("undefined means the default", () => {
    expect(flask.settle({ version: undefined, salt: undefined } as object)).toEqual(flask.defaults);
  });
});

describe("hostile cookies", () => {
  const codec = createCodec(flask, { secret: "x" });
  const long = "A".repeat(1 << 20);
  test.each<[string, string]>([
    ["dots", ".".repeat(1000)],
    ["a long signature", `a.b.${long.slice(9)}`],
    ["a long timestamp", `a.${long.slice(9)}.b`],
    ["too long", long],
    ["lone surrogates", "\ud800.\udfff.\ud800"],
    ["controls", "\0.\0.\0"],
  ])("%s: refused, not thrown", (_, value) => {
    expect(codec.verify({ value }).ok).toBe(false);
    expect(() => codec.decode({ value })).not.toThrow();
    expect(() => flask.recognise({ value })).not.toThrow();
    expect(() => flask.variations?.({ value }, flask.defaults)).not.toThrow();
    expect(() => flask.timeVariations?.({ value }, flask.defaults)).not.toThrow();
    expect(() => flask.advise?.({ value }, flask.defaults)).not.toThrow();
  });

  test("a bomb stops at the limit", () => {
    const value = codec.sign({ a: "a".repeat(2 << 20) }, { now: 1767225600 });
    expect(value.length).toBeLessThan(10_000);
    expect(codec.verify(value, { now: 1767225600 })).toMatchObject({ ok: false, code: "bad-payload" });
  });

  test("a payload that JSON cannot hold is the programmer's mistake", () => {
    expect(() => codec.sign({ a: new Set([1]) as Value })).toThrow(TypeError);
  });
});
