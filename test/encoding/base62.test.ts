import { expect, test } from "vitest";
import { decodeBase62, encodeBase62 } from "../../src/encoding/base62.ts";

/** From b62_encode of Django 4.2.28. */
const ENCODED: readonly (readonly [number, string])[] = [
  [0, "0"],
  [1, "1"],
  [9, "9"],
  [10, "A"],
  [35, "Z"],
  [36, "a"],
  [61, "z"],
  [62, "10"],
  [3843, "zz"],
  [3844, "100"],
  [-1, "-1"],
  [-62, "-10"],
  [1_700_000_000, "1r31eq"],
  [1_710_000_000, "1riz7A"],
  [2 ** 31, "2LKcb2"],
  [2 ** 53 - 1, "fFgnDxSe7"],
];

test.each(ENCODED)("%d is %s", (value, text) => {
  expect(encodeBase62(value)).toBe(text);
  expect(decodeBase62(text)).toBe(value);
});

/** From b62_decode of Django 4.2.28, which raises where undefined stands. */
test.each<[string, number | undefined]>([
  ["-", 0],
  ["-0", 0],
  ["0001", 1],
  ["zzzzzz", 56_800_235_583],
  ["-zz", -3843],
  ["", undefined],
  ["--1", undefined],
  ["1-", undefined],
  ["+1", undefined],
  [" 1", undefined],
  ["1_", undefined],
  ["\u0661", undefined],
])("%j is read as %s", (text, value) => {
  expect(decodeBase62(text)).toBe(value);
});

test("a number beyond every double is infinite", () => {
  expect(decodeBase62("z".repeat(400))).toBe(Number.POSITIVE_INFINITY);
  expect(decodeBase62(`-${"z".repeat(400)}`)).toBe(Number.NEGATIVE_INFINITY);
});
