import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { toHex } from "../../src/encoding/hex.ts";
import { decodeNodeBase64 } from "../../src/encoding/node-base64.ts";

interface Decoded {
  readonly id: string;
  readonly text: string;
  readonly hex: string;
}

const decoded = readFileSync(new URL("../../fixtures/cookie-session/base64.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Decoded);

describe("what Node's Buffer decoded", () => {
  test.each(decoded)("$id", ({ text, hex }) => {
    expect(toHex(decodeNodeBase64(text))).toBe(hex);
  });
});

test("a long text of junk gives no bytes", () => {
  expect(decodeNodeBase64("!".repeat(1_000_000))).toHaveLength(0);
});
