import { expect, test } from "vitest";
import type { CookieAttributes } from "../../src/core/pasted.ts";
import { parseSetCookie } from "../../src/core/set-cookie.ts";

test.each<[string, string, CookieAttributes]>([
  [
    "Django 5",
    "sessionid=x; expires=Mon, 05 Aug 2024 14:35:09 GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax",
    { expires: 1722868509, httpOnly: true, maxAge: 1209600, path: "/", sameSite: "Lax" },
  ],
  ["Flask 3", "session=x; HttpOnly; Path=/", { httpOnly: true, path: "/" }],
  [
    "Express 4",
    "connect.sid=s%3Ax.y; Path=/; Expires=Mon, 05 Aug 2024 14:35:09 GMT; HttpOnly; Secure; SameSite=None",
    { path: "/", expires: 1722868509, httpOnly: true, secure: true, sameSite: "None" },
  ],
  ["cookie-session", "session=x; path=/; httponly", { path: "/", httpOnly: true }],
  [
    "odd case",
    "a=b; DOMAIN=.example.com;SAMESITE=STRICT ; max-age=-1",
    { domain: ".example.com", sameSite: "Strict", maxAge: -1 },
  ],
  [
    "what a browser ignores",
    "a=b; Path=x; Max-Age=1.5; Expires=soon; SameSite=maybe; Color=red; __proto__=1",
    {},
  ],
])("%s", (_, header, attributes) => {
  expect(parseSetCookie(header)).toMatchObject([{ attributes }]);
  expect(parseSetCookie(header)[0]?.attributes).toEqual(attributes);
});

test("keeps the value exact", () => {
  expect(parseSetCookie('n="a\\054b%20, c=d"; Path=/')).toMatchObject([
    { name: "n", text: '"a\\054b%20, c=d"' },
  ]);
});
