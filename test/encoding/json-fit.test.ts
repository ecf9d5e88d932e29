import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import { fitJson } from "../../src/encoding/json-fit.ts";
import { readPickle } from "../../src/encoding/pickle.ts";
import { Foreign, keepSource, type Value } from "../../src/encoding/values.ts";

const FITS = { misfit: undefined, tuples: false, keys: false };

/** Text of protocol 0, as Python's pickle.dumps writes it. */
const unpickle = (text: string): Value =>
  unwrap(readPickle(new TextEncoder().encode(text), { maxDepth: 100 })).value;

describe("JSON holds", () => {
  test.each([[null], [true], [1.5], [Number.NaN], [2n ** 70n], ["text"], [[1, [2]]], [{ a: { b: [] } }]])(
    "%s",
    (value) => expect(fitJson(value)).toEqual(FITS),
  );
});

describe("the first misfit has a place", () => {
  test.each<[string, Value, string, string]>([
    ["a date", { at: new Date(0) }, "at", "a date"],
    ["bytes", { a: [1, new Uint8Array(1)] }, "a[1]", "bytes"],
    ["a set", { a: { b: [{ c: new Set() }] } }, "a.b[0].c", "a set"],
    ["a class", { a: 1, price: new Foreign("decimal.Decimal", "1.5") }, "price", "decimal.Decimal"],
    ["the value itself", new Set(), "", "a set"],
    ["the first of two", { b: new Set(), a: new Date(0) }, "b", "a set"],
  ])("%s", (_, value, path, what) => expect(fitJson(value).misfit).toEqual({ path, what }));

  test("a long path is cut", () => {
    const path = fitJson({ ["k".repeat(5000)]: new Set() }).misfit?.path ?? "";
    expect(path.length).toBeLessThan(300);
  });
});

test("tuples are seen wherever they stand", () => {
  expect(fitJson({ a: [keepSource([1], { tuple: true })] })).toEqual({ ...FITS, tuples: true });
});

describe("keys of a pickle", () => {
  test("numbers, None and booleans become text, as json.dumps makes them", () => {
    expect(fitJson(unpickle("(dp0\nI1\nI2\nsN(dp1\nI01\nI3\nss."))).toEqual({ ...FITS, keys: true });
  });

  test("text stays text", () => {
    expect(fitJson(unpickle("(dp0\nVa\np1\nI2\ns."))).toEqual(FITS);
  });

  test("json.dumps refuses a tuple as a key", () => {
    expect(fitJson(unpickle("(dp0\nVin\np1\n(dp2\n(I1\nI2\ntp3\nI3\nss.")).misfit).toEqual({
      path: "in",
      what: "an object whose keys are no text",
    });
  });

  test('1 beside "1" has no text of its own', () => {
    expect(fitJson(unpickle("(dp0\nI1\nI2\nsV1\np1\nI3\ns.")).misfit).toMatchObject({ path: "" });
  });
});
