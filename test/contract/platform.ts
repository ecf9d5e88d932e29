import type { Platform } from "../../src/platform/provider.ts";
import { equal } from "./check.ts";

/** What CPython's hmac and hashlib said; `key` and `digest` as hex. */
export interface HmacLine {
  readonly id: string;
  readonly algorithm: string;
  readonly key: string;
  readonly message: string;
  readonly digest: string;
  readonly base64url: string;
  readonly hash: string;
}

/** What CPython's zlib made of a stream: hex, or the length and hash of what is too long for that; absent: it refused. */
export interface ZlibLine {
  readonly id: string;
  readonly title: string;
  readonly stream: string;
  readonly output?: string;
  readonly length?: number;
  readonly sha256?: string;
}

const LIMIT = 1 << 20;

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What `inflate` gives, as hex or the reason why not. */
export function inflated(platform: Platform, stream: Uint8Array, limit = LIMIT): string {
  const output = platform.inflate(stream, limit);
  return typeof output === "string" ? output : toHex(output);
}

export function checkHmac(line: HmacLine, platform: Platform): void {
  const key = fromHex(line.key);
  const message = new TextEncoder().encode(line.message);
  const macKey = platform.macKey(line.algorithm, key);
  equal(macKey.algorithm, line.algorithm, "algorithm");
  equal(toHex(macKey.digest(line.message)), line.digest, "MAC of text");
  equal(toHex(macKey.digest(message)), line.digest, "MAC of bytes");
  equal(macKey.digestBase64url(line.message), line.base64url, "MAC as base64url");
  equal(toHex(platform.hash(line.algorithm, key, message)), line.hash, "hash");
  equal(platform.hashLength(line.algorithm), line.digest.length / 2, "length of the hash");
  equal(platform.hasHash(line.algorithm), true, "hasHash");
}

export function checkZlib({ stream, output, length, sha256 }: ZlibLine, platform: Platform): void {
  const bytes = fromHex(stream);
  const result = platform.inflate(bytes, LIMIT);
  if (length !== undefined && typeof result !== "string") {
    equal(result.length, length, "length");
    equal(toHex(platform.hash("sha256", result)), sha256, "sha256");
    return;
  }
  equal(typeof result === "string" ? result : toHex(result), output ?? "corrupt", "inflated");
  if (!output) return;
  const size = output.length / 2;
  equal(inflated(platform, bytes, size), output, "inflated under a limit of its size");
  equal(inflated(platform, bytes, size - 1), "too-large", "under a limit of a byte less");
  equal(inflated(platform, bytes, 0), "too-large", "under a limit of 0");
}
