import { describe, expect, test } from "vitest";
import {
  Foreign,
  isObject,
  keepSource,
  keysInOrder,
  setKey,
  sourceOf,
  type Value,
  type ValueObject,
} from "../../src/encoding/values.ts";

describe("isObject", () => {
  test.each<[string, Value, boolean]>([
    ["an object", {}, true],
    ["one without a prototype", Object.create(null), true],
    ["null", null, false],
    ["an array", [], false],
    ["a date", new Date(0), false],
    ["bytes", new Uint8Array(), false],
    ["a set", new Set<Value>(), false],
    ["a foreign object", new Foreign("a.B", null), false],
    ["a string", "{}", false],
  ])("%s: %#", (_, value, expected) => {
    expect(isObject(value)).toBe(expected);
  });
});

test("setKey sets __proto__ as data and leaves the prototype alone", () => {
  const target: ValueObject = {};
  setKey(target, "__proto__", { admin: true });
  setKey(target, "constructor", 1);
  expect(Object.keys(target)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
  expect("admin" in target).toBe(false);
  setKey(target, "__proto__", 2);
  expect(JSON.stringify(target)).toBe('{"__proto__":2,"constructor":1}');
});

describe("sources", () => {
  test("are kept beside a container and not beside its copy", () => {
    const list = keepSource([1], { tuple: true });
    expect(sourceOf(list)).toEqual({ tuple: true });
    expect(sourceOf([...list])).toBeUndefined();
    expect(Object.keys(list)).toEqual(["0"]);
  });

  test("order keys: the source's without the removed ones, then the added ones", () => {
    const object: Record<string, Value> = keepSource({ "1": 1, "2": 2, b: 3 }, { order: ["b", "2", "1"] });
    expect(keysInOrder(object)).toEqual(["b", "2", "1"]);
    delete object["2"];
    object.c = 4;
    object["0"] = 5;
    expect(keysInOrder(object)).toEqual(["b", "1", "0", "c"]);
  });

  test("a key named like a method of Object is only a key", () => {
    const object: Record<string, Value> = keepSource({ a: 1 }, { order: ["toString", "a"] });
    expect(keysInOrder(object)).toEqual(["a"]);
  });
});
