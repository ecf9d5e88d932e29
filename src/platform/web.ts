import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { CHash } from "@noble/hashes/utils.js";
import type { MacKey, Platform } from "./provider.ts";

export { inflate } from "./inflate.ts";
export { deflate } from "./web-deflate.ts";

export const platform: Platform["platform"] = "web";

/** By Python's names. `web-hashes.ts` adds those that few need. */
const hashes = new Map<string, CHash>([
  ["sha1", sha1],
  ["sha256", sha256],
]);

export function addHashes(others: Readonly<Record<string, CHash>>): void {
  for (const [name, added] of Object.entries(others)) hashes.set(name, added);
}

/** Node writes "sha3-256" where Python writes "sha3_256". */
function lookUp(algorithm: string): CHash | undefined {
  return hashes.get(algorithm.replaceAll("-", "_"));
}

function hashOf(algorithm: string): CHash {
  const found = lookUp(algorithm);
  if (!found) throw new TypeError(`unknown hash algorithm "${algorithm}"`);
  return found;
}

export function hasHash(algorithm: string): boolean {
  return lookUp(algorithm) !== undefined;
}

export function hashLength(algorithm: string): number {
  return hashOf(algorithm).outputLen;
}

export function hash(algorithm: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hashing = hashOf(algorithm).create();
  for (const part of parts) hashing.update(part);
  return hashing.digest();
}

const encoder = new TextEncoder();

export function macKey(algorithm: string, key: Uint8Array): MacKey {
  return new WebMacKey(algorithm, key);
}

class WebMacKey implements MacKey {
  readonly algorithm: string;
  readonly #keyed: ReturnType<typeof hmac.create>;

  constructor(algorithm: string, key: Uint8Array) {
    this.algorithm = algorithm;
    this.#keyed = hmac.create(hashOf(algorithm), key);
  }

  digest(message: string | Uint8Array): Uint8Array {
    const bytes = typeof message === "string" ? encoder.encode(message) : message;
    return this.#keyed.clone().update(bytes).digest();
  }

  digestBase64url(message: string): string {
    return base64url(this.digest(message));
  }
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

export function equalText(a: string, b: string): boolean {
  return equal(encoder.encode(a), encoder.encode(b));
}

/** What Web Crypto gives at a time. */
const RANDOM_QUOTA = 65536;

export function random(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += RANDOM_QUOTA) {
    crypto.getRandomValues(bytes.subarray(start, start + RANDOM_QUOTA));
  }
  return bytes;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(data: Uint8Array): string | undefined {
  try {
    return decoder.decode(data);
  } catch {
    return undefined;
  }
}

/** Arguments that every engine takes in one call. */
const MOST_ARGUMENTS = 8192;

export function latin1(data: Uint8Array): string {
  let text = "";
  for (let start = 0; start < data.length; start += MOST_ARGUMENTS) {
    text += String.fromCharCode(...data.subarray(start, start + MOST_ARGUMENTS));
  }
  return text;
}

export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

export function base64(data: Uint8Array): string {
  return btoa(latin1(data));
}

export function base64url(data: Uint8Array): string {
  return base64(data).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const BASE64 = /^[A-Za-z0-9+/_-]*$/;

export function fromBase64(text: string): Uint8Array | undefined {
  if (!BASE64.test(text) || text.length % 4 === 1) return undefined;
  return fromLatin1(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
}
