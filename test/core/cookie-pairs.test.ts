import { describe, expect, test } from "vitest";
import { readLiteral } from "../../src/core/cookie-input.ts";
import { readPairs } from "../../src/core/cookie-pairs.ts";

const SIGNED = "eyJhIjoxfQ:1ufj2f:abc-DEF_0";

describe("readPairs", () => {
  test.each([
    SIGNED,
    `sessionid=${SIGNED}`,
    `sessionid="${SIGNED}"`,
    `theme=dark; sessionid=${SIGNED}`,
    `Cookie: theme=dark; sessionid=${SIGNED}`,
    `cookie:\tsessionid=${SIGNED}`,
    "cookie:1ufj2f:abc",
    "eyJhIjoxfQ==",
    "eyJhIjoxfQ==--0123456789abcdef",
    ` ${SIGNED}`,
    "a=1; $Version=1; a=2",
    "=; =",
    "",
  ])("reads %j as readLiteral does", (text) => {
    expect(readPairs(text)).toEqual(readLiteral(text));
  });

  test("takes the attributes of Set-Cookie for cookies too", () => {
    const { cookies } = readPairs(`Set-Cookie: sessionid=${SIGNED}; Path=/; HttpOnly`);
    expect(cookies.map(({ name, headerText }) => [name, headerText])).toEqual([
      ["sessionid", SIGNED],
      ["Path", "/"],
      [undefined, "HttpOnly"],
    ]);
  });

  test("knows no other notation", () => {
    const text = `curl -b 'sessionid=${SIGNED}' http://127.0.0.1/`;
    expect(readPairs(text).cookies[0]?.headerText).toBe(text);
  });
});
