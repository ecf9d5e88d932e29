import { encodeUtf8 } from "../encoding/utf8.ts";

/** A secret as people hold it: text is UTF-8, bytes are taken as they are. */
export type Secret = string | Uint8Array;

/**
 * The current secret and the retired ones, as bytes. Index 0 signs and verifies, the others only verify, in
 * order. An empty fallback is undefined and never tried: Django takes it for the current secret, and trying it
 * as a key would accept what anybody can sign.
 */
export type Keyring = readonly [Uint8Array, ...(Uint8Array | undefined)[]];

/** @throws {TypeError} on an empty secret, or fallbacks that are not an array (a string would be taken letter by letter) */
export function makeKeyring(secret: Secret, fallbacks: readonly Secret[] = []): Keyring {
  if (!Array.isArray(fallbacks)) throw new TypeError("fallbacks must be an array of secrets");
  const current = toBytes(secret);
  if (current === undefined) throw new TypeError("the secret is empty");
  return [current, ...fallbacks.map(toBytes)];
}

function toBytes(secret: Secret): Uint8Array | undefined {
  if (typeof secret !== "string" && !(secret instanceof Uint8Array)) {
    throw new TypeError(
      `a secret is a string or a Uint8Array, not ${secret === null ? "null" : typeof secret}`,
    );
  }
  const bytes = typeof secret === "string" ? encodeUtf8(secret) : Uint8Array.from(secret);
  return bytes.length === 0 ? undefined : bytes;
}

/** Keys derived from a keyring, each once for a cookie name. */
export class KeyCache<Key> {
  readonly #keyring: Keyring;
  readonly #derive: (secret: Uint8Array, name: string | undefined) => Key;
  readonly #keys = new Map<string | undefined, (Key | undefined)[]>();

  constructor(keyring: Keyring, derive: (secret: Uint8Array, name: string | undefined) => Key) {
    this.#keyring = keyring;
    this.#derive = derive;
  }

  get length(): number {
    return this.#keyring.length;
  }

  /** The key at an index of the keyring; undefined for an empty fallback. */
  key(index: number, name: string | undefined): Key | undefined {
    let keys = this.#keys.get(name);
    if (keys === undefined) {
      if (this.#keys.size >= MAX_NAMES) this.#keys.clear();
      keys = [];
      this.#keys.set(name, keys);
    }
    const secret = this.#keyring[index];
    if (secret === undefined) return undefined;
    keys[index] ??= this.#derive(secret, name);
    return keys[index];
  }
}

/** Names come from requests, so what is kept for them is bounded. */
const MAX_NAMES = 64;
