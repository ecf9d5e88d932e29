import { afterEach, describe, expect, test, vi } from "vitest";
import { readExpiry, writeExpiry } from "../../src/session/expiry.ts";
import type { Session } from "../../src/session/index.ts";
import { readLines } from "../contract.ts";
import { make, NOW, visit } from "./support.ts";

describe("moments", () => {
  /** `isoformat()` of Python 3.13, the same moment in whole milliseconds, and Django's age at 1715000000. */
  const moments: [string, number, number][] = [
    ["2024-05-06T07:08:09+00:00", 1714979289000, -20711],
    ["2024-05-06T07:08:09.250000+00:00", 1714979289250, -20711],
    ["2024-05-06T07:08:09.000123+00:00", 1714979289000, -20711],
    ["2024-05-06T07:08:09.999999+05:45", 1714958589999, -41411],
    ["2024-05-06T07:08:09-09:30", 1715013489000, 13489],
    ["1890-01-01T00:00:00+00:19:32", -2524522772000, -4239522772],
    ["2024-05-06T07:08:09.001000+01:02:03", 1714975566001, -24434],
    ["2024-05-06T07:08:09.001000+01:02:03.500000", 1714975565501, -24435],
    ["2024-05-06T07:08:09.001000-01:02:03", 1714983012001, -16988],
    ["2024-10-27T02:30:00+01:00", 1729992600000, 14992600],
    ["9999-12-31T23:59:59.999999+00:00", 253402300799999, 251687300799],
    ["0001-01-01T00:00:00+00:00", -62135596800000, -63850596800],
  ];

  test.each(moments)("%s is read", (text, milliseconds) => {
    expect(readExpiry(text)).toEqual(new Date(milliseconds));
  });

  test.each(moments)("%s has Django's age", async (text, _, age) => {
    const session = await make().open(undefined);
    session.set("_session_expiry", text);
    expect(session.getExpiryAge({ modification: new Date(1_715_000_000_000) })).toBe(age);
  });

  test.each([
    ["2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"],
    ["2024-05-06 07:08:09+00:00", "2024-05-06T07:08:09Z"],
    ["2024-05-06T07:08+00:00", "2024-05-06T07:08:00Z"],
    ["2024-05-06T07:08:09.5+00:00", "2024-05-06T07:08:09.500Z"],
  ])("%s too, as fromisoformat() takes it", (text, moment) => {
    expect(readExpiry(text)).toEqual(new Date(moment));
  });

  test.each([
    "1",
    "March 7",
    "Mon, 06 May 2024 07:08:09 GMT",
    "2024-5-6",
    "",
    "2024",
    "never",
    "2024-05-06T07:08:09:10",
  ])("%j, which fromisoformat() refuses, counts as not set", (text) => {
    expect(readExpiry(text)).toBeNull();
  });

  describe("without a zone", () => {
    afterEach(() => {
      vi.unstubAllEnvs();
    });

    test.each([
      ["America/New_York", "2024-05-06T11:08:09.250Z"],
      ["Asia/Kathmandu", "2024-05-06T01:23:09.250Z"],
    ])("local time: %s", (zone, moment) => {
      vi.stubEnv("TZ", zone);
      expect(readExpiry("2024-05-06T07:08:09.250000")).toEqual(new Date(moment));
    });
  });

  /** `isoformat()` of Python 3.13 for the milliseconds. */
  test.each([
    [1710000000000, "2024-03-09T16:00:00+00:00"],
    [1710000000250, "2024-03-09T16:00:00.250000+00:00"],
    [1710000000007, "2024-03-09T16:00:00.007000+00:00"],
    [253402300799999, "9999-12-31T23:59:59.999000+00:00"],
    [-62135596800000, "0001-01-01T00:00:00+00:00"],
    [0, "1970-01-01T00:00:00+00:00"],
  ])("%d ms is written as Python does", (milliseconds, text) => {
    expect(writeExpiry(new Date(milliseconds))).toBe(text);
  });
});

test.each([
  ["no date", new Date(Number.NaN)],
  ["after the year 9999", new Date(253402300800000)],
  ["before the year 1", new Date(-62135596800001)],
  ["half a second", 0.5],
  ["no number", Number.NaN],
  ["endless", Number.POSITIVE_INFINITY],
])("%s is no expiry", async (_, expiry) => {
  const session = await make().open(undefined);
  expect(() => session.setExpiry(expiry)).toThrow(TypeError);
  expect(session.modified).toBe(false);
});

/** Django 3.2's `save()` raises a TypeError after `set_expiry(datetime)` with the JSON serializer, 4.1's stores text. */
test.each([
  ["1.11", false],
  ["3.2", false],
  ["4.0", false],
  ["4.1", true],
  [undefined, true],
])("Django %s: a session ends at a date: %j", async (version, storesDates) => {
  const session = await make({ version }).open(undefined);
  const setDate = () => session.setExpiry(new Date(NOW * 1000));
  if (storesDates) setDate();
  else expect(setDate).toThrow("give seconds");
  expect(session.modified).toBe(storesDates);
  session.setExpiry(60);
  expect(session.getExpiryAge()).toBe(60);
});

test("what is no expiry at all counts as not set", () => {
  for (const value of [null, undefined, true, [], {}, 2n ** 64n]) expect(readExpiry(value)).toBeNull();
});

describe("an expiry that is asked about is not read from the session", () => {
  const modification = new Date(NOW * 1000);

  test("age and date", async () => {
    const session = await make().open("sessionid=garbage:of:some");
    expect(session.getExpiryAge({ modification, expiry: 5 })).toBe(5);
    expect(session.getExpiryDate({ modification, expiry: 5 })).toEqual(new Date((NOW + 5) * 1000));
    expect(session.getExpiryAge({ modification, expiry: null })).toBe(1_209_600);
    expect(session.accessed).toBe(false);
  });
});

describe("the expiries that Django wrote", () => {
  const lines = readLines("django/5.2.18.jsonl");
  const opened = async (id: string): Promise<Session> => {
    const { secret = "", value = "", now = 0 } = lines.find((line) => line.id === id) ?? {};
    return (await visit(make({ secret, now: () => now }), `sessionid=${value}`)).session;
  };

  test.each([
    ["expiry-seconds", 300, false],
    ["expiry-browser-close", 1_209_600, true],
    ["expiry-negative", -5, false],
  ])("%s", async (id, age, close) => {
    const session = await opened(id);
    expect(session.getExpiryAge()).toBe(age);
    expect(session.getExpireAtBrowserClose()).toBe(close);
  });

  test("expiry-moment", async () => {
    const session = await opened("expiry-moment");
    expect(session.getExpiryDate()).toEqual(new Date("2024-05-06T07:08:09Z"));
    expect(session.getExpireAtBrowserClose()).toBe(false);
  });
});
