import { describe, expect, test } from "vitest";
import { joinCookies, readCookies } from "../../src/session/request-cookies.ts";

test.each([
  ["sessionid=a; sessionid=b", "b"],
  ["sessionid=b; x=1; sessionid=", ""],
  ['sessionid="q\\073uoted"', "q;uoted"],
  [" sessionid = spaced ;", "spaced"],
  ["sessionid\t=\ttab", "tab"],
  ["sessionid=a=b", "a=b"],
  ['sessionid="open', '"open'],
  [";;;sessionid=a;;", "a"],
  ["sessionid=\u00e9", "\u00e9"],
  ["sessionid", undefined],
  ["=sessionid", undefined],
  ["SESSIONID=upper", undefined],
  ["xsessionid=1; sessionidx=2", undefined],
  ['"sessionid"=a', undefined],
  ["", undefined],
])("as parse_cookie of Django 5.2.18 reads it: %j", (header, value) => {
  expect(readCookies(header, "sessionid").get("")).toBe(value);
});

describe("chunks", () => {
  const join = (header: string) => joinCookies(readCookies(header, "sid"));

  test("are joined by their numbers, wherever they stand", () => {
    expect(join("sid.1=b; theme=dark; sid.0=a; sid.2=c")).toBe("abc");
    const many = Array.from({ length: 12 }, (_, index) => `sid.${index}=${index}`);
    expect(join(many.reverse().join("; "))).toBe("01234567891011");
  });

  test("end where one is missing", () => {
    expect(join("sid.0=a; sid.2=c")).toBe("a");
    expect(join("sid.1=b; sid.2=c")).toBeUndefined();
  });

  test("do not count where the session is in one cookie", () => {
    expect(join("sid.0=a; sid=whole; sid.1=b")).toBe("whole");
  });

  test.each(["sid.=x", "sid.x=x", "sid.00=x", "sid.01=x", "sid.100=x", "sid.-1=x", "sid.0.0=x", "sid0=x"])(
    "another cookie: %s",
    (header) => {
      expect(readCookies(header, "sid").size).toBe(0);
    },
  );
});
