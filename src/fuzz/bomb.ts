import { Buffer } from "node:buffer";
import { constants, deflateSync } from "node:zlib";
import { encodeUtf8 } from "../encoding/utf8.ts";

const BLOCK = 1 << 20;
const ADLER = 65_521;
const HEADER = Uint8Array.of(0x78, 0xda);
/** The last block of a stream, with nothing in it. */
const END = Uint8Array.of(0x03, 0x00);

/**
 * A zlib stream of `head`, then so many MiB of the character "0", then `tail`: about a thousandth of that, made
 * without ever holding what it inflates to. Blocks that end in a full flush stand alone, so one serves for all.
 */
export function bomb(head: string, mebibytes: number, tail: string): Uint8Array {
  const [first, last] = [encodeUtf8(head), encodeUtf8(tail)];
  const zeros = new Uint8Array(BLOCK).fill(0x30);
  const sum = new Adler();
  sum.add(first);
  for (let index = 0; index < mebibytes; index++) sum.addRepeated(0x30, BLOCK);
  sum.add(last);
  const block = flushed(zeros);
  const parts = [HEADER, flushed(first), ...Array(mebibytes).fill(block), flushed(last), END, sum.bytes()];
  return Buffer.concat(parts);
}

/** Deflated without the header of zlib and its checksum. */
function flushed(data: Uint8Array): Uint8Array {
  const stream = deflateSync(data, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  return stream.subarray(HEADER.length);
}

/** RFC 1950, section 9. */
class Adler {
  #a = 1;
  #b = 0;

  add(data: Uint8Array): void {
    for (const byte of data) this.addRepeated(byte, 1);
  }

  /** `count` of at most 2^20 keeps every sum a safe integer. */
  addRepeated(byte: number, count: number): void {
    this.#b = (this.#b + count * this.#a + (byte * count * (count + 1)) / 2) % ADLER;
    this.#a = (this.#a + byte * count) % ADLER;
  }

  bytes(): Uint8Array {
    return Uint8Array.of(this.#b >> 8, this.#b & 255, this.#a >> 8, this.#a & 255);
  }
}
