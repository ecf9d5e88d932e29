import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { hmac } from "@noble/hashes/hmac.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512 } from "@noble/hashes/sha3.js";
import type { CHash } from "@noble/hashes/utils.js";
import { zlibSync } from "fflate";
import { inflate } from "./inflate.ts";
import type { MacKey, Platform } from "./provider.ts";

const HASHES: ReadonlyMap<string, CHash> = new Map<string, CHash>(
  Object.entries({
    ...{ md5, ripemd160, sha1, sha224, sha256, sha384, sha512, sha512_224, sha512_256 },
    ...{ sha3_224, sha3_256, sha3_384, sha3_512, blake2b, blake2s },
    ...{ blake2b512: blake2b, blake2s256: blake2s },
  }),
);

/** Node writes "sha3-256" where Python writes "sha3_256". */
function lookUp(algorithm: string): CHash | undefined {
  return HASHES.get(algorithm.replaceAll("-", "_"));
}

function hashOf(algorithm: string): CHash {
  const hash = lookUp(algorithm);
  if (!hash) throw new TypeError(`unknown hash algorithm "${algorithm}"`);
  return hash;
}

const encoder = new TextEncoder();

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

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

/** What Web Crypto gives at a time. */
const RANDOM_QUOTA = 65536;

function random(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += RANDOM_QUOTA) {
    crypto.getRandomValues(bytes.subarray(start, start + RANDOM_QUOTA));
  }
  return bytes;
}

/** Arguments that every engine takes in one call. */
const MOST_ARGUMENTS = 8192;

function latin1(data: Uint8Array): string {
  let text = "";
  for (let start = 0; start < data.length; start += MOST_ARGUMENTS) {
    text += String.fromCharCode(...data.subarray(start, start + MOST_ARGUMENTS));
  }
  return text;
}

function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function base64(data: Uint8Array): string {
  return btoa(latin1(data));
}

function base64url(data: Uint8Array): string {
  return base64(data).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const BASE64 = /^[A-Za-z0-9+/_-]*$/;

function fromBase64(text: string): Uint8Array | undefined {
  if (!BASE64.test(text) || text.length % 4 === 1) return undefined;
  return fromLatin1(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
}

const platform: Platform = {
  platform: "web",
  hasHash: (algorithm) => lookUp(algorithm) !== undefined,
  hashLength: (algorithm) => hashOf(algorithm).outputLen,
  hash(algorithm, ...parts) {
    const hash = hashOf(algorithm).create();
    for (const part of parts) hash.update(part);
    return hash.digest();
  },
  macKey: (algorithm, key) => new WebMacKey(algorithm, key),
  inflate,
  deflate: (data) => zlibSync(data),
  equal,
  equalText: (a, b) => equal(encoder.encode(a), encoder.encode(b)),
  random,
  base64url,
  base64,
  fromBase64,
  latin1,
  fromLatin1,
};

export default platform;
