import * as platform from "#platform";
import type { SecretShape } from "../core/secret-settings.ts";
import { toHex } from "../encoding/hex.ts";

/** Fewer characters than these are no secret. */
const LEAST_CHARACTERS = 32;
const LEAST_BYTES = 16;

/**
 * A new secret in the framework's shape, from a cryptographic source. Of an alphabet, the `awkward` characters are
 * left out, and the length grows so that the secret is no easier to guess.
 *
 * `length`: characters of an alphabet, else bytes before encoding.
 * @throws {TypeError} on a length that is too short to be a secret, or is not the one that the framework needs
 */
export function generateSecret(
  shape: SecretShape,
  length: number | undefined,
  awkward: string,
  random: (length: number) => Uint8Array,
): string {
  if (!("alphabet" in shape)) {
    if (shape.isExact && length !== undefined && length !== shape.bytes) {
      throw new TypeError(`this framework's secret has exactly ${shape.bytes} bytes`);
    }
    return encode(shape, random(atLeast(length ?? shape.bytes, LEAST_BYTES)));
  }
  const wanted = atLeast(length ?? shape.length, LEAST_CHARACTERS);
  const alphabet = [...shape.alphabet].filter((char) => !awkward.includes(char)).join("");
  const grown = Math.ceil((wanted * Math.log2(shape.alphabet.length)) / Math.log2(alphabet.length));
  return draw(alphabet, grown, random);
}

/** @throws {TypeError} on one's own secret that is too short to be one, or no key of the framework's cipher */
export function checkSecret(secret: string, shape: SecretShape): void {
  if (!("bytes" in shape) || !shape.isExact) {
    if (secret.length < LEAST_CHARACTERS)
      throw new TypeError(`the new secret has fewer than ${LEAST_CHARACTERS} characters`);
    return;
  }
  const { bytes, prefix = "" } = shape;
  const isEncoded =
    secret.startsWith(prefix) && secret.length === encode(shape, new Uint8Array(bytes)).length;
  if (!isEncoded && secret.length !== bytes)
    throw new TypeError(`this framework's secret has exactly ${bytes} bytes, as "${prefix}…"`);
}

function atLeast(length: number, least: number): number {
  if (!Number.isInteger(length) || length < least)
    throw new TypeError(`a secret has at least ${least} characters or bytes`);
  return length;
}

function encode(
  { encoding, prefix = "" }: Exclude<SecretShape, { alphabet: string }>,
  bytes: Uint8Array,
): string {
  if (encoding === "hex") return prefix + toHex(bytes);
  return prefix + (encoding === "base64" ? platform.base64(bytes) : platform.base64url(bytes));
}

/** Uniform over the alphabet: bytes that would favour its beginning are thrown away. */
function draw(alphabet: string, length: number, random: (length: number) => Uint8Array): string {
  const limit = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of random(length)) {
      if (byte < limit && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
