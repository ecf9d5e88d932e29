import { type BitReader, Corrupt } from "./bit-reader.ts";

const LONGEST_CODE = 15;

/** A canonical Huffman code (RFC 1951, 3.2.2), read bit by bit: cookies are too short to repay a table. */
class HuffmanCode {
  /** How many codes have each length. */
  readonly #counts = new Uint16Array(LONGEST_CODE + 1);
  /** Symbols in the order of their codes. */
  readonly #symbols: Uint16Array;

  /** From the length of each symbol's code, 0 for one that is not used. */
  constructor(lengths: Uint8Array) {
    for (const length of lengths) this.#count(length);
    const next = new Uint16Array(LONGEST_CODE + 2);
    for (let length = 1; length <= LONGEST_CODE; length++) {
      next[length + 1] = (next[length] ?? 0) + this.#of(length);
    }
    this.#symbols = new Uint16Array(lengths.length);
    for (const [symbol, length] of lengths.entries()) {
      if (length === 0) continue;
      const index = next[length] ?? 0;
      this.#symbols[index] = symbol;
      next[length] = index + 1;
    }
  }

  /** Codes of the greatest length that no symbol uses; negative when there are too many symbols. */
  get unused(): number {
    let left = 1;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      left = 2 * left - this.#of(length);
      if (left < 0) return left;
    }
    return left;
  }

  /** Whether no code is longer than one bit. */
  get trivial(): boolean {
    return this.#of(0) + this.#of(1) === this.#symbols.length;
  }

  read(reader: BitReader): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code |= reader.bits(1);
      const count = this.#of(length);
      if (code - count < first) return this.#symbols[index + code - first] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Corrupt();
  }

  #of(length: number): number {
    return this.#counts[length] as number;
  }

  #count(length: number): void {
    this.#counts[length] = this.#of(length) + 1;
  }
}

/** The two codes of a compressed block: literals and lengths, and distances. */
export interface Trees {
  readonly literals: HuffmanCode;
  readonly distances: HuffmanCode;
}

function fixedLiteralLengths(): Uint8Array {
  return new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280);
}

export const FIXED: Trees = {
  literals: new HuffmanCode(fixedLiteralLengths()),
  distances: new HuffmanCode(new Uint8Array(30).fill(5)),
};

const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const MOST_LITERALS = 286;
const MOST_DISTANCES = 30;

/** The codes of a dynamic block, refused where zlib refuses them: over-subscribed or, with one exception, incomplete. */
export function readDynamic(reader: BitReader): Trees {
  const literalCount = reader.bits(5) + 257;
  const distanceCount = reader.bits(5) + 1;
  const lengthCount = reader.bits(4) + 4;
  if (literalCount > MOST_LITERALS || distanceCount > MOST_DISTANCES) throw new Corrupt();
  const codeLengths = new Uint8Array(LENGTH_ORDER.length);
  for (const symbol of LENGTH_ORDER.slice(0, lengthCount)) codeLengths[symbol] = reader.bits(3);
  const lengthCode = new HuffmanCode(codeLengths);
  if (lengthCode.unused !== 0) throw new Corrupt();
  const lengths = readLengths(reader, lengthCode, literalCount + distanceCount);
  if (lengths[256] === 0) throw new Corrupt();
  return {
    literals: usable(new HuffmanCode(lengths.subarray(0, literalCount))),
    distances: usable(new HuffmanCode(lengths.subarray(literalCount))),
  };
}

function readLengths(reader: BitReader, code: HuffmanCode, total: number): Uint8Array {
  const lengths = new Uint8Array(total);
  for (let index = 0; index < total; ) {
    const symbol = code.read(reader);
    if (symbol < 16) {
      lengths[index++] = symbol;
      continue;
    }
    const [value, count] = readRun(reader, symbol, lengths[index - 1]);
    if (value === undefined || index + count > total) throw new Corrupt();
    lengths.fill(value, index, index + count);
    index += count;
  }
  return lengths;
}

function readRun(reader: BitReader, symbol: number, previous: number | undefined) {
  if (symbol === 16) return [previous, 3 + reader.bits(2)] as const;
  return [0, symbol === 17 ? 3 + reader.bits(3) : 11 + reader.bits(7)] as const;
}

/** zlib lets a code be incomplete when it has a single symbol of one bit, or none at all. */
function usable(code: HuffmanCode): HuffmanCode {
  if (code.unused < 0 || (code.unused > 0 && !code.trivial)) throw new Corrupt();
  return code;
}
