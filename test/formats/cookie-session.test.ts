import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { accompanied } from "../../src/core/companion.ts";
import type { CookieInput, CookiePair } from "../../src/core/cookie.ts";
import { unwrap } from "../../src/core/result.ts";
import type { Value } from "../../src/encoding/values.ts";
import type { CookieSessionOptions } from "../../src/formats/cookie-session.ts";
import { formats } from "../../src/formats/index.ts";

const cookieSession = formats["cookie-session"];

interface Line {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly algorithm: string;
  readonly encoding: "base64" | "hex" | "base64url";
}
interface Minted extends Line {
  readonly session: string;
  readonly cookies: Readonly<Record<string, string>>;
}
interface Received extends Line {
  readonly header: string;
  readonly verdict: "valid" | "bad-signature" | "bad-payload";
  readonly session?: string;
}

function fixtures<T>(file: string): readonly T[] {
  const path = new URL(`../../fixtures/cookie-session/${file}.jsonl`, import.meta.url);
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

const limits = { maxLength: 1 << 20, maxInflated: 1 << 20, maxDepth: 2000 };
const env = { now: 0, random: (length: number) => new Uint8Array(length) };

function inputOf(cookies: ReadonlyMap<string, string>, name: string): CookieInput {
  const siblings = new Map([...cookies].filter(([other]) => accompanied(cookieSession, other) === name));
  return { name, value: cookies.get(name) ?? "", siblings };
}

function fromHeader(header: string, name: string): CookieInput {
  const pairs = header.split("; ").map((pair): [string, string] => {
    const [other, ...value] = pair.split("=");
    return [other ?? "", cookieSession.unquote?.(value.join("=")) ?? ""];
  });
  return inputOf(new Map(pairs), name);
}

/** Opens under the first key that fits: the session and that key's index, or the failure's code. */
function verify(input: CookieInput, keys: readonly string[], given: Partial<CookieSessionOptions> = {}) {
  const options = cookieSession.settle(given);
  const parsed = unwrap(cookieSession.parse(input, options));
  for (const [index, secret] of keys.entries()) {
    const key = cookieSession.derive(new TextEncoder().encode(secret), { options });
    const opened = cookieSession.open(parsed, key, input, options);
    if (!opened.ok && opened.code === "mismatch") continue;
    if (!opened.ok) return { code: opened.code, message: opened.message, hint: opened.hint };
    const payload = cookieSession.read(opened.value, options, limits);
    return payload.ok ? { index, payload: payload.value, opened: opened.value } : { code: payload.code };
  }
  return { code: "bad-signature" };
}

function mint(
  value: Value,
  secret: string,
  given: Partial<CookieSessionOptions> = {},
): readonly CookiePair[] {
  const options = cookieSession.settle(given);
  const key = cookieSession.derive(new TextEncoder().encode(secret), { options });
  return unwrap(cookieSession.seal({ kind: "value", value }, key, { options }, env));
}

describe("what the middleware set", () => {
  test.each(fixtures<Minted>("minted"))("$id", ({ session, cookies, keys, ...options }) => {
    const pairs = mint(JSON.parse(session), keys[0] ?? "", options);
    expect(Object.fromEntries(pairs.map(({ name, value }) => [name, value]))).toEqual(cookies);
    const input = inputOf(new Map(Object.entries(cookies)), options.name);
    expect(verify(input, keys, options).payload?.value).toEqual(JSON.parse(session));
    expect(cookieSession.recognise(input)[0]?.likeness).toBeGreaterThan(0.95);
  });
});

describe("what the middleware made of a header", () => {
  test.each(fixtures<Received>("received"))(
    "$id: $verdict",
    ({ header, verdict, session, keys, ...options }) => {
      const { payload, code } = verify(fromHeader(header, options.name), keys, options);
      // To the middleware both are no session.
      expect(code === "companion-missing" ? "bad-signature" : (code ?? "valid")).toBe(verdict);
      expect(payload === undefined ? undefined : JSON.stringify(payload.value)).toBe(session);
    },
  );
});

const [name, value, signature] = ["session", "eyJhIjoxfQ==", "signature-of-27-characters_"];
const pair = (over: Partial<CookieInput> = {}): CookieInput => ({
  name,
  value,
  siblings: new Map([["session.sig", signature]]),
  ...over,
});

describe("opening", () => {
  test("the index of the key that fits", () => {
    const received = fixtures<Received>("received").find(({ id }) => id === "key-older");
    expect(verify(fromHeader(received?.header ?? "", "session"), received?.keys ?? []).index).toBe(2);
  });

  test("without the signature's cookie says what is missing", () => {
    const refused = verify({ name: "express:sess", value }, ["a"]);
    expect(refused.code).toBe("companion-missing");
    expect(refused.message).toContain("express:sess.sig");
    expect(refused.hint).toContain("express:sess.sig=");
  });

  test("a hostile name is not repeated in the message", () => {
    expect(verify({ name: "\u001b[2J".repeat(1000), value }, ["a"]).message).not.toContain("\u001b");
  });

  test("the name of the options signs where none was received", () => {
    const [cookie, companion] = mint({ a: 1 }, "k", { name: "sess" });
    const input = { value: cookie?.value ?? "", siblings: new Map([["sess.sig", companion?.value ?? ""]]) };
    expect(verify(input, ["k"], { name: "sess" }).index).toBe(0);
    expect(verify(input, ["k"]).code).toBe("companion-missing");
  });

  test("re-sealing keeps an odd value byte for byte", () => {
    const body = { value: "eyJh!!IjoxfQ" };
    const options = cookieSession.settle({});
    const key = cookieSession.derive(new TextEncoder().encode("k"), { options });
    const content = { kind: "body", body, keepTime: true } as const;
    expect(unwrap(cookieSession.seal(content, key, { options }, env))[0].value).toBe(body.value);
  });
});

describe("reading", () => {
  const read = (text: string) => {
    const options = cookieSession.settle({});
    const body = { value: btoa(text) };
    return cookieSession.read({ body, issuedAt: null }, options, limits);
  };
  const codes = (text: string) => unwrap(read(text)).warnings?.map(({ code }) => code);

  test("needs neither key nor signature", () => {
    const options = cookieSession.settle({});
    const parsed = unwrap(cookieSession.parse({ value }, options));
    const opened = cookieSession.peek?.(parsed, options);
    expect(opened).toMatchObject({ ok: true, value: { body: { value }, issuedAt: null } });
    expect(parsed.segments).toEqual([{ name: "payload", start: 0, end: value.length }]);
  });

  test("keeps integers that the server rounds, and says so", () => {
    expect(unwrap(read('{"a":{"b":9007199254740993}}')).value).toEqual({ a: { b: 9007199254740993n } });
    expect(codes('{"a":{"b":9007199254740993}}')).toEqual(["rounded-integer"]);
  });

  test("is silent about a long integer that JavaScript itself wrote", () => {
    expect(codes(JSON.stringify({ a: 2 ** 60, b: "1234567890123456789" }))).toBeUndefined();
  });

  test("says which keys were dropped, and that an array became an object", () => {
    expect(codes('{"isNew":1,"a":1}')).toEqual(["dropped-keys"]);
    expect(codes("[1.0]")).toEqual(["not-an-object"]);
  });

  test("refuses a payload over the limits", () => {
    const opened = { body: { value: btoa("[[[]]]") }, issuedAt: null };
    for (const over of [{ maxInflated: 5 }, { maxDepth: 2 }]) {
      expect(cookieSession.read(opened, cookieSession.settle({}), { ...limits, ...over })).toMatchObject({
        code: "bad-payload",
      });
    }
  });
});

describe("minting refuses", () => {
  test.each<[string, Value]>([
    ["an array", [1]],
    ["null", null],
    ["a key that the middleware drops", { toString: 1 }],
    ["bytes", { a: new Uint8Array(1) }],
  ])("%s", (_kind, payload) => {
    expect(() => mint(payload, "k")).toThrow(TypeError);
  });

  test.each(["a;b", "a=b", "a\nb", "ł"])("the name %j", (bad) => {
    expect(() => cookieSession.settle({ name: bad })).toThrow(TypeError);
  });
});

describe("recognising", () => {
  test("a value alone", () => {
    expect(cookieSession.recognise({ value })).toEqual([{ likeness: 0.4, options: {} }]);
  });

  test("the algorithm from the signature's shape, and the name from the companion's", () => {
    const siblings = new Map([["sid.sig", "0".repeat(128)]]);
    const [guess] = cookieSession.recognise({ value, siblings });
    expect(guess?.options).toEqual({ name: "sid", algorithm: "sha512", encoding: "hex" });
  });

  test("a pair whose signature was cut", () => {
    const siblings = new Map([["session.sig", "abc"]]);
    expect(cookieSession.recognise(pair({ siblings }))[0]?.likeness).toBe(0.8);
  });

  test("a signed pair that holds no JSON, or koa-session's, with less certainty", () => {
    expect(cookieSession.recognise(pair({ value: "light" }))[0]?.likeness).toBe(0.5);
    const koa = btoa('{"a":1,"_expire":1779983571000,"_maxAge":86400000}');
    expect(cookieSession.recognise(pair({ value: koa }))[0]?.likeness).toBe(0.6);
  });

  test("a companion whose name no cookie can have gives no name", () => {
    const siblings = new Map([["a\nb.sig", signature]]);
    expect(cookieSession.recognise({ value, siblings })[0]?.options).toEqual({});
  });

  test.each([
    ["the signature's own cookie", { name: "session.sig", value }],
    ["Laravel's envelope", { value: btoa('{"iv":"a","value":"b","mac":"c","tag":""}') }],
    ["a Flask cookie", { value: "eyJhIjoxfQ.aSH5fA.AAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["text", { value: "eyJhello" }],
    ["nothing", { value: "" }],
  ])("not %s", (_what, input) => {
    expect(cookieSession.recognise(input)).toEqual([]);
  });
});

describe("helping", () => {
  test("offers the algorithms that fit the signature, as flags too", () => {
    const found = cookieSession.variations?.(
      pair({ siblings: new Map([["session.sig", "0".repeat(128)]]) }),
      cookieSession.settle({}),
    );
    expect(found?.[0]).toEqual({
      options: { algorithm: "sha512", encoding: "hex" },
      change: 'algorithm "sha512" and encoding "hex"',
      flags: "--algorithm sha512 --encoding hex",
    });
  });

  test("finds the name that a nameless value was signed under", () => {
    const [cookie, companion] = mint({ a: 1 }, "k", { name: "my sess", algorithm: "sha256" });
    const input = {
      value: cookie?.value ?? "",
      siblings: new Map([["my sess.sig", companion?.value ?? ""]]),
    };
    const found = cookieSession.variations?.(input, cookieSession.settle({})) ?? [];
    const fitting = found.filter(({ options }) => verify(input, ["k"], options).index === 0);
    expect(fitting.map(({ flags }) => flags)).toEqual(["--name 'my sess' --algorithm sha256"]);
  });

  test.each([
    ["padding", pair({ siblings: new Map([["session.sig", `${signature}=`]]) }), "'='"],
    ["a cut", pair({ siblings: new Map([["session.sig", "abc"]]) }), "cut"],
    ["encoding", pair({ value: "eyJhIjoxfQ%3D%3D" }), "percent"],
    ["a lost '='", pair({ value: "eyJhIjoxfQ" }), "padding"],
    ["the name", pair(), "name"],
  ])("suspects %s", (_cause, input, word) => {
    expect(cookieSession.advise?.(input, cookieSession.settle({}))).toContain(word);
  });

  test("describes what Passport keeps", () => {
    const options = cookieSession.settle({});
    const describeSession = (session: Value) =>
      cookieSession.describe({
        input: pair(),
        opened: { body: { value }, issuedAt: null },
        payload: { type: "json", value: session, compressed: false, size: 1 },
        options,
        now: 0,
      });
    expect(describeSession({ passport: { user: { id: 7 } } }).facts).toEqual([
      { label: "passport.user", text: '{"id":7}' },
    ]);
    expect(describeSession({ passport: null }).facts).toEqual([]);
    expect(describeSession({}).notes.map(({ code }) => code)).toEqual(["never-expires", "replayable"]);
  });
});
