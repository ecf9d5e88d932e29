import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatHttpDate, parseHttpDate } from "../../src/encoding/http-date.ts";

interface Line {
  readonly text: string;
  readonly date: string | null;
}
const lines = readFileSync(new URL("../../fixtures/flask/dates.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);

describe("reading as Werkzeug does", () => {
  test.each(lines)("$text", ({ text, date }) => {
    expect(parseHttpDate(text)?.toISOString() ?? null).toBe(date);
  });

  test("a text of a megabyte is no date", () => {
    expect(parseHttpDate("1 ".repeat(1 << 19))).toBeUndefined();
  });
});

describe("writing", () => {
  // email.utils.format_datetime(…, usegmt=True) of CPython 3.11
  test.each([
    ["2024-02-29T04:05:06.999Z", "Thu, 29 Feb 2024 04:05:06 GMT"],
    ["0077-01-02T00:00:00.000Z", "Sat, 02 Jan 0077 00:00:00 GMT"],
    ["9999-12-31T23:59:59.000Z", "Fri, 31 Dec 9999 23:59:59 GMT"],
  ])("%s", (iso, text) => {
    expect(formatHttpDate(new Date(iso))).toBe(text);
  });

  test.each(["+010000-01-01T00:00:00.000Z", "0000-12-31T23:59:59.000Z", "not a date"])(
    "refuses %s",
    (iso) => {
      expect(() => formatHttpDate(new Date(iso))).toThrow(TypeError);
    },
  );
});
