import type * as NodeCrypto from "node:crypto";

/** The MAC of a message, each byte a character ("binary") or as unpadded base64url. */
export type Hmac = (message: string | Uint8Array, encoding: "binary" | "base64url") => string;

/** Bytes in a block. Hashes that are not listed are left to `createHmac`. */
const BLOCK: Readonly<Record<string, number>> = {
  md5: 64,
  sha1: 64,
  sha224: 64,
  sha256: 64,
  sha384: 128,
  sha512: 128,
  blake2b512: 128,
  blake2s256: 64,
};

/** Bun's `createHmac` does not know these, its `createHash` does. */
const WITHOUT_HMAC = /^blake2/;

/** Messages beyond this many bytes take so long that setting up no longer counts. */
const LONGEST_MESSAGE = 4_096;
const LONGEST_BLOCK = 128;

const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/** @param algorithm OpenSSL's name of a hash that exists */
export function makeHmac(crypto: typeof NodeCrypto, algorithm: string, key: Uint8Array): Hmac {
  const block = BLOCK[algorithm];
  if (block === undefined) return overStream(crypto, algorithm, key);
  const pads = padsOf(crypto, algorithm, block, key);
  const long = WITHOUT_HMAC.test(algorithm)
    ? overHashes(crypto, algorithm, pads)
    : overStream(crypto, algorithm, key);
  return typeof crypto.hash === "function" ? overOneShots(crypto, algorithm, pads, long) : long;
}

function overStream(
  { createHmac, createSecretKey }: typeof NodeCrypto,
  algorithm: string,
  key: Uint8Array,
): Hmac {
  const keyObject = createSecretKey(key);
  return (message, encoding) => createHmac(algorithm, keyObject).update(message).digest(encoding);
}

/** The key as RFC 2104 puts it before the message, and before the hash of that. */
interface Pads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

function padsOf({ createHash }: typeof NodeCrypto, algorithm: string, block: number, key: Uint8Array): Pads {
  const padded = new Uint8Array(block);
  padded.set(key.length > block ? createHash(algorithm).update(key).digest() : key);
  return { inner: padded.map((byte) => byte ^ INNER_PAD), outer: padded.map((byte) => byte ^ OUTER_PAD) };
}

function overHashes({ createHash }: typeof NodeCrypto, algorithm: string, { inner, outer }: Pads): Hmac {
  return (message, encoding) => {
    const hashed = createHash(algorithm).update(inner).update(message).digest();
    return createHash(algorithm).update(outer).update(hashed).digest(encoding);
  };
}

/**
 * HMAC (RFC 2104) over the one-shot `crypto.hash`. `createHmac` builds a stream and has OpenSSL look the algorithm
 * up at each call, which costs more than hashing a session does.
 */
function overOneShots(
  { hash, createHash }: typeof NodeCrypto,
  algorithm: string,
  { inner: innerPad, outer: outerPad }: Pads,
  long: Hmac,
): Hmac {
  const block = innerPad.length;
  memory ??= allocate();
  const { innerMessages, outerMessages } = memory;
  const outer = outerMessages.subarray(0, block + createHash(algorithm).digest().length);
  return (message, encoding) => {
    const isText = typeof message === "string";
    if ((isText ? 3 * message.length : message.length) > LONGEST_MESSAGE) return long(message, encoding);
    innerMessages.set(innerPad);
    let end = block;
    if (isText) end += innerMessages.write(message, block);
    else {
      innerMessages.set(message, block);
      end += message.length;
    }
    const inner = hash(algorithm, innerMessages.subarray(0, end), "binary");
    outer.set(outerPad);
    outer.write(inner, block, "latin1");
    return hash(algorithm, outer, encoding);
  };
}

let memory: ReturnType<typeof allocate> | undefined;

const allocate = () => ({
  innerMessages: Buffer.allocUnsafeSlow(LONGEST_BLOCK + LONGEST_MESSAGE),
  outerMessages: Buffer.allocUnsafeSlow(LONGEST_BLOCK + 64),
});
