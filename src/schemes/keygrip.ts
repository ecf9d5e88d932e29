import * as platform from "#platform";
import { toHex } from "../encoding/hex.ts";
import { requireHash } from "./hash.ts";

/** Node's digest encodings that a cookie can hold. "base64" and "base64url" give the same text here. */
export const KEYGRIP_ENCODINGS = ["base64", "hex", "base64url"] as const;

type KeygripEncoding = (typeof KEYGRIP_ENCODINGS)[number];

export interface KeygripOptions {
  /** A hash's name as Node knows it: "sha1", "sha256", "sha3-256". */
  readonly algorithm: string;
  readonly encoding: KeygripEncoding;
}

export const KEYGRIP_DEFAULTS: KeygripOptions = { algorithm: "sha1", encoding: "base64" };

/** One key of a Keygrip list. */
export interface KeygripKey {
  readonly algorithm: string;
  sign(data: string): string;
}

/**
 * Checks and completes the two optional arguments of `new Keygrip(keys, algorithm, encoding)`; as there, an empty
 * text means the default. The algorithm comes back under its name in `Platform`.
 * @throws {TypeError} on a hash that this build does not have, or an encoding that a cookie cannot hold
 */
export function settleKeygrip(options: Partial<KeygripOptions>): KeygripOptions {
  const algorithm = hashName(options.algorithm || KEYGRIP_DEFAULTS.algorithm);
  const encoding = options.encoding || KEYGRIP_DEFAULTS.encoding;
  requireHash(algorithm);
  if (!KEYGRIP_ENCODINGS.includes(encoding)) {
    throw new TypeError(`the encoding must be one of ${KEYGRIP_ENCODINGS.join(", ")}`);
  }
  return { algorithm, encoding };
}

function hashName(algorithm: string): string {
  return algorithm.toLowerCase().replace(/^rsa-/, "").replaceAll(/[-/]/g, "_");
}

/**
 * Signs as npm's keygrip 1.x: an HMAC of the text's UTF-8 bytes, with `/` and `+` replaced and `=` removed.
 * Source: https://github.com/crypto-utils/keygrip/blob/master/index.js
 */
export function keygripKey(secret: Uint8Array, options: KeygripOptions): KeygripKey {
  const key = platform.macKey(options.algorithm, secret);
  return {
    algorithm: options.algorithm,
    sign:
      options.encoding === "hex" ? (data) => toHex(key.digest(data)) : (data) => key.digestBase64url(data),
  };
}

/** Compares the signatures as text, as keygrip does: padding, other spare bits or upper-case hex are refused. */
export function verifyKeygrip(key: KeygripKey, data: string, signature: string): boolean {
  return platform.equalText(key.sign(data), signature);
}

/** Digest sizes in bytes, likeliest first. */
const DIGESTS: readonly (readonly [algorithm: string, size: number])[] = [
  ["sha1", 20],
  ["sha256", 32],
  ["sha512", 64],
  ["sha384", 48],
  ["sha224", 28],
  ["md5", 16],
  ["sha3_256", 32],
  ["sha3_512", 64],
  ["sha512_256", 32],
];

const BASE64URL = /^[\w-]*$/;
const HEX = /^[\da-f]*$/;

/** The options under which a signature of this shape is made, likeliest first; empty when it is none. */
export function keygripShapes(signature: string): readonly KeygripOptions[] {
  const shapes: KeygripOptions[] = [];
  for (const [algorithm, size] of DIGESTS) {
    if (signature.length === size * 2 && HEX.test(signature)) shapes.push({ algorithm, encoding: "hex" });
    if (signature.length === Math.ceil((size * 4) / 3) && BASE64URL.test(signature)) {
      shapes.push({ algorithm, encoding: "base64" });
    }
  }
  return shapes.filter(({ algorithm }) => platform.hasHash(algorithm));
}
