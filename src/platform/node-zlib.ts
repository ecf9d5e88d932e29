import type * as NodeZlib from "node:zlib";
import type { InflateFailure } from "./provider.ts";

/**
 * Node's one-shot `inflateSync` and `deflateSync` build a stream and its memory for each call, which costs more
 * than the work on a session of some hundred bytes. An engine keeps one zlib object and resets it.
 *
 * It needs the stream's `_handle`, which Node has had since 11 and does not document. Where that is missing or
 * answers otherwise than the one-shot functions (another runtime, a later Node), it is not used.
 */
interface Handle {
  reset(): void;
  writeSync(
    flush: number,
    input: Uint8Array,
    inputOffset: number,
    inputLength: number,
    output: Uint8Array,
    outputOffset: number,
    outputLength: number,
  ): void;
  onerror: (...details: unknown[]) => void;
}

interface HandleOwner {
  readonly _handle?: Handle | null;
  /** Room left in the output and bytes left of the input, after a write. */
  readonly _writeState?: Uint32Array;
}

const Z_FINISH = 4;

/** What is larger takes so long that setting up no longer counts. */
const MOST_INPUT = 4_096;
const OUTPUT = 16_384;

class Engine {
  readonly #handle: Handle;
  readonly #state: Uint32Array;
  readonly #output = Buffer.alloc(OUTPUT);
  #failed = false;

  constructor(handle: Handle, state: Uint32Array) {
    this.#handle = handle;
    this.#state = state;
    handle.onerror = () => {
      this.#failed = true;
    };
  }

  /** Undefined when this input is not for the engine: too large, or a fault that the one-shot function names. */
  run(input: Uint8Array): Uint8Array | undefined {
    if (input.length > MOST_INPUT) return undefined;
    this.#failed = false;
    this.#handle.reset();
    this.#handle.writeSync(Z_FINISH, input, 0, input.length, this.#output, 0, OUTPUT);
    const room = this.#state[0] ?? 0;
    if (this.#failed || room === 0) return undefined;
    const result = Buffer.allocUnsafe(OUTPUT - room);
    this.#output.copy(result);
    return result;
  }
}

const sample = () => Buffer.from('{"user":"1","backend":"a.b.ModelBackend","cart":[1,1,1,1,1]}');

/** An engine that was seen to give the right answer twice, and none to a damaged input. */
function makeEngine(
  owner: HandleOwner,
  input: Uint8Array,
  expected: Uint8Array,
  damaged?: Uint8Array,
): Engine | undefined {
  const { _handle: handle, _writeState: state } = owner;
  if (typeof handle?.writeSync !== "function" || typeof handle.reset !== "function") return undefined;
  if (!(state instanceof Uint32Array)) return undefined;
  try {
    const engine = new Engine(handle, state);
    const isRight = () => Buffer.compare(engine.run(input) ?? new Uint8Array(), expected) === 0;
    const seesDamage = damaged === undefined || engine.run(damaged) === undefined;
    return isRight() && seesDamage && isRight() ? engine : undefined;
  } catch {
    return undefined;
  }
}

/** zlib over the engines, and over the one-shot functions where an engine does not serve. */
export class Zlib {
  readonly #zlib: typeof NodeZlib;
  /** Made at the first use; null when there is none to be had. */
  #inflater: Engine | null | undefined;
  #deflater: Engine | null | undefined;

  constructor(zlib: typeof NodeZlib) {
    this.#zlib = zlib;
  }

  /** At the default level. */
  deflate(data: Uint8Array): Uint8Array {
    if (this.#deflater === undefined) this.#deflater = this.#makeDeflater();
    return this.#deflater?.run(data) ?? this.#zlib.deflateSync(data);
  }

  /** See `Platform.inflate`. */
  inflate(data: Uint8Array, limit: number): Uint8Array | InflateFailure {
    if (this.#inflater === undefined) this.#inflater = this.#makeInflater();
    const stream = widenWindow(data);
    const output = this.#inflater?.run(stream);
    if (output === undefined) return this.#inflateOnce(stream, limit);
    return output.length > limit ? "too-large" : output;
  }

  #makeInflater(): Engine | null {
    const expected = sample();
    const stream = this.#zlib.deflateSync(expected);
    const damaged = stream.subarray(0, -2);
    return makeEngine(this.#zlib.createInflate() as HandleOwner, stream, expected, damaged) ?? null;
  }

  #makeDeflater(): Engine | null {
    const input = sample();
    const expected = this.#zlib.deflateSync(input);
    return makeEngine(this.#zlib.createDeflate() as HandleOwner, input, expected) ?? null;
  }

  #inflateOnce(stream: Uint8Array, limit: number): Uint8Array | InflateFailure {
    const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(limit + 1, Math.max(1024, 4 * stream.length)));
    try {
      const output = this.#zlib.inflateSync(stream, { maxOutputLength: Math.max(1, limit), chunkSize });
      return output.length > limit ? "too-large" : output;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? "too-large" : "corrupt";
    }
  }
}

/** The least that zlib takes. */
const SMALLEST_CHUNK = 64;

const DEFLATE = 8;
const LARGEST_WINDOW = 0x78;
const PRESET_DICTIONARY = 0x20;

/**
 * Node's zlib is built to refuse matches beyond the window that the header declares; others, like Python's, do not
 * look. A header that declares less than the largest window is replaced by one that does not.
 */
function widenWindow(data: Uint8Array): Uint8Array {
  const method = data[0] ?? 0;
  const flags = data[1] ?? 0;
  const intact =
    (method & 15) === DEFLATE && (256 * method + flags) % 31 === 0 && !(flags & PRESET_DICTIONARY);
  if (!intact || method >= LARGEST_WINDOW) return data;
  const widened = Uint8Array.from(data);
  widened.set([LARGEST_WINDOW, 1]);
  return widened;
}
