import { describe, expect, test } from "vitest";
import * as platform from "#platform";
import { CookieError, createCodec, type FormatId, formats, unwrap } from "../src/index.ts";
import { readLines } from "./contract.ts";

const SECRET = "codec test secret";
const now = 1_710_000_000;
const codec = createCodec({ format: "django", secret: SECRET, fallbacks: ["retired"] });
const [session] = readLines("django/6.1.1.jsonl").filter(({ id }) => id === "session-cart");
if (session === undefined) throw new Error("the fixture has no session");
const theirs = { secret: session.secret ?? "", value: session.value, now: session.now };
const theirCodec = createCodec({ format: "django", secret: theirs.secret });

test("the platform of this run is the one under test", () => {
  expect(platform.platform).toBe(process.env.COOKIESESS_TEST_PLATFORM);
});

describe("what a cookie may be", () => {
  const { value } = theirs;
  test.each([
    ["the value", value],
    ["name=value", `sessionid=${value}`],
    ["a Cookie header", `Cookie: theme=dark; sessionid=${value}; csrftoken=x`],
    ["the header's value", `theme=dark; sessionid=${value}`],
    ["a Set-Cookie line", `Set-Cookie: sessionid=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600`],
    ["curl", `curl -H 'Cookie: sessionid=${value}' https://example.com`],
    ["curl -b", `curl -b 'theme=dark; sessionid=${value}' https://example.com`],
    ["a jar's line", `example.com\tFALSE\t/\tTRUE\t0\tsessionid\t${value}`],
    ["another name", `session_of_mine=${value}`],
  ])("%s", (_, text) => {
    expect(theirCodec.verify(text, theirs)).toMatchObject({ ok: true, issuedAt: session.issuedAt });
    expect(theirCodec.decode(text)).toMatchObject({ ok: true, verified: false });
  });

  test("the parts", () => {
    expect(theirCodec.verify({ value }, theirs).ok).toBe(true);
    expect(theirCodec.verify({ name: "any", value, siblings: { a: "b" } }, theirs).ok).toBe(true);
    expect(theirCodec.verify({ value, siblings: new Map() }, theirs).ok).toBe(true);
  });

  test("nothing is trimmed, unquoted or decoded", () => {
    for (const text of [` ${value}`, `${value}\n`, `"${value}"`, encodeURIComponent(value)]) {
      expect(theirCodec.verify(text, theirs).ok, text).toBe(false);
      expect(theirCodec.verify({ value: text }, theirs).ok, text).toBe(false);
    }
  });
});

describe("sign, mint, verify, rotate", () => {
  test("what sign gives is what verify reads", () => {
    const value = codec.sign({ user: 1 }, { now });
    expect(codec.mint({ user: 1 }, { now })).toEqual([{ name: "sessionid", value }]);
    expect(codec.verify(value, { now })).toMatchObject({ ok: true, payload: { user: 1 }, issuedAt: now });
  });

  test("a fraction of the clock is dropped when signing and counts when verifying", () => {
    const value = codec.sign({}, { now: now + 0.9 });
    const strict = createCodec({ format: "django", secret: SECRET, maxAge: 10 });
    expect(strict.verify(value, { now })).toMatchObject({ ok: true, issuedAt: now, expiresAt: now + 10 });
    expect(strict.verify(value, { now: now + 10 }).ok).toBe(true);
    expect(strict.verify(value, { now: now + 10.5 })).toMatchObject({ ok: false, code: "expired" });
  });

  test("without a clock it is the present", () => {
    const before = Math.floor(Date.now() / 1000);
    const result = unwrapped(codec.verify(codec.sign({ a: 1 })));
    expect(result.issuedAt).toBeGreaterThanOrEqual(before);
    expect(result.issuedAt).toBeLessThanOrEqual(Date.now() / 1000);
  });

  test("rotation", () => {
    const old = createCodec({ format: "django", secret: "retired" }).sign({ user: 1 }, { now });
    expect(codec.verify(old, { now })).toMatchObject({ ok: true, keyIndex: 1, needsRotation: true });
    const rotated = unwrapped(codec.rotate(old, { now: now + 5 }));
    expect(rotated).toMatchObject({ changed: true, value: codec.sign({ user: 1 }, { now }) });
    expect(codec.rotate(rotated.value, { now })).toMatchObject({ changed: false, value: rotated.value });
  });

  test("maxAge: the framework's own, another, none", () => {
    const value = codec.sign({}, { now });
    const verdict = (maxAge: number | null | undefined, later: number) =>
      createCodec({ format: "django", secret: SECRET, maxAge }).verify(value, { now: now + later }).ok;
    expect([verdict(undefined, 1_209_600), verdict(undefined, 1_209_601)]).toEqual([true, false]);
    expect([verdict(60, 60), verdict(60, 61), verdict(null, 1e9)]).toEqual([true, false, true]);
  });
});

function unwrapped<T extends { readonly ok: boolean }>(result: T): Extract<T, { readonly ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result as Extract<T, { readonly ok: true }>;
}

