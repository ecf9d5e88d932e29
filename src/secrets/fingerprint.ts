import * as platform from "#platform";
import { toHex } from "../encoding/hex.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";

/** A name for a secret that tells nothing of it: "sha256:ab12cd34". */
export function fingerprint(secret: string): string {
  const digest = platform.hash("sha256", encodeUtf8(secret));
  return `sha256:${toHex(digest.subarray(0, 4))}`;
}
