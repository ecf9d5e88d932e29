import { expect, test } from "vitest";
import { slowFrom } from "../../src/fuzz/slow.ts";

test.each([
  [[1, 2, 3], 500],
  [[900, 25, 26, 24, 1], 500],
  [[40, 9_000, 50, 45, 60], 1_000],
  [[], 500],
])("usual answers of %j ms are slow from %d ms", (usual, expected) => {
  expect(slowFrom(usual.map((milliseconds) => ({ milliseconds })))).toBe(expected);
});
