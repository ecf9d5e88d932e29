import { describe, expect, test } from "vitest";
import { applySet } from "../../src/cli/edit.ts";
import { UsageError } from "../../src/cli/errors.ts";
import { formats } from "../../src/cli/options.ts";
import type { AnyFormat } from "../../src/core/guide.ts";
import { unwrap } from "../../src/core/result.ts";
import { parsePythonJson, writePythonJson } from "../../src/encoding/python-json.ts";

const format = formats.django as AnyFormat;
const options = format.settle({});

/** The JSON that edits make of a JSON text, written as Python writes it. */
function edited(text: string, ...assignments: readonly string[]): string {
  let value = unwrap(parsePythonJson(text, { maxDepth: 100 }));
  for (const assignment of assignments) value = applySet(value, assignment, format, options);
  return writePythonJson(value);
}

describe("--set", () => {
  test.each([
    ["a=1", '{"a":1}'],
    ["a=text", '{"a":"text"}'],
    ['a="1"', '{"a":"1"}'],
    ["a=", '{"a":""}'],
    ["a=null", '{"a":null}'],
    ["a=NaN", '{"a":NaN}'],
    ["a=1.50", '{"a":1.5}'],
    ["a=1.0", '{"a":1.0}'],
    ["a=1E5", '{"a":100000.0}'],
    ["a=1.5e-7", '{"a":1.5e-07}'],
    ["a=18446744073709551616", '{"a":18446744073709551616}'],
    ["a=[1,{}]", '{"a":[1,{}]}'],
    ["a={b}", '{"a":"{b}"}'],
    ["a=1,2", '{"a":"1,2"}'],
    ["a=x=y", '{"a":"x=y"}'],
    ["a.b.c=1", '{"a":{"b":{"c":1}}}'],
    ["a\\.b=1", '{"a.b":1}'],
    ["__proto__.x=1", '{"__proto__":{"x":1}}'],
    ["constructor.prototype=1", '{"constructor":{"prototype":1}}'],
    ["a b=1", '{"a b":1}'],
  ])("%s makes %s", (assignment, expected) => {
    expect(edited("{}", assignment)).toBe(expected);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  test.each([
    [
      "what is not touched keeps its order and spelling",
      '{"10":1.0,"2":1e3,"a":[1.0,2]}',
      ["b=1"],
      '{"10":1.0,"2":1e3,"a":[1.0,2],"b":1}',
    ],
    ["a number of the same value takes the new spelling", '{"a":1.0}', ["a=1"], '{"a":1}'],
    ["and a new value none of the old", '{"a":1.0,"b":2.0}', ["a=x"], '{"a":"x","b":2.0}'],
    ["an index of a list", '{"a":[1.0,2]}', ["a.1=x"], '{"a":[1.0,"x"]}'],
    ["the end of a list", '{"a":[1]}', ["a.1=2", "a.2=3"], '{"a":[1,2,3]}'],
    ["inside a list", '[{"a":1}]', ["0.a=2"], '[{"a":2}]'],
    ["in order", "{}", ["a=1", "a=2", "b=3"], '{"a":2,"b":3}'],
  ])("%s", (_, text, assignments, expected) => {
    expect(edited(text, ...assignments)).toBe(expected);
  });

  test.each([
    ["{}", "a", "not key=value"],
    ["{}", "=1", "not key=value"],
    ['{"a":1}', "a.b=1", '"a" holds a value'],
    ['{"a":null}', "a.b=1", '"a" holds a value'],
    ['{"a":[1]}', "a.2=1", "not an index of a list of 1"],
    ['{"a":[1]}', "a.x=1", "not an index"],
    ['{"a":[1]}', "a.-1=1", "not an index"],
    ['"text"', "a=1", "the payload is not an object"],
    ["1", "a=1", "the payload is not an object"],
  ])("%s: %s is refused", (text, assignment, message) => {
    expect(() => edited(text, assignment)).toThrow(UsageError);
    expect(() => edited(text, assignment)).toThrow(message);
  });

  test("a long assignment is not repeated whole", () => {
    expect(() => edited("{}", "x".repeat(1000))).toThrow(/^.{0,80}$/);
  });
});
