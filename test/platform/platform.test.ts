import { describe, expect, test } from "vitest";
import * as platform from "#platform";
import * as node from "../../src/platform/node.ts";
import type { InflateFailure } from "../../src/platform/provider.ts";
import * as web from "../../src/platform/web.ts";
import "../../src/platform/web-hashes.ts";
import {
  checkHmac,
  checkZlib,
  fromHex,
  type HmacLine,
  inflated as inflate,
  toHex,
  type ZlibLine,
} from "../contract/platform.ts";
import { readLines } from "../contract.ts";

const LIMIT = 1 << 20;

const utf8 = (text: string) => new TextEncoder().encode(text);

const inflated = (stream: Uint8Array, limit?: number) => inflate(platform, stream, limit);

test("runs on the platform that the project names", () => {
  expect(platform.platform).toBe(process.env.COOKIESESS_TEST_PLATFORM);
});

describe("hashes", () => {
  test.each(readLines<HmacLine>("platform/hmac.jsonl"))("$algorithm, key $key, message $message", (line) =>
    checkHmac(line, platform),
  );

  test("a key keeps its bytes when the caller's change", () => {
    const bytes = utf8("secret");
    const macKey = platform.macKey("sha256", bytes);
    const before = macKey.digestBase64url("message");
    bytes.fill(0);
    expect(macKey.digestBase64url("message")).toBe(before);
  });

  test("Node's names mean the same as Python's", () => {
    for (const [theirs, ours] of [
      ["sha3-256", "sha3_256"],
      ["sha512-256", "sha512_256"],
      ["blake2b512", "blake2b"],
    ] as const) {
      expect(platform.hash(theirs)).toEqual(platform.hash(ours));
    }
  });

  test.each(["nope", "", "SHA256", "shake128", "constructor", "__proto__"])("%j is unknown", (algorithm) => {
    expect(platform.hasHash(algorithm)).toBe(false);
    const named = new TypeError(`unknown hash algorithm "${algorithm}"`);
    expect(() => platform.macKey(algorithm, utf8("key"))).toThrow(named);
    expect(() => platform.hash(algorithm)).toThrow(named);
    expect(() => platform.hashLength(algorithm)).toThrow(named);
  });
});

describe("inflate", () => {
  test.each(readLines<ZlibLine>("platform/zlib.jsonl"))("$title ($id)", (line) => checkZlib(line, platform));

  test("a stream of nothing fits any limit", () => {
    expect(inflated(fromHex("789c030000000001"), 0)).toBe("");
  });

  test("stops early in a bomb", () => {
    const bomb = platform.deflate(new Uint8Array(1 << 24));
    const start = performance.now();
    for (let round = 0; round < 20; round++) expect(inflated(bomb, 1000)).toBe("too-large");
    expect(performance.now() - start).toBeLessThan(400);
  });

  test("reads from the middle of a buffer", () => {
    const stream = platform.deflate(utf8("text"));
    const larger = new Uint8Array(stream.length + 20).fill(0x78);
    larger.set(stream, 7);
    expect(inflated(larger.subarray(7, 7 + stream.length))).toBe(toHex(utf8("text")));
  });
});

test("equal and equalText", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);
  expect(platform.equal(bytes(), bytes())).toBe(true);
  expect(platform.equal(bytes(1, 2, 3), bytes(1, 2, 3))).toBe(true);
  expect(platform.equal(bytes(1, 2, 3), bytes(1, 2, 4))).toBe(false);
  expect(platform.equal(bytes(0, 2, 3), bytes(128, 2, 3))).toBe(false);
  expect(platform.equal(bytes(1, 2, 3), bytes(1, 2))).toBe(false);
  expect(platform.equalText("é", "é")).toBe(true);
  expect(platform.equalText("é", "e")).toBe(false);
  expect(platform.equalText("aé", "abc")).toBe(false);
  expect(platform.equalText("", "a")).toBe(false);
});

test("random gives as many bytes as asked, more than Web Crypto gives at a time", () => {
  expect(platform.random(0).length).toBe(0);
  const bytes = platform.random(200_000);
  expect(bytes.length).toBe(200_000);
  expect(new Set(bytes.subarray(-3000)).size).toBe(256);
  expect(platform.random(16)).not.toEqual(platform.random(16));
});

