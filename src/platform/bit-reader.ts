/** What is not the whole of an intact stream. */
export class Corrupt extends Error {}

/** Bits of a DEFLATE stream, the least significant of each byte first. Throws Corrupt past the end. */
export class BitReader {
  readonly #data: Uint8Array;
  #position = 0;
  #buffer = 0;
  #count = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  /** A number of up to 16 bits. */
  bits(count: number): number {
    while (this.#count < count) {
      const byte = this.#data[this.#position];
      if (byte === undefined) throw new Corrupt();
      this.#position++;
      this.#buffer |= byte << this.#count;
      this.#count += 8;
    }
    const value = this.#buffer & ((1 << count) - 1);
    this.#buffer >>>= count;
    this.#count -= count;
    return value;
  }

  /** Drops what is left of the current byte. */
  align(): void {
    this.bits(this.#count & 7);
  }

  /** Whole bytes; the reader must stand at the start of one. */
  bytes(length: number): Uint8Array {
    const start = this.#position;
    if (start + length > this.#data.length) throw new Corrupt();
    this.#position += length;
    return this.#data.subarray(start, start + length);
  }
}
