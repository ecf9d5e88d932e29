/** Thrown and caught inside the pickle modules only: what is wrong, without the place. */
export class PickleFault extends Error {
  override readonly name = "PickleFault";
}

const NEWLINE = 0x0a;

/** Reads the arguments of pickle opcodes; all numbers are little-endian. */
export class PickleReader {
  offset = 0;
  readonly #data: Uint8Array;
  readonly #view: DataView;

  constructor(data: Uint8Array) {
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  /** Moves past `length` bytes and returns where they began. */
  #advance(length: number): number {
    if (length > this.#data.length - this.offset) throw new PickleFault("it ends too early");
    const start = this.offset;
    this.offset += length;
    return start;
  }

  /** Fails when fewer bytes are left, without reading them. */
  require(length: number): void {
    this.offset = this.#advance(length);
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#data.subarray(start, start + length);
  }

  /** Up to the next line feed, which is dropped. */
  line(): Uint8Array {
    const end = this.#data.indexOf(NEWLINE, this.offset);
    if (end < 0) throw new PickleFault("it ends inside a line");
    const line = this.#data.subarray(this.offset, end);
    this.offset = end + 1;
    return line;
  }

  uint1(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint2(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  uint4(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  int4(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  /** Rounded when beyond 2^53: no length that large can be satisfied. */
  uint8(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** Big-endian, unlike everything else. */
  float8(): number {
    return this.#view.getFloat64(this.#advance(8));
  }
}
