/** A line of a stream, without its line ending; or why it cannot be read. Numbered from 1. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: "too-long" | "not-utf8" };

const NEWLINE = 0x0a;

/**
 * Splits a byte stream into lines and holds at most one of them: what is longer than `maxBytes` is dropped up to
 * its end and reported, and the lines after it are read as usual.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let pending: Uint8Array[] = [];
  let length = 0;
  let number = 0;

  const finish = (): Line => {
    const held = pending;
    const tooLong = length > maxBytes;
    pending = [];
    length = 0;
    number++;
    if (tooLong) return { number, fault: "too-long" };
    try {
      return { number, text: decoder.decode(join(held)).replace(/\r$/, "") };
    } catch {
      return { number, fault: "not-utf8" };
    }
  };
  const hold = (part: Uint8Array) => {
    length += part.length;
    if (length > maxBytes) pending = [];
    else if (part.length > 0) pending.push(part);
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      hold(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
