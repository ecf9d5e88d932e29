import { BitReader, Corrupt } from "./bit-reader.ts";
import { FIXED, readDynamic, type Trees } from "./huffman.ts";
import type { InflateFailure } from "./provider.ts";

/**
 * Decompresses a zlib stream (RFC 1950 and 1951) and accepts exactly what zlib's inflate accepts: every block
 * is checked as strictly, a preset dictionary is refused, the Adler-32 must fit. What follows is ignored.
 *
 * "too-large" as soon as the output would pass `limit` bytes; no more than that is ever allocated. Follows
 * zlib's contrib/puff/puff.c, which mirrors inflate.c. Fast libraries for JavaScript accept more than zlib.
 */
export function inflate(data: Uint8Array, limit: number): Uint8Array | InflateFailure {
  const reader = new BitReader(data);
  const output = new Output(limit, data.length);
  try {
    readHeader(reader);
    while (!readBlock(reader, output));
    return checksum(reader) === adler32(output.bytes()) ? output.bytes() : "corrupt";
  } catch (error) {
    if (error instanceof TooLarge) return "too-large";
    if (error instanceof Corrupt) return "corrupt";
    throw error;
  }
}

class TooLarge extends Error {}

/** The bytes so far, which later ones may repeat. */
class Output {
  length = 0;
  readonly #limit: number;
  #bytes: Uint8Array;

  constructor(limit: number, inputLength: number) {
    this.#limit = limit;
    this.#bytes = new Uint8Array(Math.min(limit, Math.max(1024, 4 * inputLength)));
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  push(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = byte;
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  repeat(distance: number, length: number): void {
    if (distance > this.length) throw new Corrupt();
    this.#reserve(length);
    const bytes = this.#bytes;
    const end = this.length + length;
    for (let at = this.length; at < end; at++) bytes[at] = bytes[at - distance] as number;
    this.length = end;
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#bytes.length) return;
    if (needed > this.#limit) throw new TooLarge();
    const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, 2 * this.#bytes.length)));
    larger.set(this.bytes());
    this.#bytes = larger;
  }
}

const DEFLATE = 8;
const LARGEST_WINDOW = 7;
const PRESET_DICTIONARY = 0x20;

function readHeader(reader: BitReader): void {
  const method = reader.bits(8);
  const flags = reader.bits(8);
  const known = (method & 15) === DEFLATE && method >> 4 <= LARGEST_WINDOW;
  if (!known || (256 * method + flags) % 31 !== 0 || flags & PRESET_DICTIONARY) throw new Corrupt();
}

/** True after the last block. */
function readBlock(reader: BitReader, output: Output): boolean {
  const last = reader.bits(1) === 1;
  const type = reader.bits(2);
  if (type === 0) readStored(reader, output);
  else if (type === 1) readCompressed(reader, output, FIXED);
  else if (type === 2) readCompressed(reader, output, readDynamic(reader));
  else throw new Corrupt();
  return last;
}

function readStored(reader: BitReader, output: Output): void {
  reader.align();
  const length = reader.bits(16);
  if (reader.bits(16) !== (~length & 0xffff)) throw new Corrupt();
  output.append(reader.bytes(length));
}

const END_OF_BLOCK = 256;
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

function readCompressed(reader: BitReader, output: Output, trees: Trees): void {
  for (;;) {
    const symbol = trees.literals.read(reader);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) {
      output.push(symbol);
      continue;
    }
    const length = readExtended(reader, symbol - 257, LENGTHS, LENGTH_BITS);
    const distance = readExtended(reader, trees.distances.read(reader), DISTANCES, DISTANCE_BITS);
    output.repeat(distance, length);
  }
}

function readExtended(reader: BitReader, code: number, bases: readonly number[], extra: readonly number[]) {
  const base = bases[code];
  const bits = extra[code];
  if (base === undefined || bits === undefined) throw new Corrupt();
  return base + reader.bits(bits);
}

function checksum(reader: BitReader): number {
  reader.align();
  let value = 0;
  for (const byte of reader.bytes(4)) value = value * 256 + byte;
  return value;
}

const ADLER_MODULUS = 65521;
/** Bytes that can be added up before a sum needs more than 31 bits. */
const ADLER_RUN = 3800;

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < data.length; start += ADLER_RUN) {
    const end = Math.min(data.length, start + ADLER_RUN);
    for (let index = start; index < end; index++) {
      a += data[index] as number;
      b += a;
    }
    a %= ADLER_MODULUS;
    b %= ADLER_MODULUS;
  }
  return b * 65536 + a;
}
