import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import { parseJson, writeJson } from "../../src/encoding/js-json.ts";
import { parsePythonJson, writePythonJson } from "../../src/encoding/python-json.ts";
import { fromTyped, toTyped } from "../../src/encoding/typed-json.ts";
import { Foreign, isObject, keepSource, sourceOf, type Value } from "../../src/encoding/values.ts";
import { readLines } from "../contract.ts";

const typed = (value: Value) => writeJson(toTyped(value));
const untyped = (text: string) => fromTyped(unwrap(parseJson(text, { maxDepth: 1000 })));
const tuple = (items: readonly Value[]) => keepSource([...items], { tuple: true });

describe("what JSON cannot hold", () => {
  test.each<[string, Value, string]>([
    ["bytes", Uint8Array.of(0, 255, 62, 63), '{"$bytes":"AP8+Pw=="}'],
    ["no bytes", new Uint8Array(), '{"$bytes":""}'],
    ["a moment", new Date(Date.UTC(2024, 1, 29, 4, 5, 6, 7)), '{"$date":"2024-02-29T04:05:06.007Z"}'],
    ["no moment", new Date(Number.NaN), '{"$date":"invalid"}'],
    ["a set", new Set<Value>([1, "a"]), '{"$set":[1,"a"]}'],
    ["a tuple", tuple([1, tuple([])]), '{"$tuple":[1,{"$tuple":[]}]}'],
    [
      "a foreign object",
      new Foreign("decimal.Decimal", "1.50"),
      '{"$class":"decimal.Decimal","state":"1.50"}',
    ],
    [
      "what is inside one",
      new Foreign("a.B", [Uint8Array.of(1)]),
      '{"$class":"a.B","state":[{"$bytes":"AQ=="}]}',
    ],
    ["NaN", Number.NaN, '"NaN"'],
    ["infinities", [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], '["Infinity","-Infinity"]'],
    ["a large integer", 18_446_744_073_709_551_616n, "18446744073709551616"],
    [
      "anything inside anything",
      { a: [new Set<Value>([tuple([Uint8Array.of(1)])])] },
      '{"a":[{"$set":[{"$tuple":[{"$bytes":"AQ=="}]}]}]}',
    ],
    ["what JSON can hold stays", { a: [1, "x", null, true] }, '{"a":[1,"x",null,true]}'],
  ])("%s", (_, value, text) => {
    expect(typed(value)).toBe(text);
    expect(JSON.parse(text)).toBeDefined();
  });
});

describe("and back", () => {
  test.each([
    ['{"$bytes":"AP8+Pw=="}', Uint8Array.of(0, 255, 62, 63)],
    ['{"$bytes":"AP8-Pw"}', Uint8Array.of(0, 255, 62, 63)],
    ['{"$date":"2024-02-29T04:05:06.007Z"}', new Date(Date.UTC(2024, 1, 29, 4, 5, 6, 7))],
    ['{"$set":[1,"a"]}', new Set([1, "a"])],
    ['{"$class":"a.B","state":[1]}', new Foreign("a.B", [1])],
  ])("%s", (text, value) => {
    const read = untyped(text);
    expect(read instanceof Uint8Array ? Uint8Array.from(read) : read).toEqual(value);
  });

  test("a tuple is a tuple again", () => {
    const value = untyped('{"$tuple":[1]}') as object;
    expect(value).toEqual([1]);
    expect(sourceOf(value)?.tuple).toBe(true);
  });

  test.each([
    '{"$bytes":1}',
    '{"$bytes":"!"}',
    '{"$date":"tomorrow, perhaps"}',
    '{"$set":{}}',
    '{"$tuple":[1],"more":2}',
    '{"$class":"a.B"}',
    '{"$class":1,"state":2}',
    '{"$other":[]}',
    '"NaN"',
    "[]",
    "{}",
  ])("%s is of no such shape and stays as it is", (text) => {
    expect(typed(untyped(text))).toBe(text);
  });

  test("everything survives the way there and back", () => {
    const value: Value = {
      t: tuple([new Set<Value>([1n << 70n]), new Date(0)]),
      b: [Uint8Array.of(7)],
      f: new Foreign("x", {}),
    };
    expect(typed(untyped(typed(value)))).toBe(typed(value));
  });
});

test("Python's JSON comes through with its keys' order and its numbers' spelling", () => {
  const texts = readLines<{ text: string; written: string | null }>("python-json/random.jsonl");
  for (const { text } of texts) {
    const value = unwrap(parsePythonJson(text, { maxDepth: 1000 }));
    if (/NaN|Infinity/.test(text)) continue;
    expect(writePythonJson(toTyped(value))).toBe(writePythonJson(value));
    expect(writePythonJson(fromTyped(toTyped(value)))).toBe(writePythonJson(value));
  }
});

test("keys that JavaScript knows are data", () => {
  const value = unwrap(
    parsePythonJson('{"__proto__":{"a":{"constructor":1}},"toString":2}', { maxDepth: 10 }),
  );
  const there = toTyped(value);
  expect(typed(value)).toBe('{"__proto__":{"a":{"constructor":1}},"toString":2}');
  expect(isObject(there) && Object.getPrototypeOf(there)).toBe(Object.prototype);
  expect(writeJson(fromTyped(there))).toBe(typed(value));
});
