import { describe, expect, test } from "vitest";
import { readHar, readStorageState } from "../../src/core/cookie-input.ts";
import { unwrap } from "../../src/core/result.ts";

const har = (...entries: unknown[]) => JSON.stringify({ log: { version: "1.2", entries } });

function names(text: string): (string | undefined)[] {
  return unwrap(readHar(text)).map(({ name, headerText }) => `${name}=${headerText}`);
}

describe("HAR", () => {
  test("the headers hold the exact text, and win over the lists", () => {
    const request = {
      headers: [{ name: "Cookie", value: 'a="1"; b=%32' }],
      cookies: [
        { name: "a", value: "1" },
        { name: "b", value: "2" },
      ],
    };
    const response = { headers: [{ name: "set-cookie", value: "c=3; Path=/\nd=4; Secure" }], cookies: [] };
    expect(names(har({ request, response }))).toEqual(['a="1"', "b=%32", "c=3", "d=4"]);
  });

  test("the lists, in order, each name and value once", () => {
    const one = { name: "a", value: "1" };
    const entries = [
      { request: { cookies: [one] }, response: { cookies: [{ name: "a", value: "2", httpOnly: true }] } },
      { request: { cookies: [{ name: "a", value: "2" }, one] }, response: {} },
    ];
    expect(names(har(...entries))).toEqual(["a=1", "a=2"]);
  });

  test("attributes of the list", () => {
    const cookie = {
      name: "a",
      value: "1",
      path: "/",
      expires: "2024-08-05T14:35:09.000Z",
      sameSite: "Lax",
      secure: false,
    };
    expect(unwrap(readHar(har({ response: { cookies: [cookie] } })))[0]?.attributes).toEqual({
      path: "/",
      expires: 1722868509,
      sameSite: "Lax",
      secure: false,
    });
  });

  test("entries of no known shape are passed over", () => {
    const odd = { request: { headers: [null, { name: "Cookie" }], cookies: {} }, response: 1 };
    expect(names(har(null, 1, [], odd))).toEqual([]);
  });

  test("a byte order mark", () => {
    expect(names(`\ufeff${har()}`)).toEqual([]);
  });

  test.each(["", "{", "null", "{}", '{"log":{}}', '{"log":{"entries":{}}}', "[".repeat(100_000)])(
    "malformed: %.30s",
    (text) => {
      expect(readHar(text)).toMatchObject({ ok: false, code: "malformed" });
    },
  );
});

describe("storageState", () => {
  test("Playwright's own shape", () => {
    const cookie = {
      name: "sessionid",
      value: "abc",
      domain: "127.0.0.1",
      path: "/",
      expires: -1,
      httpOnly: true,
      secure: false,
      sameSite: "Lax",
    };
    expect(unwrap(readStorageState(JSON.stringify({ cookies: [cookie], origins: [] })))).toEqual([
      {
        name: "sessionid",
        headerText: "abc",
        readings: [{ value: "abc", layers: ["json"] }],
        attributes: { domain: "127.0.0.1", path: "/", httpOnly: true, secure: false, sameSite: "Lax" },
      },
    ]);
  });

  test.each(["", "[]", "{}", '{"cookies":1}'])("malformed: %s", (text) => {
    expect(readStorageState(text)).toMatchObject({ ok: false, code: "malformed" });
  });
});