describe("mistakes of the programmer are TypeErrors", () => {
  const make = (options: object) => () =>
    createCodec({ format: "django", secret: SECRET, ...options } as never);
  test.each([
    ["an unknown format", make({ format: "rails" })],
    ["a format named like a method", make({ format: "toString" })],
    ["a misspelt option", make({ sallt: "x" })],
    ["another format's option", make({ encoding: "hex" })],
    ["a method's name as an option", make({ toString: () => "" })],
    ["an empty secret", make({ secret: "" })],
    ["no secret", make({ secret: undefined })],
    ["fallbacks that are a text", make({ fallbacks: "abc" })],
    ["a payload that JSON cannot hold", () => codec.sign({ when: new Date() })],
    ["a function", () => codec.sign((() => 1) as never)],
  ])("%s", (_, run) => {
    expect(run).toThrow(TypeError);
  });

  test("an option that is undefined is not given", () => {
    expect(make({ sallt: undefined })).not.toThrow();
  });

  test("the message says which option, and what there is", () => {
    expect(make({ sallt: "x" })).toThrow(/no option "sallt"; there are secret, .*\bsalt\b/);
  });

  test("the message holds no secret", () => {
    expect(make({ format: "rails" })).not.toThrow(SECRET);
  });
});

describe("hostile cookies", () => {
  const texts = [
    "",
    " ",
    ":",
    "::",
    "=",
    "==",
    ";",
    "a=;b=",
    "\0",
    "\ud800:1riz7A:x",
    "\u{1f36a}".repeat(100),
    "%",
    "%ff%",
    '"',
    '"\\',
    "curl ",
    "curl -b",
    "Cookie:",
    "Set-Cookie:",
    "\t\t\t\t\t\t",
    "__proto__=1",
    "constructor:prototype:x",
    ":".repeat(100_000),
    ".".repeat(100_000),
    "a=".repeat(100_000),
    "\\".repeat(100_000),
    "x".repeat(2_000_000),
  ];

  test.each(Object.keys(formats) as FormatId[])("never throw or verify: %s", (format) => {
    const any = createCodec({ format, secret: SECRET });
    for (const text of texts) {
      for (const cookie of [text, { value: text }, { name: text, value: text, siblings: { [text]: text } }]) {
        expect(any.verify(cookie).ok).toBe(false);
        expect(any.rotate(cookie).ok).toBe(false);
        expect(typeof any.decode(cookie).ok).toBe("boolean");
      }
    }
  });

  test("a failure holds neither secret nor cookie", () => {
    for (const text of [`${theirs.value}x`, theirs.value.replace(":", "."), "y".repeat(2_000_000)]) {
      const failure = codec.verify({ value: text });
      expect(failure.ok).toBe(false);
      expect(JSON.stringify(failure)).not.toContain(SECRET);
      expect(JSON.stringify(failure)).not.toContain(text.slice(0, 40));
    }
  });

  test("a payload named __proto__ pollutes nothing", () => {
    const value = codec.sign(JSON.parse('{"__proto__":{"polluted":true}}'), { now });
    const { payload } = unwrapped(codec.verify(value, { now }));
    expect(Object.keys(payload as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test("unwrap throws CookieError with the same code", () => {
  const failure = codec.verify("abc:def:ghi");
  if (failure.ok) throw new Error("it verified");
  expect(() => unwrap(failure)).toThrow(CookieError);
  expect(() => unwrap(failure)).toThrow(
    expect.objectContaining({ code: failure.code, message: failure.message }),
  );
});

test("an interface's objects are payloads", () => {
  interface Cart {
    readonly items: readonly number[];
  }
  const cart: Cart = { items: [1, 2] };
  const codec = createCodec({ format: "django", secret: "any secret" });
  const verified = codec.verify(codec.sign(cart));
  expect(verified).toMatchObject({ ok: true, payload: { items: [1, 2] } });
});

describe("what a programmer got wrong is a TypeError", () => {
  const secret = "secret";
  const old = createCodec({ format: "django", secret }).sign({ a: 1 }, { now: 1_000_000_000 });
  const anything = (value: unknown) => value as never;

  test.each(["14d", Number.NaN, new Date(0), true, {}])(
    "maxAge %j would let every cookie be young enough",
    (maxAge) => {
      expect(() => createCodec({ format: "django", secret, maxAge: anything(maxAge) })).toThrow(
        /^maxAge must be/,
      );
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, "2026-11-26", new Date(0), null])("now %j", (now) => {
    const codec = createCodec({ format: "django", secret });
    const clock = { now: anything(now) };
    for (const use of [codec.verify, codec.decode, codec.rotate]) {
      expect(() => use(old, clock)).toThrow(/^now must be/);
    }
    expect(() => codec.sign({}, clock)).toThrow(/^now must be/);
  });

  test.each(["maxLength", "maxInflated", "maxDepth"])("%s", (name) => {
    for (const limit of [-1, 0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5"]) {
      expect(() => createCodec({ format: "django", secret, [name]: limit })).toThrow(`${name} must be`);
    }
  });

  test.each(["version", "name", "salt", "sep", "keyPrefix", "compress", "legacySaltFallback"])(
    "Django's %s",
    (name) => {
      expect(() => createCodec({ format: "django", secret, [name]: 5 })).toThrow(`${name} is no `);
    },
  );

  test.each([undefined, null, 5, {}, { value: 5 }])("the cookie %j", (cookie) => {
    const codec = createCodec({ format: "django", secret });
    expect(() => codec.verify(anything(cookie))).toThrow("a cookie is a string, or an object with its value");
  });
});
