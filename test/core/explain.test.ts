import { describe, expect, test } from "vitest";
import { type Explanation, explain } from "../../src/core/explain.ts";
import type { AnyFormat } from "../../src/core/guide.ts";
import { makeKeyring, type Secret } from "../../src/core/keyring.ts";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import { formats } from "../../src/formats/index.ts";
import { type Line, readLines } from "../contract.ts";

const releases = new Map(
  ["2.2.28", "3.2.25", "4.2.28", "5.2.18", "6.1.1"].map((release) => [
    release,
    readLines(`django/${release}.jsonl`),
  ]),
);

function django(id: string, release = "5.2.18"): Line & { readonly secret: string } {
  const found = releases.get(release)?.find((line) => line.id === id);
  if (found?.secret === undefined) throw new Error(`no fixture ${id}`);
  return { ...found, secret: found.secret };
}

interface Given {
  readonly value?: string;
  readonly name?: string | undefined;
  readonly secrets?: readonly [Secret, ...Secret[]];
  readonly options?: Record<string, unknown>;
}

function explained(line: Line & { readonly secret: string }, given: Given = {}): Explanation {
  const format = formats.django as unknown as AnyFormat;
  const [secret, ...fallbacks] = given.secrets ?? [line.secret];
  const name = "name" in given ? given.name : line.name;
  return explain({
    format,
    options: format.settle(given.options ?? {}),
    limits: DEFAULT_LIMITS,
    input: { name, value: given.value ?? line.value },
    keyring: makeKeyring(secret, fallbacks),
    name,
  });
}

const cart = django("session-cart");
const { secret } = cart;
const bytes = new TextEncoder().encode(secret);
const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

describe("how the value was copied", () => {
  const text = { ...django("cookie-punctuation") };
  const asCookie = { options: { backend: "signed_cookie", salt: (text.options as { salt?: string }).salt } };
  const spaces = django("cookie-spaces");
  const latin = django("cookie-latin");

  test.each<[string, Line & { readonly secret: string }, string, Given]>([
    ["percent-decoded", cart, encodeURIComponent(cart.value), {}],
    ["quotes removed", cart, `"${cart.value}"`, {}],
    ["quotes removed", cart, `'${cart.value}'`, {}],
    ["white space removed", cart, `${cart.value.slice(0, 60)}\n  ${cart.value.slice(60)}`, {}],
    ["the name in front removed", cart, `sessionid=${cart.value}`, {}],
    ["first semicolon removed", cart, `${cart.value}; Path=/; HttpOnly`, {}],
    ["the last character removed", cart, `${cart.value}.`, {}],
    ["turned into spaces", spaces, spaces.value.replace(" ", "+"), { options: { backend: "signed_cookie" } }],
    ["percent-decoded", spaces, encodeURIComponent(spaces.value), { options: { backend: "signed_cookie" } }],
    ["quotes and escapes decoded", latin, latin.header ?? "", { options: { backend: "signed_cookie" } }],
    ["octal escapes decoded", text, text.value.replace(";", "\\073").replace(",", "\\054"), asCookie],
  ])("%s", (change, line, value, given) => {
    const { nearby } = explained(line, { ...given, value });
    expect(nearby?.change).toContain(change);
    expect(nearby?.meaning).toBeTruthy();
    expect(nearby?.flags).toBe("");
  });
});

describe("how the secret was read", () => {
  test.each<[string, string, string]>([
    ["without the white space around it", `${secret}\n`, ""],
    ["without the white space around it", ` ${secret}`, ""],
    ["without the quotes around it", `'${secret}'`, ""],
    ["without the quotes around it", `"${secret}"`, ""],
    ["read as base64", btoa(secret), "--secret-encoding base64"],
    [
      "read as base64",
      btoa(secret).replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"),
      "--secret-encoding base64",
    ],
    ["read as base64", `base64:${btoa(secret)}`, "--secret-encoding base64"],
    ["read as hex", hex, "--secret-encoding hex"],
    ["without the byte order mark in front of it", `\ufeff${secret}`, ""],
    ["without the byte order mark in front of it", `\ufeff${secret}\r\n`, ""],
    ["read as NAME=value", `SECRET_KEY=${secret}`, ""],
    ["read as NAME=value", `SECRET_KEY = '${secret}'\r\n`, ""],
    ["read as NAME=value", `# settings\nDEBUG=1\nexport SECRET_KEY="${secret}"\nNAME=x\n`, ""],
  ])("%s", (change, given, flags) => {
    const { nearby } = explained(cart, { secrets: [given] });
    expect(nearby?.change).toContain(change);
    expect(nearby?.flags).toBe(flags);
  });

  test.each([
    ["little-endian, as PowerShell writes it", Buffer.from(`\ufeff${secret}\r\n`, "utf16le")],
    ["big-endian, its newline cut", Buffer.from(`\ufeff${secret}\n`, "utf16le").swap16().subarray(0, -1)],
  ])("read as UTF-16, %s", (_, file) => {
    expect(explained(cart, { secrets: [file] }).nearby?.change).toBe("the secret read as UTF-16");
  });

  test("read as Latin-1", () => {
    const line = { ...cart, value: "eyJhIjoxfQ:1vb66i:q3ZEFOG4sN_ClPFEDsKXyVw2OWuc3kBTyFch2kIneSE" };
    const secrets = [Buffer.from("Zoë-s-schlüssel-für-alle", "latin1")] as const;
    expect(explained(line, { secrets }).nearby?.change).toBe("the secret read as Latin-1");
  });

  test("each fallback, by its number and never by its text", () => {
    const { nearby } = explained(cart, { secrets: ["first", "second", `${secret}\n`] });
    expect(nearby?.change).toBe("secret 3 without the white space around it");
  });
});

