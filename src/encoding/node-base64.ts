import * as platform from "#platform";
import { FOREIGN, sextets } from "./sextets.ts";

/**
 * What Node's `Buffer.from(text, "base64")` makes of a text: both alphabets, the first `=` ends the data, other
 * characters are skipped, spare bits and a lone last character are dropped. Never fails.
 *
 * For texts of characters up to U+00FF, as a request's headers are. Source: Node's src/base64-inl.h.
 */
export function decodeNodeBase64(text: string): Uint8Array {
  const end = text.indexOf("=");
  const data = end < 0 ? text : text.slice(0, end);
  return platform.fromBase64(data) ?? decodeLeniently(data);
}

function decodeLeniently(text: string): Uint8Array {
  const table = sextets("+/", "-_");
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let pending = 0;
  for (let index = 0; index < text.length; index++) {
    const sextet = table[text.charCodeAt(index)] ?? FOREIGN;
    if (sextet === FOREIGN) continue;
    pending = ((pending << 6) | sextet) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = pending >> bits;
  }
  return bytes.subarray(0, length);
}
