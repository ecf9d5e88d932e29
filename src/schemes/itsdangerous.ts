import * as platform from "#platform";
import { fail } from "../core/failure.ts";
import { ok, type Result } from "../core/result.ts";
import { decodePythonBase64 } from "../encoding/python-base64.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import type { MacKey } from "../platform/provider.ts";

/**
 * The signers and serializers of https://github.com/pallets/itsdangerous: `signer.py`, `timed.py`,
 * `url_safe.py`.
 */

export const KEY_DERIVATIONS = ["hmac", "django-concat", "concat", "none"] as const;
export type KeyDerivation = (typeof KEY_DERIVATIONS)[number];

/** What `Signer` takes besides the secret. */
export interface SignerOptions {
  readonly salt: string;
  readonly keyDerivation: KeyDerivation;
  /** A hashlib name: "sha1". */
  readonly digest: string;
}

/** What changed between releases, as far as a reader of tokens can tell. */
export interface Release {
  /** Unix seconds at which timestamps start counting. */
  readonly epoch: number;
  readonly maxTimestampBytes: number;
  /** Serializers also accept SHA-512 under django-concat, which the withdrawn 1.0.0 signed with. */
  readonly acceptsSha512: boolean;
  /** A timestamp in the future is expired. */
  readonly refusesFuture: boolean;
}

const RELEASES: readonly Release[] = [
  {
    epoch: 1293840000,
    maxTimestampBytes: Number.POSITIVE_INFINITY,
    acceptsSha512: false,
    refusesFuture: false,
  },
  { epoch: 0, maxTimestampBytes: 8, acceptsSha512: true, refusesFuture: false },
  { epoch: 0, maxTimestampBytes: 8, acceptsSha512: false, refusesFuture: true },
];

/**
 * The behaviour of an itsdangerous version: "0.24", "1.1.0", "2.2".
 * @throws {TypeError} on anything but 0.x, 1.x and 2.x
 */
export function releaseOf(version: string): Release {
  const major = /^(\d+)\.\d+(?:\.\d+)?$/.exec(version)?.[1];
  const release = major === undefined ? undefined : RELEASES[Number(major)];
  if (release === undefined) throw new TypeError(`no itsdangerous version "${version}" is known`);
  return release;
}

const SEPARATORS_REFUSED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=";

/** Whether `Signer` takes this separator. */
export function isSeparator(sep: string): boolean {
  return !SEPARATORS_REFUSED.includes(sep);
}

/** `Signer.derive_key`, bound to its HMAC. */
export function deriveSigningKey(secret: Uint8Array, signer: SignerOptions): MacKey {
  return platform.macKey(signer.digest, derivedBytes(secret, signer));
}

function derivedBytes(secret: Uint8Array, { salt, keyDerivation, digest }: SignerOptions): Uint8Array {
  switch (keyDerivation) {
    case "hmac":
      return platform.macKey(digest, secret).digest(salt);
    case "django-concat":
      return platform.hash(digest, encodeUtf8(`${salt}signer`), secret);
    case "concat":
      return platform.hash(digest, encodeUtf8(salt), secret);
    case "none":
      return secret;
  }
}

/** Unpadded base64url of the HMAC. */
export function signatureOf(key: MacKey, signed: string): string {
  return key.digestBase64url(signed);
}

/** `Signer.verify_signature`: compares decoded bytes, so padding, spare bits and foreign characters pass. */
export function signatureMatches(key: MacKey, signed: string, signature: string): boolean {
  const given = decodePythonBase64(signature);
  return given !== undefined && platform.equal(given, key.digest(signed));
}

/** `payload.timestamp.signature`, split at the last two separators. */
export interface TimedLayout {
  readonly payload: string;
  readonly timestamp: string;
  readonly signature: string;
  /** What the signature covers: everything before its separator. */
  readonly signed: string;
}

/** Undefined where either separator is missing: itsdangerous raises BadSignature whatever the key. */
export function splitTimed(token: string, sep: string): TimedLayout | undefined {
  const second = token.lastIndexOf(sep);
  if (second < 0) return undefined;
  const signed = token.slice(0, second);
  const first = signed.lastIndexOf(sep);
  if (first < 0) return undefined;
  return {
    payload: signed.slice(0, first),
    timestamp: signed.slice(first + sep.length),
    signature: token.slice(second + sep.length),
    signed,
  };
}

/** The last second that Python's datetime can hold; beyond it, itsdangerous fails with ValueError. */
export const LAST_TIMESTAMP = 253402300799;

/** Unix seconds, possibly infinite; undefined where itsdangerous calls the timestamp malformed. */
export function decodeTimestamp(text: string, release: Release): number | undefined {
  const bytes = decodePythonBase64(text);
  if (bytes === undefined || bytes.length > release.maxTimestampBytes) return undefined;
  return bytes.reduce((total, byte) => total * 256 + byte, 0) + release.epoch;
}

/**
 * @param now Unix seconds; a fraction is dropped
 * @throws {TypeError} on a time that the release cannot write
 */
export function encodeTimestamp(now: number, release: Release): string {
  let rest = Math.trunc(now) - release.epoch;
  if (!(rest >= 0 && Math.trunc(now) <= LAST_TIMESTAMP)) {
    throw new TypeError(`${now} is not a time that an itsdangerous timestamp can hold`);
  }
  const bytes: number[] = [];
  for (; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return platform.base64url(Uint8Array.from(bytes));
}

/** `URLSafeSerializerMixin.dump_payload`: compressed, and marked with a dot, where that saves two bytes. */
export function encodeUrlSafe(serialized: Uint8Array): string {
  const compressed = platform.deflate(serialized);
  if (compressed.length < serialized.length - 1) return `.${platform.base64url(compressed)}`;
  return platform.base64url(serialized);
}

export interface UrlSafePayload {
  readonly serialized: Uint8Array;
  readonly compressed: boolean;
}

/**
 * `URLSafeSerializerMixin.load_payload` up to its serializer. Fails with `bad-payload` on impossible base64, a
 * broken zlib stream, or more than `limit` bytes of output.
 */
export function decodeUrlSafe(payload: string, limit: number): Result<UrlSafePayload> {
  const compressed = payload.startsWith(".");
  const bytes = decodePythonBase64(compressed ? payload.slice(1) : payload);
  if (bytes === undefined) return fail("bad-payload", "the payload is not base64");
  if (!compressed) {
    if (bytes.length > limit) return fail("bad-payload", `the payload is larger than ${limit} bytes`);
    return ok({ serialized: bytes, compressed });
  }
  const serialized = platform.inflate(bytes, limit);
  if (serialized === "corrupt") {
    return fail("bad-payload", "the payload begins with a dot, but is not an intact zlib stream");
  }
  if (serialized === "too-large") {
    return fail("bad-payload", `the payload is larger than ${limit} bytes once decompressed`);
  }
  return ok({ serialized, compressed });
}
