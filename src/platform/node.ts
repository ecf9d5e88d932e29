import { isUtf8 } from "node:buffer";
import { type Hmac, makeHmac } from "./node-hmac.ts";
import { Zlib } from "./node-zlib.ts";
import type { InflateFailure, MacKey, Platform } from "./provider.ts";

/**
 * Node's modules are loaded at their first use: a command line that only reads starts without them.
 */
function lazily<T>(load: () => T): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

const crypto = lazily(() => process.getBuiltinModule("node:crypto"));
const zlib = lazily(() => new Zlib(process.getBuiltinModule("node:zlib")));

/** Python's hashlib names, where OpenSSL calls them something else. */
const OPENSSL_NAMES: Readonly<Record<string, string>> = {
  blake2b: "blake2b512",
  blake2s: "blake2s256",
};

/** Digests of any length have no HMAC. */
const EXTENDABLE = /^shake/;

/** Every build has these: whether they exist is said without loading node:crypto. */
const ALWAYS: ReadonlySet<string> = new Set(["sha1", "sha224", "sha256", "sha384", "sha512"]);

const knownHashes = lazily(() => {
  const listed = crypto()
    .getHashes()
    .filter((name) => !EXTENDABLE.test(name));
  return new Set([...listed, ...Object.values(OPENSSL_NAMES).filter(works)]);
});

/** Bun does not list all that it knows. */
function works(name: string): boolean {
  try {
    crypto().createHash(name);
    return true;
  } catch {
    return false;
  }
}

function lookUp(algorithm: string): string | undefined {
  const name = OPENSSL_NAMES[algorithm] ?? algorithm.replaceAll("_", "-");
  return ALWAYS.has(name) || knownHashes().has(name) ? name : undefined;
}

function opensslName(algorithm: string): string {
  const name = lookUp(algorithm);
  if (name === undefined) throw new TypeError(`unknown hash algorithm "${algorithm}"`);
  return name;
}

class NodeMacKey implements MacKey {
  readonly algorithm: string;
  readonly #hmac: Hmac;

  constructor(algorithm: string, key: Uint8Array) {
    this.algorithm = algorithm;
    this.#hmac = makeHmac(crypto(), opensslName(algorithm), key);
  }

  digest(message: string | Uint8Array): Uint8Array {
    return Buffer.from(this.#hmac(message, "binary"), "latin1");
  }

  digestBase64url(message: string): string {
    return this.#hmac(message, "base64url");
  }
}

function view(data: Uint8Array): Buffer {
  return Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

export const platform: Platform["platform"] = "node";

export function hasHash(algorithm: string): boolean {
  return lookUp(algorithm) !== undefined;
}

export function hashLength(algorithm: string): number {
  return crypto().createHash(opensslName(algorithm)).digest().length;
}

export function hash(algorithm: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const hashing = crypto().createHash(opensslName(algorithm));
  for (const part of parts) hashing.update(part);
  return hashing.digest();
}

export function macKey(algorithm: string, key: Uint8Array): MacKey {
  return new NodeMacKey(algorithm, key);
}

export function inflate(data: Uint8Array, limit: number): Uint8Array | InflateFailure {
  return zlib().inflate(data, limit);
}

export function deflate(data: Uint8Array): Uint8Array {
  return zlib().deflate(data);
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && crypto().timingSafeEqual(a, b);
}

export function equalText(a: string, b: string): boolean {
  return equal(Buffer.from(a), Buffer.from(b));
}

export function random(length: number): Uint8Array {
  return crypto().randomBytes(length);
}

export function base64url(data: Uint8Array): string {
  return view(data).toString("base64url");
}

export function base64(data: Uint8Array): string {
  return view(data).toString("base64");
}

export function fromBase64(text: string): Uint8Array | undefined {
  // Buffer skips foreign characters, so the length tells; it would take the low byte of those beyond Latin-1.
  if (text.length % 4 === 1 || Buffer.byteLength(text) !== text.length) return undefined;
  const bytes = Buffer.from(text, "base64url");
  return bytes.length === Math.floor((text.length * 3) / 4) ? bytes : undefined;
}

export function utf8(data: Uint8Array): string | undefined {
  return isUtf8(data) ? view(data).toString("utf8") : undefined;
}

export function latin1(data: Uint8Array): string {
  return view(data).toString("latin1");
}

export function fromLatin1(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}
