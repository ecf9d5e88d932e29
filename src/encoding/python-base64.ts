import * as platform from "#platform";
import { FOREIGN, sextets } from "./sextets.ts";
import { encodeUtf8 } from "./utf8.ts";

/**
 * What Python's `base64.urlsafe_b64decode` makes of a text once padded to a multiple of four UTF-8 bytes, as
 * django.core.signing and itsdangerous call it: both alphabets, foreign characters skipped (though they count
 * for the padding), spare bits ignored, a completed padding ends the data.
 *
 * Undefined where Python raises binascii.Error. Follows CPython's Modules/binascii.c, a2b_base64, not strict.
 */
export function decodePythonBase64(text: string): Uint8Array | undefined {
  return platform.fromBase64(text) ?? decodeLeniently(encodeUtf8(text), sextets("+/", "-_"), true);
}

/** The same for `base64.b64decode`: the standard alphabet alone, and no padding is added. */
export function decodePythonStandardBase64(text: string): Uint8Array | undefined {
  return decodeLeniently(encodeUtf8(text), sextets("+/"), false);
}

const PAD = 0x3d;

function decodeLeniently(ascii: Uint8Array, table: Uint8Array, padded: boolean): Uint8Array | undefined {
  const end = padded ? ascii.length + (-ascii.length & 3) : ascii.length;
  const bytes = new Uint8Array(Math.ceil((end * 3) / 4));
  let length = 0;
  let quad = 0;
  let pads = 0;
  let left = 0;
  for (let index = 0; index < end; index++) {
    const code = ascii[index] ?? PAD;
    if (code === PAD) {
      if (quad >= 2 && quad + ++pads >= 4) return bytes.subarray(0, length);
      continue;
    }
    const sextet = table[code] as number;
    if (sextet === FOREIGN) continue;
    pads = 0;
    if (quad > 0) bytes[length++] = (left << (2 * quad)) | (sextet >> (6 - 2 * quad));
    left = sextet;
    quad = (quad + 1) & 3;
  }
  return quad === 0 ? bytes.subarray(0, length) : undefined;
}
