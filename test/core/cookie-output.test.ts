import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readLiteral, readPasted } from "../../src/core/cookie-input.ts";
import {
  formatCookieHeader,
  formatCurl,
  formatNetscape,
  formatPlaywright,
  formatSetCookie,
} from "../../src/core/cookie-output.ts";
import type { CookieAttributes } from "../../src/core/pasted.ts";

interface Morsel {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly attributes: {
    readonly domain?: string;
    readonly expires?: string;
    readonly httponly?: boolean;
    readonly "max-age"?: number;
    readonly path?: string;
    readonly samesite?: "Lax" | "Strict" | "None";
    readonly secure?: boolean;
  };
  readonly header: string;
}

const morsels: Morsel[] = readFileSync(
  new URL("../../fixtures/cookie-text/set-cookie.jsonl", import.meta.url),
  "utf8",
)
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

function attributesOf({ attributes }: Morsel): CookieAttributes {
  return {
    domain: attributes.domain,
    expires: attributes.expires === undefined ? undefined : Date.parse(attributes.expires) / 1000,
    httpOnly: attributes.httponly,
    maxAge: attributes["max-age"],
    path: attributes.path,
    sameSite: attributes.samesite,
    secure: attributes.secure,
  };
}

describe("Set-Cookie", () => {
  test.each(morsels)("$id: as Python writes it", (morsel) => {
    const value = morsel.value === "" ? '""' : morsel.value;
    expect(formatSetCookie({ name: morsel.name, value }, attributesOf(morsel))).toBe(morsel.header);
  });

  test.each(morsels)("$id: Python's is read back", (morsel) => {
    const cookie = readPasted(`Set-Cookie: ${morsel.header}`).cookies[0];
    expect(cookie?.readings.map(({ value }) => value)).toContain(morsel.value);
    const given = Object.entries(attributesOf(morsel)).filter(([, value]) => value !== undefined);
    expect(cookie?.attributes).toEqual(Object.fromEntries(given));
  });
});

const pairs = [
  { name: "session", value: "eyJhIjoxfQ==" },
  { name: "session.sig", value: '"it\'s $HOME `x` \\054!"' },
];
const header = `session=eyJhIjoxfQ==; session.sig="it's $HOME \`x\` \\054!"`;

test("Cookie header", () => {
  expect(formatCookieHeader(pairs)).toBe(header);
});

test("curl, quoted for a POSIX shell", () => {
  expect(formatCurl([{ name: "a", value: "it's" }])).toBe("curl -b 'a=it'\\''s'");
  expect(formatCurl([{ name: "a", value: "b" }], "http://127.0.0.1:8000/me?a=1&b=2")).toBe(
    "curl -b 'a=b' 'http://127.0.0.1:8000/me?a=1&b=2'",
  );
});

test("Netscape jar", () => {
  const attributes = { domain: "localhost", httpOnly: true, expires: 2000000000.5 };
  expect(formatNetscape([{ name: "a", value: "b=" }], attributes)).toBe(
    "# Netscape HTTP Cookie File\n#HttpOnly_localhost\tFALSE\t/\tFALSE\t2000000000\ta\tb=\n",
  );
  expect(
    formatNetscape([{ name: "a", value: "b" }], { domain: ".example.com", path: "/x", secure: true }),
  ).toBe("# Netscape HTTP Cookie File\n.example.com\tTRUE\t/x\tTRUE\t0\ta\tb\n");
});

test("Playwright storageState", () => {
  const cookies = formatPlaywright([{ name: "a", value: "b" }], {
    url: "https://example.com:8000/x",
    httpOnly: true,
  });
  expect(cookies).toEqual({
    cookies: [
      {
        name: "a",
        value: "b",
        domain: "example.com",
        path: "/",
        expires: -1,
        httpOnly: true,
        secure: true,
        sameSite: "Lax",
      },
    ],
    origins: [],
  });
  expect(
    formatPlaywright([{ name: "a", value: "b" }], { url: "http://127.0.0.1:8000" }).cookies[0],
  ).toMatchObject({
    domain: "127.0.0.1",
    secure: false,
  });
});

test.each([
  ["a Cookie header", `Cookie: ${formatCookieHeader(pairs)}`],
  ["a curl command", formatCurl(pairs, "http://localhost/")],
  ["a jar", formatNetscape(pairs, { domain: "localhost", httpOnly: true })],
])("%s gives the same cookies back", (_, text) => {
  const cookies = readLiteral(text).cookies;
  expect(cookies.map(({ name, headerText }) => ({ name, value: headerText }))).toEqual(pairs);
});

describe("what would break out of its place", () => {
  const attributes = { domain: "localhost", url: "http://localhost/" };
  const writers = {
    header: (name: string, value: string) => formatCookieHeader([{ name, value }]),
    "Set-Cookie": (name: string, value: string) => formatSetCookie({ name, value }),
    curl: (name: string, value: string) => formatCurl([{ name, value }]),
    jar: (name: string, value: string) => formatNetscape([{ name, value }], attributes),
    storageState: (name: string, value: string) => formatPlaywright([{ name, value }], attributes),
  };
  test.each(Object.entries(writers))("%s", (_, write) => {
    for (const value of ["a\r\nSet-Cookie: b=c", "a\nb", "a\0b", "a;b", "a\tb", "\x7f"]) {
      expect(() => write("n", value)).toThrow(TypeError);
    }
    for (const name of ["", "a b", "a=b", "a;b", "a\nb", "\u00e9"]) {
      expect(() => write(name, "v")).toThrow(TypeError);
    }
  });

  test.each<CookieAttributes>([
    { path: "/; Domain=evil" },
    { path: "x" },
    { path: "/\n" },
    { domain: "a;b" },
    { domain: "#a" },
    { domain: "" },
    { expires: Number.NaN },
    { expires: 253_402_300_800 },
    { maxAge: Number.POSITIVE_INFINITY },
  ])("attribute %j", (attribute) => {
    expect(() => formatSetCookie({ name: "a", value: "b" }, attribute)).toThrow(TypeError);
  });

  test("a URL that is not absolute", () => {
    expect(() => formatCurl([{ name: "a", value: "b" }], "-o/etc/passwd")).toThrow(TypeError);
  });
});
