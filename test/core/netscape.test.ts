import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseJar } from "../../src/core/netscape.ts";

interface Saved {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  readonly expires: number | null;
  readonly httpOnly: boolean;
}

const fixture = new URL("../../fixtures/cookie-text/jar.jsonl", import.meta.url);
const jar: { text: string; cookies: Saved[] } = JSON.parse(readFileSync(fixture, "utf8"));

test("a jar that Python saved", () => {
  const expected = jar.cookies.map(({ name, value, expires, ...attributes }) => {
    return { name, text: value, attributes: { ...attributes, ...(expires !== null && { expires }) } };
  });
  expect(parseJar(jar.text)).toEqual(expected);
});

test("a line without its last field has an empty value", () => {
  expect(parseJar("x\tFALSE\t/\tFALSE\t0\tn")).toMatchObject([{ name: "n", text: "" }]);
});

test.each(["a\tb\tc\td\te\tf\tg", "x\tTRUE\t/\tTRUE\tsoon\tn\tv", "x\tTRUE\t/\tTRUE\t0", "a\tb"])(
  "%j is no line of a jar",
  (line) => {
    expect(parseJar(line)).toEqual([]);
  },
);
