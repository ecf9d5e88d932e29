import { describe, expect, test } from "vitest";
import { bind } from "../../src/codec.ts";
import { fail } from "../../src/core/failure.ts";
import type { Env } from "../../src/core/format.ts";
import { type ResignRequest, resign } from "../../src/core/resign.ts";
import { writePythonJson } from "../../src/encoding/python-json.ts";
import type { DjangoOptions } from "../../src/formats/django.ts";
import { formats } from "../../src/formats/index.ts";
import { createCodec } from "../../src/index.ts";
import { type Line, readLines } from "../contract.ts";
import { lineOf, RELEASES, utf8 } from "../formats/django/support.ts";
import { bindPlain, cookie, openAs } from "./plain-format.ts";

const { django } = formats;

const env: Env = { now: 60, random: (length) => new Uint8Array(length) };
const from = (over = {}) => bindPlain(over, { secret: "old", fallbacks: ["older"], maxAge: 100 });
const to = (over = {}) => bindPlain(over, { secret: "new", fallbacks: [], maxAge: null });

describe("resign", () => {
  test.each(["old", "older"])("re-seals what %s has signed, with its time", (secret) => {
    expect(resign(cookie(`${secret}|p|50`), from(), to(), { env })).toEqual({
      ok: true,
      value: "new|p|50",
      cookies: [{ name: "plain", value: "new|p|50" }],
      changed: true,
      notes: [],
    });
  });

  test("refresh sets the time to now", () => {
    expect(resign(cookie("old|p|50"), from(), to(), { env, refresh: true })).toMatchObject({
      value: "new|p|60",
    });
  });

  test("what the new secret has signed comes back as it is, with refresh too", () => {
    expect(resign(cookie("new|p|50"), from(), to(), { env, refresh: true })).toMatchObject({
      ok: true,
      value: "new|p|50",
      changed: false,
    });
  });

  test("unless it was signed in an outdated way", () => {
    const outdated = to(openAs({ issuedAt: 50, outdated: "sha1" }));
    expect(resign(cookie("a|p|50"), from(), outdated, { env })).toMatchObject({ changed: true });
  });

  test("a payload that cannot be read is kept all the same", () => {
    expect(resign(cookie("old|unreadable|50"), from(), to(), { env })).toMatchObject({
      value: "new|unreadable|50",
    });
  });

  test.each([
    ["no|p|50", "bad-signature"],
    ["old|p|-50", "expired"],
    ["new|p|-50", "expired"],
    ["old", "malformed"],
  ])("%s is refused: %s", (value, code) => {
    expect(resign(cookie(value), from(), to(), { env })).toMatchObject({ ok: false, code });
  });

  test("what the new options cannot seal is a failure, thrown or not", () => {
    const request = { env, rewrite: true };
    const refuse = { read: () => fail("bad-payload", "none"), seal: () => fail("unsupported", "cannot") };
    expect(resign(cookie("old|p|50"), from(), to({ seal: refuse.seal }), { env })).toMatchObject({
      code: "unsupported",
    });
    const read = ({ body }: { body: { text: string } }, options: object) =>
      options === target.options
        ? refuse.read()
        : ({
            ok: true,
            value: { type: "text", value: body.text, compressed: false, size: 1 },
          } as const);
    const thrower = () => {
      throw new TypeError("JSON cannot hold it");
    };
    const target = { ...to({ seal: thrower, read }), options: { other: true } };
    expect(resign(cookie("old|p|50"), from({ read }), target, request)).toMatchObject({
      code: "bad-payload",
      message: "JSON cannot hold it",
    });
  });
});

const django42 = (id: string) => lineOf("4.2.28", id);

const secretOf = ({ secret }: Line) => String(secret);

interface Change {
  readonly old?: Parameters<typeof bind>[1]["secret"];
  readonly secret: Parameters<typeof bind>[1]["secret"];
  readonly options?: Partial<DjangoOptions>;
  readonly request?: Partial<ResignRequest>;
}

function change(line: Line, { old = secretOf(line), secret, options, request }: Change) {
  const source = bind(django, { secret: old, maxAge: null, ...line.options });
  const target = bind(django, { secret, maxAge: null, ...line.options, ...options });
  const { name, value } = line;
  return resign({ name, value }, source, target, {
    env: { ...env, now: line.now },
    ...request,
  });
}

const valueIn = (result: ReturnType<typeof change>) => (result.ok ? result.value : result.message);
const NEW = "the secret that replaces it";

function payloadOf(value: string, options: object, secret: string): string {
  const verified = createCodec({ format: "django", secret, maxAge: null, ...options }).verify(value);
  return verified.ok ? writePythonJson(verified.payload) : verified.message;
}

