import crypto from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeHmac } from "../../src/platform/node-hmac.ts";

/** Around the block and around the longest message that is taken in one shot, in ASCII and beyond. */
const MESSAGES = [0, 1, 55, 64, 65, 127, 128, 129, 1365, 1366, 4095, 4096, 4097, 20_000].flatMap((length) => [
  "x".repeat(length),
  "é€\u{1F36A}\uD800".repeat(Math.ceil(length / 4)),
  crypto.createHash("sha1").update(String(length)).digest().subarray(0, length),
  new Uint8Array(length).fill(length),
]);

const ALGORITHMS = [
  ...["md5", "sha1", "sha224", "sha256", "sha384", "sha512"],
  ...["sha3-256", "sha512-256", "ripemd160", "blake2b512", "blake2s256"],
];

const older = { ...crypto, hash: undefined } as unknown as typeof crypto;

describe.each([
  ["over the one-shot hash", crypto],
  ["without it, as before Node 20.12", older],
])("%s", (_, provider) => {
  describe.each(ALGORITHMS)("%s as createHmac", (algorithm) => {
    test.each([0, 1, 20, 32, 63, 64, 65, 127, 128, 129, 500])("under a key of %i bytes", (length) => {
      const shake = crypto.createHash("shake256", { outputLength: 512 });
      const key = shake.update("key").digest().subarray(0, length);
      const hmac = makeHmac(provider, algorithm, key);
      for (const message of MESSAGES) {
        for (const encoding of ["binary", "base64url"] as const) {
          const expected = crypto.createHmac(algorithm, key).update(message).digest(encoding);
          expect(hmac(message, encoding) === expected).toBe(true);
        }
      }
    });
  });
});
