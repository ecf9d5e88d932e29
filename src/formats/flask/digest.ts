const DIGESTS: ReadonlyMap<number, string> = new Map([
  [16, "md5"],
  [20, "sha1"],
  [28, "sha224"],
  [32, "sha256"],
  [48, "sha384"],
  [64, "sha512"],
]);

/** The usual hash whose digest has this many bytes. */
export function digestByLength(bytes: number): string | undefined {
  return DIGESTS.get(bytes);
}
