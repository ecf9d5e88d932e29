import { describe, expect, test } from "vitest";
import { quotePythonCookie, unquotePythonCookie } from "../../src/encoding/python-cookie.ts";

/** From SimpleCookie().value_encode of CPython 3.11 and 3.13. */
const QUOTED: readonly (readonly [string, string])[] = [
  ["plain", "plain"],
  ["eyJhIjoxfQ:1uZ0Ab:x-y_z", "eyJhIjoxfQ:1uZ0Ab:x-y_z"],
  ["~!#$%&'*+-.^_`|", "~!#$%&'*+-.^_`|"],
  ["a b", '"a b"'],
  ["a,b;c", '"a\\054b\\073c"'],
  ['q"q', '"q\\"q"'],
  ["b\\s", '"b\\\\s"'],
  ["\u00e9", '"\\351"'],
  ["\u00ff", '"\\377"'],
  ["\u4e2d\u{1f36a}", '"\u4e2d\u{1f36a}"'],
  ["\n\u0000\u007f", '"\\012\\000\\177"'],
  ["a/b=", '"a/b="'],
  ["(x)[]{}<>?@", '"(x)[]{}<>?@"'],
];

test.each(QUOTED)("%j is quoted as %s and back", (value, text) => {
  expect(quotePythonCookie(value)).toBe(text);
  expect(unquotePythonCookie(text)).toBe(value);
});

/** From http.cookies._unquote of CPython 3.11 and 3.13. */
describe("unquoting what SimpleCookie does not write", () => {
  test.each([
    ['""', ""],
    ['"', '"'],
    ['"a', '"a'],
    ['a"', 'a"'],
    ["a\\054b", "a\\054b"],
    ['"\\"', "\\"],
    ['"\\08"', "08"],
    ['"\\400"', "400"],
    ['"\\0541"', ",1"],
    ['"\\\\054"', "\\054"],
    ['"a\\"', "a\\"],
    ['"\\n\\t"', "nt"],
    ['"\\\u00e9"', "\u00e9"],
    ['"\\\n"', "\\\n"],
  ])("%j is %j", (text, value) => {
    expect(unquotePythonCookie(text)).toBe(value);
  });
});

test("a megabyte of backslashes is read at once", () => {
  expect(unquotePythonCookie(`"${"\\".repeat(1_000_000)}"`)).toHaveLength(500_000);
});
