import { expect, test } from "vitest";
import { formatDuration, isoTime, parseDuration } from "../../src/core/duration.ts";

test.each([
  [0, "0 seconds"],
  [0.9, "0 seconds"],
  [1, "1 second"],
  [59, "59 seconds"],
  [60, "1 minute"],
  [3599, "59 minutes"],
  [3600, "1 hour"],
  [86_400, "1 day"],
  [1_209_600, "14 days"],
  [2_629_800, "30 days"],
  [3 * 2_629_800, "3 months"],
  [31_557_600, "1 year"],
  [31_557_600 + 5 * 2_629_800, "1 year 5 months"],
  [-7200, "2 hours"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each<[string, number | null | undefined]>([
  ["90", 90],
  ["90s", 90],
  ["15m", 900],
  ["12h", 43_200],
  ["14d", 1_209_600],
  ["2w", 1_209_600],
  ["1.5h", 5400],
  ["-1", -1],
  ["0", 0],
  [" 5 ", 5],
  ["none", null],
  ["", undefined],
  ["d", undefined],
  ["1y", undefined],
  ["1e3", undefined],
  ["1 d", undefined],
  ["14D", undefined],
  ["1d2h", undefined],
  ["Infinity", undefined],
  ["NaN", undefined],
])("%j is %s seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each<[number, string | null]>([
  [0, "1970-01-01T00:00:00Z"],
  [1_710_000_000, "2024-03-09T16:00:00Z"],
  [1.5, "1970-01-01T00:00:01.500Z"],
  [-62, "1969-12-31T23:58:58Z"],
  [8.64e12, "+275760-09-13T00:00:00Z"],
  [8.64e12 + 1, null],
  [Number.POSITIVE_INFINITY, null],
  [Number.NaN, null],
])("%d is %s", (seconds, text) => {
  expect(isoTime(seconds)).toBe(text);
});
