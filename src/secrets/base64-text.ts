import * as platform from "#platform";
import { encodeUtf8 } from "../encoding/utf8.ts";

/** Standard alphabet, padded, on one line. */
export function encodeBase64Text(text: string): string {
  return platform.base64(encodeUtf8(text));
}

/** The reverse, line breaks skipped; undefined when it is not padded base64 of UTF-8. */
export function decodeBase64Text(text: string): string | undefined {
  const compact = text.replaceAll(/\s+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  const bytes = platform.fromBase64(compact.replace(/=+$/, ""));
  return bytes && platform.utf8(bytes);
}
