import {
  createHash,
  createHmac,
  createSecretKey,
  getHashes,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { deflate, inflate } from "./node-zlib.ts";
import type { MacKey, Platform } from "./provider.ts";

/** Python's hashlib names, where OpenSSL calls them something else. */
const OPENSSL_NAMES: Readonly<Record<string, string>> = {
  blake2b: "blake2b512",
  blake2s: "blake2s256",
};

/** Digests of any length have no HMAC. */
const EXTENDABLE = /^shake/;

const knownHashes = new Set(getHashes().filter((name) => !EXTENDABLE.test(name)));

function lookUp(algorithm: string): string | undefined {
  const name = OPENSSL_NAMES[algorithm] ?? algorithm.replaceAll("_", "-");
  return knownHashes.has(name) ? name : undefined;
}

function opensslName(algorithm: string): string {
  const name = lookUp(algorithm);
  if (name === undefined) throw new TypeError(`unknown hash algorithm "${algorithm}"`);
  return name;
}

class NodeMacKey implements MacKey {
  readonly algorithm: string;
  readonly #name: string;
  readonly #key: KeyObject;

  constructor(algorithm: string, key: Uint8Array) {
    this.algorithm = algorithm;
    this.#name = opensslName(algorithm);
    this.#key = createSecretKey(key);
  }

  digest(message: string | Uint8Array): Uint8Array {
    return createHmac(this.#name, this.#key).update(message).digest();
  }

  digestBase64url(message: string): string {
    return createHmac(this.#name, this.#key).update(message).digest("base64url");
  }
}

function view(data: Uint8Array): Buffer {
  return Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

const platform: Platform = {
  platform: "node",
  hasHash: (algorithm) => lookUp(algorithm) !== undefined,
  hashLength: (algorithm) => createHash(opensslName(algorithm)).digest().length,
  hash(algorithm, ...parts) {
    const hash = createHash(opensslName(algorithm));
    for (const part of parts) hash.update(part);
    return hash.digest();
  },
  macKey: (algorithm, key) => new NodeMacKey(algorithm, key),
  inflate,
  deflate,
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
  equalText(a, b) {
    const left = Buffer.from(a);
    const right = Buffer.from(b);
    return left.length === right.length && timingSafeEqual(left, right);
  },
  random: (length) => randomBytes(length),
  base64url: (data) => view(data).toString("base64url"),
  base64: (data) => view(data).toString("base64"),
  fromBase64(text) {
    // Buffer skips foreign characters, so the length tells; it would take the low byte of those beyond Latin-1.
    if (text.length % 4 === 1 || Buffer.byteLength(text) !== text.length) return undefined;
    const bytes = Buffer.from(text, "base64url");
    return bytes.length === Math.floor((text.length * 3) / 4) ? bytes : undefined;
  },
  latin1: (data) => view(data).toString("latin1"),
  fromLatin1: (text) => Buffer.from(text, "latin1"),
};

export default platform;
