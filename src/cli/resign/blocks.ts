import * as platform from "#platform";

export const NEWLINE = 0x0a;

/** Bytes whose buffer can be handed to another thread. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Whole lines of a stream. */
export interface Block {
  readonly bytes: Bytes;
  /** The number of the first line, from 1. */
  readonly line: number;
  /** What was read of the stream to get here. */
  readonly read: number;
}

/**
 * Cuts a byte stream into blocks of whole lines as they come. Of a line that is longer than `maxBytes` one byte
 * more than that is kept, by which its reader knows, so that memory stays flat. `take` gives memory for a block.
 */
export async function* readBlocks(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  take: (size: number) => Bytes = (size) => new Uint8Array(size),
): AsyncGenerator<Block> {
  let held: Uint8Array[] = [];
  let tail = 0;
  let line = 1;
  let read = 0;
  const hold = (part: Uint8Array) => {
    const room = Math.max(0, maxBytes + 1 - tail);
    if (part.length > 0 && room > 0) held.push(part.subarray(0, room));
    tail += part.length;
  };
  for await (const chunk of chunks) {
    const first = chunk.indexOf(NEWLINE);
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      hold(chunk.slice());
      continue;
    }
    hold(chunk.subarray(0, first));
    held.push(chunk.subarray(first, end));
    read += tail + end - first;
    const bytes = join(held, take);
    held = [];
    tail = 0;
    const lines = countLines(bytes);
    yield { bytes, line, read };
    line += lines;
    // The chunk's memory may be filled again once the next one is asked for.
    hold(chunk.slice(end));
  }
  if (tail > 0) yield { bytes: join(held, take), line, read: read + tail };
}

export function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** Always a copy, which may be handed to another thread. */
function join(parts: readonly Uint8Array[], take: (size: number) => Bytes): Bytes {
  const joined = take(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** A line without its ending, or why it cannot be read. */
export type BlockLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: "too-long" | "not-utf8" };

/** The lines of a block. */
export function* linesOf({ bytes, line }: Block, maxBytes: number): Generator<BlockLine> {
  const whole = bytes.length > maxBytes ? undefined : platform.utf8(bytes);
  if (whole === undefined) return yield* linesApart(bytes, line, maxBytes);
  let number = line;
  for (let start = 0; start < whole.length; number++) {
    const newline = whole.indexOf("\n", start);
    const end = newline < 0 ? whole.length : newline;
    yield { number, text: whole.slice(start, end).replace(/\r$/, "") };
    start = end + 1;
  }
}

/** Decodes every line by itself, so that one that is not UTF-8 spoils no other. */
function* linesApart(bytes: Uint8Array, line: number, maxBytes: number): Generator<BlockLine> {
  let number = line;
  for (let start = 0; start < bytes.length; number++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = end - start > maxBytes ? undefined : platform.utf8(bytes.subarray(start, end));
    if (text !== undefined) yield { number, text: text.replace(/\r$/, "") };
    else yield { number, fault: end - start > maxBytes ? "too-long" : "not-utf8" };
    start = end + 1;
  }
}
