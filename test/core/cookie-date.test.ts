import { expect, test } from "vitest";
import { parseCookieDate } from "../../src/core/cookie-date.ts";

/** The three spellings of RFC 9110, section 5.6.7, all the same moment, and what browsers take besides. */
test.each([
  "Sun, 06 Nov 1994 08:49:37 GMT",
  "Sunday, 06-Nov-94 08:49:37 GMT",
  "Sun Nov  6 08:49:37 1994",
  "6 november 1994 8:49:37",
])("%s", (text) => {
  expect(parseCookieDate(text)).toBe(Date.parse("1994-11-06T08:49:37Z") / 1000);
});

test.each([
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["Thu, 29-Feb-24 00:00:00 GMT", Date.parse("2024-02-29T00:00:00Z") / 1000],
  ["Fri, 31 Dec 9999 23:59:59 GMT", Date.parse("9999-12-31T23:59:59Z") / 1000],
])("%s", (text, seconds) => {
  expect(parseCookieDate(text)).toBe(seconds);
});

test.each([
  "",
  "soon",
  "Thu, 30 Feb 2024 00:00:00 GMT",
  "01 Jan 1600 00:00:00",
  "01 Jan 2024 24:00:00",
  "01 Jan 2024",
])("%j is no date", (text) => {
  expect(parseCookieDate(text)).toBeUndefined();
});