describe("what the framework varies", () => {
  test.each<[string, string, string, string]>([
    ["signing.dumps()", "dumps-list", "5.2.18", "--backend signing"],
    ["TimestampSigner", "timestamp_signer-1", "5.2.18", "--backend timestamp_signer"],
    ["Signer", "signer-1", "5.2.18", "--backend signer"],
    ["contrib.messages", "messages-one", "5.2.18", "--backend messages"],
    ["a row of django_session", "row-cart", "5.2.18", "--backend session_data"],
    ["django-cookie-sessions", "engine-cart", "5.2.18", "--backend django-cookie-sessions"],
    ["Django 3.0 or older", "session-cart", "2.2.28", "--django 3.0"],
    ["set_signed_cookie()", "cookie-plain", "6.1.1", "--backend signed_cookie"],
    ["set_signed_cookie()", "cookie-plain", "5.2.18", "--backend signed_cookie"],
    ["set_signed_cookie()", "cookie-plain", "4.2.28", "--backend signed_cookie --django 5.1"],
    ["set_signed_cookie()", "cookie-empty", "3.2.25", "--backend signed_cookie --django 5.1"],
    ["set_signed_cookie()", "cookie-spaces", "2.2.28", "--backend signed_cookie --django 3.0"],
  ])("%s", (meaning, id, release, flags) => {
    const { nearby } = explained(django(id, release));
    expect(nearby?.meaning).toContain(meaning);
    expect(nearby?.flags).toBe(flags);
  });

  test.each(["md5", "sha1", "sha224", "sha384", "sha512"])("%s", (algorithm) => {
    const line = django(`algorithm-${algorithm}`);
    const { nearby } = explained(line, { options: { backend: "signing" } });
    expect(nearby?.flags).toMatch(
      algorithm === "sha1" ? /--django 3|--algorithm sha1/ : new RegExp(`--algorithm ${algorithm}$`),
    );
  });

  test("a signed cookie of before 2026, under a Django that no longer takes it", () => {
    const line = django("cookie-legacy", "6.1.1");
    const salt = (line.options as { salt?: string }).salt;
    const { nearby } = explained(line, { options: { backend: "signed_cookie", salt, version: "6.1.1" } });
    expect(nearby?.flags).toMatch(/^--django (?:3\.2|5\.1)$/);
  });

  test("a session kept in the database is told from one in a cookie, whatever the secret's newline", () => {
    const { nearby } = explained(django("row-cart"), { secrets: [`${secret}\n`] });
    expect(nearby?.change).toContain("without the white space around it");
    expect(nearby?.flags).toContain("--backend session_data");
  });
});

describe("when nothing fits", () => {
  test("every variation was tried, and no secret or value is repeated", () => {
    const result = explained(cart, { secrets: ["another one entirely"] });
    expect(result.nearby).toBeUndefined();
    expect(result.tried).toBeGreaterThan(50);
    expect(result.tried).toBeLessThanOrEqual(600);
    expect(JSON.stringify(result)).not.toContain("another one");
  });

  test.each([
    ["cut", cart.value.slice(0, -3)],
    ["cut", cart.value.slice(0, 90)],
    ["cut", cart.value.padStart(4096, "e")],
    ["sha1", django("session-cart", "2.2.28").value],
  ])("advice: %s", (word, value) => {
    expect(explained(cart, { value, secrets: ["another"] }).advice).toContain(word);
  });

  test("no time is lost on hostile values", () => {
    const started = performance.now();
    for (const value of [
      "%".repeat(100_000),
      "\\101".repeat(50_000),
      `${" ".repeat(100_000)}x`,
      "a=".repeat(50_000),
      `"${"'".repeat(100_000)}`,
      ":".repeat(100_000),
    ]) {
      expect(explained(cart, { value }).nearby).toBeUndefined();
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
