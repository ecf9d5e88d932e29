/** A MAC key bound to its algorithm; its bytes are not readable. Made once, used for many messages. */
export interface MacKey {
  readonly algorithm: string;
  /** HMAC of the text's UTF-8 bytes. */
  digest(message: string | Uint8Array): Uint8Array;
  /** The same as unpadded base64url. */
  digestBase64url(message: string): string;
}

/** Why `inflate` gave nothing: not a whole, intact zlib stream, or more output than allowed. */
export type InflateFailure = "corrupt" | "too-large";

/**
 * What differs between Node and the web. `#platform` resolves to one of them.
 *
 * Algorithm names are those of Python's hashlib and of Node: "sha1", "sha256", "sha3_256", "blake2b", …
 */
export interface Platform {
  readonly platform: "node" | "web";
  /** Whether this build knows the hash algorithm. */
  hasHash(algorithm: string): boolean;
  /** Bytes of a digest: 32 for "sha256". */
  hashLength(algorithm: string): number;
  hash(algorithm: string, ...parts: readonly Uint8Array[]): Uint8Array;
  macKey(algorithm: string, key: Uint8Array): MacKey;
  /** zlib (RFC 1950) with its checksum; what follows the stream is ignored. `limit` in bytes of output. */
  inflate(data: Uint8Array, limit: number): Uint8Array | InflateFailure;
  /** zlib at the default level. */
  deflate(data: Uint8Array): Uint8Array;
  /** Compares in time that depends on the lengths alone. */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  equalText(a: string, b: string): boolean;
  random(length: number): Uint8Array;
  /** Unpadded. */
  base64url(data: Uint8Array): string;
  /** Standard alphabet, padded. */
  base64(data: Uint8Array): string;
  /**
   * Bytes of unpadded base64 in either alphabet, or undefined when a character is foreign or the length is
   * impossible. Spare bits are ignored. Fast path of the lenient decoders in `encoding/`.
   */
  fromBase64(text: string): Uint8Array | undefined;
  /** A byte order mark is kept; undefined when it is not UTF-8. */
  utf8(data: Uint8Array): string | undefined;
  /** One character a byte. */
  latin1(data: Uint8Array): string;
  /** The reverse; characters above U+00FF lose their high bits. */
  fromLatin1(text: string): Uint8Array;
}
