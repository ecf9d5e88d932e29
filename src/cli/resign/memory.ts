import type { Bytes } from "./blocks.ts";

/** Room for a block of 64 KiB with what is left of a line before it, and for longer signatures. */
const SIZE = 131_072;

/** Memory that goes round, so that a long stream leaves nothing for the garbage collector to find in time. */
export class Memory {
  readonly #free: ArrayBuffer[] = [];

  take(size: number): Bytes {
    if (size > SIZE) return new Uint8Array(size);
    return new Uint8Array(this.#free.pop() ?? new ArrayBuffer(SIZE), 0, size);
  }

  /** Bytes that are no longer read. */
  give({ buffer }: Bytes): void {
    if (buffer.byteLength === SIZE) this.#free.push(buffer);
  }
}
