import { constants, createDeflate, createInflate, deflateSync, inflateSync } from "node:zlib";
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
    this.#handle.writeSync(constants.Z_FINISH, input, 0, input.length, this.#output, 0, OUTPUT);
    const room = this.#state[0] ?? 0;
    if (this.#failed || room === 0) return undefined;
    const result = Buffer.allocUnsafe(OUTPUT - room);
    this.#output.copy(result);
    return result;
  }
}

const SAMPLE = new TextEncoder().encode('{"user":"1","backend":"a.b.ModelBackend","cart":[1,1,1,1,1]}');

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

/** Made at the first use; null when there is none to be had. */
let inflater: Engine | null | undefined;
let deflater: Engine | null | undefined;

function makeInflater(): Engine | null {
  const stream = deflateSync(SAMPLE);
  return makeEngine(createInflate() as HandleOwner, stream, SAMPLE, stream.subarray(0, -2)) ?? null;
}

function makeDeflater(): Engine | null {
  return makeEngine(createDeflate() as HandleOwner, SAMPLE, deflateSync(SAMPLE)) ?? null;
}

/** zlib at the default level. */
export function deflate(data: Uint8Array): Uint8Array {
  if (deflater === undefined) deflater = makeDeflater();
  return deflater?.run(data) ?? deflateSync(data);
}

/** See `Platform.inflate`. */
export function inflate(data: Uint8Array, limit: number): Uint8Array | InflateFailure {
  if (inflater === undefined) inflater = makeInflater();
  const stream = widenWindow(data);
  const output = inflater?.run(stream);
  if (output === undefined) return inflateOnce(stream, limit);
  return output.length > limit ? "too-large" : output;
}

/** The least that zlib takes. */
const SMALLEST_CHUNK = 64;

function inflateOnce(stream: Uint8Array, limit: number): Uint8Array | InflateFailure {
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(limit + 1, Math.max(1024, 4 * stream.length)));
  try {
    const output = inflateSync(stream, { maxOutputLength: Math.max(1, limit), chunkSize });
    return output.length > limit ? "too-large" : output;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? "too-large" : "corrupt";
  }
}

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
