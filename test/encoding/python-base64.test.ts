import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodePythonBase64 } from "../../src/encoding/python-base64.ts";

interface Line {
  text: string;
  bytes?: string;
  error?: string;
}

const fixture = new URL("../../fixtures/platform/base64.jsonl", import.meta.url);
const lines = readFileSync(fixture, "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Line => JSON.parse(line));

function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

test("the fixture has both outcomes, and characters that take several bytes", () => {
  expect(lines.filter((line) => line.bytes !== undefined).length).toBeGreaterThan(100);
  expect(lines.filter((line) => line.error !== undefined).length).toBeGreaterThan(100);
  expect(lines.filter((line) => /[^\0-\x7f]/.test(line.text)).length).toBeGreaterThan(50);
});

test.each(lines)("$id: $text", ({ text, bytes }) => {
  expect(hex(decodePythonBase64(text))).toBe(bytes);
});
