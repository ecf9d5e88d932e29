import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import { parseJson, writeJson } from "../../src/encoding/js-json.ts";
import type { Value } from "../../src/encoding/values.ts";

const limits = { maxDepth: 1000 };
const parse = (text: string) => unwrap(parseJson(text, limits));

describe("what JSON.parse reads", () => {
  test.each([
    '{"a":[1,2.5,-0.1,1e+21,5e-324],"b":{"c":null,"d":true,"e":false},"f":"é\\n🍪\\u0000"}',
    ' {"a" : 1.0 , "a":\t2 }\r\n',
    '{"b":1,"10":2,"9":3}',
    '"\\ud83d"',
    "-0",
    "1e400",
    '{"\u2028":"\u2029"}',
  ])("%j", (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  test("__proto__ as an ordinary key", () => {
    for (const text of ['{"__proto__":{"x":1},"a":2}', '{ "__proto__":{"x":1},"a":2}']) {
      const value = parse(text);
      expect(Object.keys(value as object)).toEqual(["__proto__", "a"]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  });
});

describe("what JSON.parse refuses", () => {
  test.each([
    "",
    " ",
    "nope",
    "NaN",
    "-Infinity",
    "01",
    "+1",
    "1.",
    ".5",
    "'a'",
    '{"a":1,}',
    "[1,]",
    '"\n"',
    '"\\x41"',
  ])("%j", (text) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(parseJson(text, limits)).toMatchObject({ ok: false, code: "bad-payload" });
  });
});

describe("what JSON.parse would change", () => {
  test("integers beyond 2^53", () => {
    expect(parse("[9007199254740993,-9007199254740993,9007199254740991]")).toEqual([
      9007199254740993n,
      -9007199254740993n,
      9007199254740991,
    ]);
    expect(parse("1152921504606847000")).toBe(1152921504606847000n);
  });

  test.each([
    '{"a":1.0,"b":1E2,"c":-0,"d":0.10,"e":1e400}',
    '{"b":1,"10":{"y":1,"2":1},"9":3}',
    "[12345678901234567890,1.50]",
  ])("%s is written back as it stood", (text) => {
    expect(writeJson(parse(text))).toBe(text);
  });
});

test("what a person writes is written as JSON.stringify writes it", () => {
  const text = '{"a":1.0,"b":1E2,"c":-0,"d":0.10,"e":1.5e-07,"f":1e21}';
  const given = unwrap(parseJson(text, { ...limits, respell: true }));
  expect(writeJson(given)).toBe(JSON.stringify(JSON.parse(text)));
});

test("nesting beyond the limit is refused, however deep", () => {
  expect(parseJson("[".repeat(1000) + "]".repeat(1000), limits).ok).toBe(true);
  expect(parseJson("[".repeat(1001) + "]".repeat(1001), limits)).toMatchObject({ code: "bad-payload" });
  expect(parseJson("[".repeat(500_000), limits)).toMatchObject({ code: "bad-payload" });
});

describe("writing", () => {
  test.each<[Value]>([
    [{ a: [1, 2.5, -0.1, 1e21, 5e-324, -0], b: { c: null, d: true }, e: "é\n🍪\u0000\u007f\ud83d\u2028/" }],
    [{ 10: "a", 9: "b", x: {}, y: [] }],
    ["text"],
  ])("spells as JSON.stringify: %#", (value) => {
    expect(writeJson(value)).toBe(JSON.stringify(value));
  });

  test("a bigint as its digits", () => {
    expect(writeJson({ a: 123456789012345678901n })).toBe('{"a":123456789012345678901}');
  });

  test.each<[string, Value]>([
    ["NaN", { a: Number.NaN }],
    ["an infinity", [Number.NEGATIVE_INFINITY]],
    ["bytes", { a: new Uint8Array(1) }],
    ["a date", { a: new Date(0) }],
    ["a set", new Set([1])],
  ])("refuses %s", (_kind, value) => {
    expect(() => writeJson(value)).toThrow(TypeError);
  });
});
