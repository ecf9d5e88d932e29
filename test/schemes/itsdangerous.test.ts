import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import {
  decodeTimestamp,
  decodeUrlSafe,
  deriveSigningKey,
  encodeTimestamp,
  encodeUrlSafe,
  isSeparator,
  type KeyDerivation,
  releaseOf,
  signatureMatches,
  signatureOf,
  splitTimed,
} from "../../src/schemes/itsdangerous.ts";
import { fromHex } from "../encoding/flask-values.ts";

interface Line {
  readonly id: string;
  readonly keyDerivation: KeyDerivation;
  readonly digest: string;
  readonly secretHex: string;
  readonly salt: string;
  readonly signed: string;
  readonly signature: string;
}
const lines = readFileSync(new URL("../../fixtures/flask/signers.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Line);

describe("signing as itsdangerous.Signer", () => {
  test.each(lines)("$id $keyDerivation $digest", ({ secretHex, signed, signature, ...signer }) => {
    const key = deriveSigningKey(fromHex(secretHex), signer);
    expect(signatureOf(key, signed)).toBe(signature);
    expect(signatureMatches(key, signed, signature)).toBe(true);
    expect(signatureMatches(key, `${signed}x`, signature)).toBe(false);
    expect(signatureMatches(key, signed, "")).toBe(false);
  });
});

// base64_encode(int_to_bytes(n)) of itsdangerous 2.2.0, and of 0.24 less its EPOCH
describe("timestamps", () => {
  test.each([
    [0, ""],
    [1, "AQ"],
    [1767225600, "aVW5AA"],
    [4294967296, "AQAAAAA"],
    [253402300799, "Ov_0QX8"],
  ])("%d", (seconds, text) => {
    expect(encodeTimestamp(seconds, releaseOf("2.2"))).toBe(text);
    expect(decodeTimestamp(text, releaseOf("2.2"))).toBe(seconds);
    expect(decodeTimestamp(text, releaseOf("0.24"))).toBe(seconds + 1293840000);
  });

  test("a fraction is dropped", () => {
    expect(encodeTimestamp(1767225600.9, releaseOf("1.1.0"))).toBe("aVW5AA");
    expect(encodeTimestamp(1767225600.9, releaseOf("0.24"))).toBe("HDdKgA");
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 253402300800])("refuses %d", (seconds) => {
    expect(() => encodeTimestamp(seconds, releaseOf("2.2"))).toThrow(TypeError);
  });

  test("before 2011 is out of reach of 0.24", () => {
    expect(() => encodeTimestamp(1293839999, releaseOf("0.24"))).toThrow(TypeError);
  });

  test("nine bytes are malformed since 1.0", () => {
    expect(decodeTimestamp("AAAAAAAAAAAA", releaseOf("1.1"))).toBeUndefined();
    expect(decodeTimestamp("AAAAAAAAAAAA", releaseOf("0.24"))).toBe(1293840000);
    expect(decodeTimestamp("_".repeat(1 << 20), releaseOf("0.24"))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("releases", () => {
  test.each(["3.0", "2", "", "x", "2.2.0.1"])("%s is unknown", (version) => {
    expect(() => releaseOf(version)).toThrow(TypeError);
  });
});

describe("separators", () => {
  // What `sep in _base64_alphabet` refuses, substrings of the alphabet included
  test.each(["a", "-", "_", "=", "", "AB"])("%s is refused", (sep) => expect(isSeparator(sep)).toBe(false));
  test.each([".", ":", "BA", "..", "\u00e9"])("%s is taken", (sep) => expect(isSeparator(sep)).toBe(true));
});

describe("the timed layout", () => {
  test("is split at the last two separators", () => {
    expect(splitTimed("a.b.c.d", ".")).toEqual({
      payload: "a.b",
      timestamp: "c",
      signature: "d",
      signed: "a.b.c",
    });
    expect(splitTimed("a::b::c", "::")?.payload).toBe("a");
    expect(splitTimed("a.b", ".")).toBeUndefined();
    expect(splitTimed("", ".")).toBeUndefined();
  });
});

describe("URL-safe payloads", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  // URLSafeSerializer.dump_payload of itsdangerous 2.2.0
  test("short ones are not compressed", () => {
    expect(encodeUrlSafe(bytes('{"a":1}'))).toBe("eyJhIjoxfQ");
  });

  test("long ones are, and come back", () => {
    const serialized = bytes("a".repeat(100_000));
    const payload = encodeUrlSafe(serialized);
    expect(payload.startsWith(".")).toBe(true);
    const decoded = unwrap(decodeUrlSafe(payload, 100_000));
    expect(decoded.compressed).toBe(true);
    expect(Uint8Array.from(decoded.serialized)).toEqual(serialized);
  });

  test("a bomb stops at the limit", () => {
    const result = decodeUrlSafe(encodeUrlSafe(bytes("a".repeat(100_000))), 99_999);
    expect(result.ok ? "ok" : result.code).toBe("bad-payload");
  });
});