describe("cookies of Django", () => {
  test("the value is what Django signs with the other secret", () => {
    const old = django42("login-old-both");
    const [retired = ""] = old.fallbacks ?? [];
    const expected = django42("login-old-hash").value;
    expect(valueIn(change(old, { old: retired, secret: secretOf(old) }))).toBe(expected);
  });

  test.each(["session-cart", "session-unicode", "session-escapes"])(
    "%s: from sha1 to sha256 is what the newer Django signs",
    (id) => {
      const old = lineOf("2.2.28", id);
      expect(valueIn(change(old, { secret: secretOf(old), options: { version: "4.2.28" } }))).toBe(
        django42(id).value,
      );
      const algorithm = { version: "2.2.28", algorithm: "sha256" };
      expect(valueIn(change(old, { secret: secretOf(old), options: algorithm }))).toBe(django42(id).value);
    },
  );

  test.each(["engine-cart", "engine-unicode", "engine-numeric-keys"])(
    "%s: to another backend, payload and time stay",
    (id) => {
      const line = django42(id);
      const options = { backend: "signed_cookies" } as const;
      const value = valueIn(change(line, { secret: NEW, options }));
      const signed = (text: string) => text.slice(0, text.lastIndexOf(":"));
      expect(signed(value)).toBe(signed(line.value));
      expect(payloadOf(value, {}, NEW)).toBe(line.payload);
    },
  );

  const pickles = RELEASES.flatMap((release) => readLines(`django/${release}.jsonl`)).filter(
    ({ id, payload }) => id.startsWith("pickle-") && payload !== undefined,
  );

  test("there are pickles to test with", () => expect(pickles.length).toBeGreaterThan(10));

  test.each(pickles)("$producer: $id is kept byte for byte, or becomes its JSON", (line) => {
    const kept = valueIn(change(line, { secret: NEW }));
    expect(kept.slice(0, kept.lastIndexOf(":"))).toBe(line.value.slice(0, line.value.lastIndexOf(":")));
    const json = { serializer: "json" } as const;
    const value = valueIn(change(line, { secret: NEW, options: json, request: { rewrite: true } }));
    expect(payloadOf(value, { ...line.options, ...json }, NEW)).toBe(line.payload);
    expect(value.split(":")[1]).toBe(line.value.split(":")[1]);
  });

  const toJson = (line: Line, secret: string) =>
    change(line, { secret, options: { serializer: "json" }, request: { rewrite: true } });

  test("a value without a JSON form is refused by its place", () => {
    expect(toJson(django42("pickle-class"), NEW)).toMatchObject({
      ok: false,
      code: "bad-payload",
      message: "JSON cannot hold decimal.Decimal (at price)",
    });
  });

  test("from pickle to JSON under the same secret", () => {
    const line = django42("pickle-2");
    const converted = toJson(line, String(line.secret));
    expect(converted).toMatchObject({ ok: true, changed: true });
    const again = toJson({ ...line, value: valueIn(converted) }, String(line.secret));
    expect(again).toMatchObject({ ok: true, changed: false });
  });

  describe("the auth hash", () => {
    const login = django42("login-old-both");
    const [retired = ""] = login.fallbacks ?? [];
    const renewing = (passwordHash: string | undefined, line = login) =>
      change(line, {
        old: retired,
        secret: secretOf(line),
        request: {
          renew: {
            asked: { fixAuthHash: true, ...(passwordHash !== undefined && { passwordHash }) },
            old: [utf8(retired)],
            current: utf8(String(line.secret)),
          },
        },
      });

    test("becomes the one that Django makes under the new secret", () => {
      const value = valueIn(renewing(login.passwordHash));
      expect(payloadOf(value, {}, String(login.secret))).toBe(django42("login-plain").payload);
      expect(value.split(":")[1]).toBe(login.value.split(":")[1]);
    });

    test("is renewed where only the cookie was re-signed before", () => {
      const value = valueIn(renewing(login.passwordHash, django42("login-old-hash")));
      expect(payloadOf(value, {}, String(login.secret))).toBe(django42("login-plain").payload);
    });

    test("is left where it is the new secret's already", () => {
      expect(renewing(login.passwordHash, django42("login-plain"))).toMatchObject({ changed: false });
    });

    test.each([["another password"], [undefined]])("is never renewed for %s", (passwordHash) => {
      expect(renewing(passwordHash)).toMatchObject({ ok: false, code: "bad-payload" });
    });

    test("grows from sha1 to sha256 with the version", () => {
      const old = lineOf("2.2.28", "login-plain");
      const secret = String(old.secret);
      const value = valueIn(
        change(old, {
          secret,
          options: { version: "4.2.28" },
          request: {
            renew: {
              asked: { fixAuthHash: true, passwordHash: old.passwordHash ?? "" },
              old: [utf8(secret)],
              current: utf8(secret),
            },
          },
        }),
      );
      expect(payloadOf(value, {}, secret)).toBe(django42("login-plain").payload);
    });
  });
});
