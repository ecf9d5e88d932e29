import { type Hmac, makeHmac } from "./node-hmac.ts";
import { Zlib } from "./node-zlib.ts";
import type { MacKey, Platform } from "./provider.ts";

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

const platform: Platform = {
  platform: "node",
  hasHash: (algorithm) => lookUp(algorithm) !== undefined,
  hashLength: (algorithm) => crypto().createHash(opensslName(algorithm)).digest().length,
  hash(algorithm, ...parts) {
    const hash = crypto().createHash(opensslName(algorithm));
    for (const part of parts) hash.update(part);
    return hash.digest();
  },
  macKey: (algorithm, key) => new NodeMacKey(algorithm, key),
  inflate: (data, limit) => zlib().inflate(data, limit),
  deflate: (data) => zlib().deflate(data),
  equal: (a, b) => a.length === b.length && crypto().timingSafeEqual(a, b),
  equalText(a, b) {
    const left = Buffer.from(a);
    const right = Buffer.from(b);
    return left.length === right.length && crypto().timingSafeEqual(left, right);
  },
  random: (length) => crypto().randomBytes(length),
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