describe("base64", () => {
  // RFC 4648, section 10, and Python's base64.urlsafe_b64encode(bytes([251, 255, 254])).
  test.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
    ["\u00fb\u00ff\u00fe", "+//+"],
  ])("%j is %s", (text, base64) => {
    const bytes = platform.fromLatin1(text);
    const unpadded = base64.replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
    expect(platform.base64(bytes)).toBe(base64);
    expect(platform.base64url(bytes)).toBe(unpadded);
    expect(toHex(platform.fromBase64(unpadded) ?? utf8("none"))).toBe(toHex(bytes));
  });

  test.each(["A", "AAAAA", "Zg==", "Zm9v\n", "Zm 9", "Zmé", "Zm9\u0141"])("%j is refused", (text) => {
    expect(platform.fromBase64(text)).toBeUndefined();
  });

  test("either alphabet is read", () => {
    for (const text of ["+//+", "-__-"]) {
      expect(Array.from(platform.fromBase64(text) ?? [])).toEqual([0xfb, 0xff, 0xfe]);
    }
  });

  test("spare bits are ignored", () => {
    expect(Array.from(platform.fromBase64("Zh") ?? [])).toEqual([0x66]);
    expect(Array.from(platform.fromBase64("Zm__") ?? [])).toEqual([0x66, 0x6f, 0xff]);
  });
});

test("latin1 is one character a byte, of any length, and loses high bits", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  const text = platform.latin1(bytes);
  expect(text.length).toBe(bytes.length);
  expect(text.charCodeAt(0x80)).toBe(0x80);
  expect(text.charCodeAt(99_999)).toBe(99_999 % 256);
  expect(toHex(platform.fromLatin1(text))).toBe(toHex(bytes));
  expect(Array.from(platform.fromLatin1("\u0141\u4e2d"))).toEqual([0x41, 0x2d]);
});

describe("utf8", () => {
  test.each(["", "ascii", "é € 𐍈", "\ufeffa mark", "\0"])("%j is read", (text) => {
    expect(platform.utf8(utf8(text))).toBe(text);
  });

  // Unicode 16.0, table 3-7: what is not well-formed.
  test.each([
    ["a continuation alone", [0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["an overlong of three", [0xe0, 0x80, 0xaf]],
    ["half of a surrogate pair", [0xed, 0xa0, 0x80]],
    ["beyond U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
    ["a character cut short", [0x61, 0xe2, 0x82]],
  ])("%s is refused", (_, bytes) => {
    expect(platform.utf8(Uint8Array.from(bytes))).toBeUndefined();
  });
});

describe("node and web agree", () => {
  /** A linear congruential generator: the same inputs each time. */
  function generator(seed: number) {
    let state = seed;
    return (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }

  const bytesOf = (pick: (below: number) => number, length: number, range = 256) =>
    Uint8Array.from({ length }, () => pick(range));

  test("hmac, base64, latin1", () => {
    const pick = generator(1);
    for (let round = 0; round < 500; round++) {
      const key = bytesOf(pick, pick(200));
      const text = String.fromCharCode(...Array.from({ length: pick(30) }, () => pick(0x10000)));
      const algorithm = ["sha1", "sha256", "sha512"][pick(3)] ?? "";
      const mac = node.macKey(algorithm, key).digestBase64url(text);
      expect(web.macKey(algorithm, key).digestBase64url(text)).toBe(mac);
      expect(web.base64(key)).toBe(node.base64(key));
      expect(toHex(web.fromBase64(mac) ?? key)).toBe(toHex(node.fromBase64(mac) ?? utf8("none")));
      expect(toHex(web.fromLatin1(text))).toBe(toHex(node.fromLatin1(text)));
      expect(web.latin1(key)).toBe(node.latin1(key));
      expect(web.utf8(key)).toBe(node.utf8(key));
      expect(web.equalText(text, `${text} `)).toBe(node.equalText(text, `${text} `));
    }
  });

  test("inflate, of what either deflated, whole and damaged", () => {
    const pick = generator(2);
    for (let round = 0; round < 1500; round++) {
      const data = bytesOf(pick, pick(400), 1 + pick(255));
      const stream = (round % 2 ? node : web).deflate(data);
      expect(summary(node.inflate(stream, data.length))).toBe(node.base64(data));
      expect(summary(web.inflate(stream, data.length))).toBe(node.base64(data));
      const damaged = Uint8Array.from(stream).subarray(0, stream.length - pick(2));
      damaged[pick(damaged.length)] = pick(256);
      expect(summary(web.inflate(damaged, LIMIT))).toBe(summary(node.inflate(damaged, LIMIT)));
    }
  });

  function summary(output: Uint8Array | InflateFailure): string {
    return typeof output === "string" ? output : node.base64(output);
  }
});
