import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import { readTaggedJson, writeTaggedJson } from "../../src/encoding/flask-json.ts";
import { Foreign, keepSource, type Value } from "../../src/encoding/values.ts";
import { notation, withNumberTexts } from "./flask-values.ts";

interface Line {
  readonly id: string;
  readonly flask: string;
  readonly text: string;
  readonly value?: unknown;
  readonly json?: string;
  readonly exception?: string;
}

const limits = { maxDepth: 10_000 };
const modern = { dictTag: true };

function lines(version: string): readonly Line[] {
  const path = new URL(`../../fixtures/flask/tags-${version}.jsonl`, import.meta.url);
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

describe.each(["0.10.1", "1.0.2", "1.1.2", "2.2.2", "3.1.3"])("as Flask %s", (version) => {
  const tagging = { dictTag: !version.startsWith("0.") };

  test.each(lines(version))("$id $text", ({ text, value, json, exception }) => {
    const read = readTaggedJson(text, tagging, limits);
    expect(read.ok ? undefined : read.code).toBe(exception && "bad-payload");
    if (!read.ok) return;
    expect(notation(read.value)).toEqual(withNumberTexts(value));
    expect(writeTaggedJson(read.value, tagging)).toBe(json);
  });
});

// session_json_serializer.dumps of Flask 3.1.3 within an application context
describe("writing what JavaScript makes", () => {
  const tuple = (...items: Value[]) => keepSource(items, { tuple: true });
  test.each<[string, Value, string]>([
    ["a tuple in a list", [tuple(1, "a")], '[{" t":[1,"a"]}]'],
    ["bytes", { b: new Uint8Array([0, 255]) }, '{"b":{" b":"AP8="}}'],
    ["a date", { d: new Date(1e12) }, '{"d":{" d":"Sun, 09 Sep 2001 01:46:40 GMT"}}'],
    ["Markup", new Foreign("markupsafe.Markup", "<i>"), '{" m":"<i>"}'],
    [
      "a UUID with dashes",
      new Foreign("uuid.UUID", "12345678-1234-5678-1234-567812345678"),
      '{" u":"12345678123456781234567812345678"}',
    ],
    ["an object that looks like a tag", { " t": [1] }, '{" di":{" t__":[1]}}'],
    ["a tag within one", { " b": { " b": 1 } }, '{" di":{" b__":{" di":{" b__":1}}}}'],
    [
      "keys in code point order",
      { "\u{1f36a}": 1, "\ue000": 2, a: 3 },
      '{"a":3,"\\ue000":2,"\\ud83c\\udf6a":1}',
    ],
  ])("%s", (_, value, json) => {
    expect(writeTaggedJson(value, modern)).toBe(json);
  });

  test.each<[string, Value]>([
    ["a set", new Set([1])],
    ["another class", new Foreign("decimal.Decimal", "1")],
    ["a UUID that is none", new Foreign("uuid.UUID", "x")],
    ["an invalid date", new Date(Number.NaN)],
  ])("refuses %s", (_, value) => {
    expect(() => writeTaggedJson({ value }, modern)).toThrow(TypeError);
  });

  test("refuses what is no value at all, and a cycle", () => {
    const cycle: Value[] = [];
    cycle.push(cycle);
    for (const value of [undefined, () => 1, new Map(), cycle]) {
      expect(() => writeTaggedJson({ value: value as unknown as Value }, modern)).toThrow(TypeError);
    }
  });
});

describe("hostile payloads", () => {
  test.each(['{" t":['.repeat(3000), `${"[".repeat(5000)}${"]".repeat(5000)}`, '{" di":{"a":'.repeat(5000)])(
    "%#: nesting fails cleanly",
    (text) => {
      const read = readTaggedJson(text, modern, limits);
      expect(read.ok ? "ok" : read.code).toBe("bad-payload");
    },
  );

  test("braces around a UUID cost no more than reading them", () => {
    const started = performance.now();
    const read = readTaggedJson(`{" u":"x${"{".repeat(1 << 19)}x"}`, modern, limits);
    expect(read.ok).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("__proto__ stays data", () => {
    const value = unwrap(readTaggedJson('{"__proto__":{"x":1}," t":[]}', modern, limits));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(notation(value)).toEqual({
      $object: [
        ["__proto__", { $object: [["x", "number 1"]] }],
        [" t", []],
      ],
    });
  });
});
