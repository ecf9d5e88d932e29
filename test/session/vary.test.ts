import { expect, test } from "vitest";
import { mergeVary } from "../../src/session/index.ts";

/** Present, field, result, from `patch_vary_headers` of Django 5.2.18. */
test.each([
  [undefined, "Cookie", "Cookie"],
  ["Cookie", "Cookie", "Cookie"],
  ["cookie", "Cookie", "cookie"],
  ["COOKIE", "Cookie", "COOKIE"],
  ["X-Cookie", "Cookie", "X-Cookie, Cookie"],
  ["Accept-Encoding", "Cookie", "Accept-Encoding, Cookie"],
  ["Accept-Encoding, Cookie", "Cookie", "Accept-Encoding, Cookie"],
  ["Accept-Encoding,accept-language", "Cookie", "Accept-Encoding, accept-language, Cookie"],
  ["Cookie    ,     Accept-Encoding", "cookie", "Cookie, Accept-Encoding"],
  ["*", "Cookie", "*"],
  ["Accept-Language, *", "Cookie", "*"],
  ["Accept-Encoding", "*", "*"],
])("%j and %j: %j", (present, field, merged) => {
  expect(mergeVary(present, field)).toBe(merged);
});

test("empty parts of a header are no fields", () => {
  expect(mergeVary("", "Cookie")).toBe("Cookie");
  expect(mergeVary(", Accept,,", "Cookie")).toBe("Accept, Cookie");
});
