import { readHar } from "../core/cookie-input.ts";
import type { Pasted } from "../core/pasted.ts";
import { UsageError } from "./errors.ts";
import { readFileWhole, readStreamWhole } from "./files.ts";
import type { Io } from "./io.ts";

/** Largest HAR file, in bytes: whole browser sessions are some dozens of megabytes. */
const MAX_HAR = 268_435_456;

/** @throws {UsageError} when the file cannot be read, or is no HAR file with cookies */
export async function readHarFile(path: string, io: Io): Promise<Pasted> {
  return cookiesOf(await readFileWhole(path, MAX_HAR, io), path);
}

/** What HAR files begin with, but for white space. */
const BEGINNING = '{"log":{';

/** Bytes to look at for it. */
const MOST = 4_096;

/** A stream that was looked at, and can be read from its beginning. */
interface Seen {
  readonly isHar: boolean;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Looks whether a stream begins as a HAR file does. Waits for no more of it than that takes. */
export async function lookForHar(chunks: AsyncIterable<Uint8Array>): Promise<Seen> {
  const iterator = chunks[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  const seen: Uint8Array[] = [];
  let left = MOST;
  let text = "";
  while (left > 0 && text !== BEGINNING && BEGINNING.startsWith(text)) {
    const { value, done } = await iterator.next();
    if (done) break;
    seen.push(value);
    const part = value.subarray(0, left);
    left -= part.length;
    text = (text + decoder.decode(part, { stream: true }).replace(/\s+/g, "")).slice(0, BEGINNING.length);
  }
  return { isHar: text === BEGINNING, chunks: again(seen, iterator) };
}

async function* again(
  seen: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* seen;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** @throws {UsageError} when the stream is too long, or is no HAR file with cookies */
export async function readHarStream(chunks: AsyncIterable<Uint8Array>): Promise<Pasted> {
  return cookiesOf(await readStreamWhole(chunks, MAX_HAR, STDIN), STDIN);
}

const STDIN = "standard input";

function cookiesOf(bytes: Uint8Array, named: string): Pasted {
  const cookies = readHar(new TextDecoder().decode(bytes));
  if (!cookies.ok) throw new UsageError(`${named} is not a HAR file: ${cookies.message}`);
  if (cookies.value.length === 0) {
    throw new UsageError(
      `${named} holds no cookies`,
      'export it again "with sensitive data": browsers leave cookies out',
    );
  }
  return { source: "har", cookies: cookies.value };
}
