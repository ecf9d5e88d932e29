import { describe, expect, test } from "vitest";
import { type Codec, createCodec } from "../../src/index.ts";
import { forgedCookies } from "../../src/testing/index.ts";
import "../../src/testing/vitest.ts";
import { failure } from "./support.ts";

const secret = "a secret that no forger knows";
const now = 1_790_000_000;

const codecs: Readonly<Record<string, Codec>> = {
  "Django 6.1": createCodec({ format: "django", secret }),
  "Django 2.2": createCodec({ format: "django", secret, version: "2.2" }),
  set_signed_cookie: createCodec({ format: "django", secret, backend: "signed_cookie", name: "seen" }),
  "Flask 3.1": createCodec({ format: "flask", secret }),
  "Flask 0.10": createCodec({ format: "flask", secret, version: "0.10" }),
  "cookie-session": createCodec({ format: "cookie-session", secret }),
};

describe.each(Object.entries(codecs))("%s", (name, codec) => {
  const payload = name === "set_signed_cookie" ? "user42" : { user: "42", cart: [3, 1, 2] };
  const forged = forgedCookies(codec, { now, count: 400, payload });

  test("refuses every forged cookie, in parts and as a header", () => {
    for (const { cookie, header, id } of forged) {
      expect(codec.verify(cookie, { now }).ok, id).toBe(false);
      expect(codec.verify(`Cookie: ${header}`, { now }).ok, id).toBe(false);
    }
  });

  test("is attacked in every way that needs no secret, each cookie once", () => {
    expect(forged).toHaveLength(400);
    const groups = new Set(forged.map(({ id }) => id.split("/")[0]));
    expect([...groups]).toEqual(expect.arrayContaining(["integrity", "structure", "encoding"]));
    expect(new Set(forged.map(({ id }) => id)).size).toBe(400);
  });

  test("the same seed, payload and time give the same cookies", () => {
    expect(forgedCookies(codec, { now, count: 400, payload })).toEqual(forged);
    expect(forgedCookies(codec, { now, count: 400, payload, seed: 2 })).not.toEqual(forged);
  });

  test("what is not forged is accepted", () => {
    const [main, ...others] = codec.mint(payload, { now });
    const siblings = new Map(others.map((other) => [other.name, other.value]));
    expect({ ...main, siblings }).toBeValidSession(codec, { now, payload });
  });
});

test("a codec that checks no signature accepts forgeries", () => {
  const { verify, decode, ...rest } = createCodec({ format: "django", secret });
  const careless = { ...rest, verify: decode } as unknown as Codec;
  const accepted = forgedCookies(careless, { now }).filter(({ cookie }) => careless.verify(cookie).ok);
  expect(accepted.length).toBeGreaterThan(10);
  expect(verify).toBeTypeOf("function");
});

test("100 of them, unless said otherwise", () => {
  const codec = createCodec({ format: "flask", secret });
  expect(forgedCookies(codec)).toHaveLength(100);
  expect(forgedCookies(codec, { count: 3 })).toHaveLength(3);
});

test.each(forgedCookies(createCodec({ format: "flask", secret }), { count: 5 }))(
  "$id: $what",
  ({ cookie }) => {
    expect(cookie).not.toBeValidSession(createCodec({ format: "flask", secret }));
  },
);

test("misuse is told", () => {
  const codec = createCodec({ format: "flask", secret });
  expect(failure(() => forgedCookies("flask" as never))).toContain("takes a codec");
  expect(failure(() => forgedCookies(codec, { sed: 1 } as object))).toContain('unknown option "sed"');
  const quoted = createCodec({ format: "django", secret, backend: "signed_cookie", name: "seen" });
  expect(failure(() => forgedCookies(quoted, { payload: "a, b" }))).toContain("needs no quotes in a header");
  expect(failure(() => forgedCookies({ ...codec, format: "own" }))).toBe(
    'there are no attacks on the format "own"',
  );
});
