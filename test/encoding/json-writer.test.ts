import { describe, expect, test } from "vitest";
import { type JsonSpelling, writeJson } from "../../src/encoding/json-writer.ts";
import { Foreign, keepSource, type Value } from "../../src/encoding/values.ts";

const plain: JsonSpelling = { string: (text) => JSON.stringify(text), number: String };

describe("writeJson", () => {
  test("is compact and keeps the order of insertion", () => {
    const value = { b: [1, "two", null, true, {}], a: { c: 10n ** 20n }, e: [] };
    expect(writeJson(value, plain)).toBe(
      '{"b":[1,"two",null,true,{}],"a":{"c":100000000000000000000},"e":[]}',
    );
  });

  test("asks the dialect for strings and numbers", () => {
    const loud: JsonSpelling = { string: (text) => `<${text}>`, number: (value) => `#${value}` };
    expect(writeJson({ k: ["s", 2] }, loud)).toBe("{<k>:[<s>,#2]}");
  });

  test("sorts keys by code point, not by UTF-16 code unit", () => {
    const value = { "\u{1f36a}": 1, "\uffee": 2, a: 3, "": 4, ab: 5 };
    expect(writeJson(value, { ...plain, sortKeys: true })).toBe(
      '{"":4,"a":3,"ab":5,"\uffee":2,"\u{1f36a}":1}',
    );
  });

  test("keeps a spelling only for the number it was read with", () => {
    const list = keepSource([1, 2], {
      spelling: new Map([
        ["0", "1.0"],
        ["1", "5.0"],
      ]),
    });
    expect(writeJson(list, plain)).toBe("[1.0,2]");
  });

  test("an object without a prototype is an object", () => {
    expect(writeJson(Object.assign(Object.create(null), { a: 1 }), plain)).toBe('{"a":1}');
  });

  test.each<[string, unknown, string]>([
    ["a date", { when: { at: new Date(0) } }, "JSON cannot hold Date (at when.at)"],
    ["bytes", [new Uint8Array(1)], "JSON cannot hold Uint8Array (at [0])"],
    ["a set", new Set([1]), "JSON cannot hold Set"],
    ["undefined", { a: [1, undefined] }, "JSON cannot hold undefined (at a[1])"],
    ["a function", { f: () => 1 }, "JSON cannot hold function (at f)"],
    ["a symbol", { s: Symbol("s") }, "JSON cannot hold symbol (at s)"],
    [
      "a foreign object",
      { price: new Foreign("decimal.Decimal", ["1"]) },
      "JSON cannot hold Foreign (at price)",
    ],
  ])("%s is refused with its place", (_, value, message) => {
    expect(() => writeJson(value as Value, plain)).toThrow(new TypeError(message));
  });

  test("a cycle is refused", () => {
    const list: Value[] = [];
    list.push(list);
    expect(() => writeJson(list, plain)).toThrow();
  });
});
