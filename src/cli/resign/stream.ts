import { addCounts, type BlockResult, type Counts, longestLine, NO_COUNTS } from "./block.ts";
import { type Block, readBlocks } from "./blocks.ts";
import { formatsOf } from "./item.ts";
import { Memory } from "./memory.ts";
import { keepPairs } from "./pairs.ts";
import { localPool, type Pool, threadPool, type WorkerProgram } from "./pool.ts";
import type { ResignSpec } from "./spec.ts";

/** Whole lines. Resolves when more may be written; the bytes are not to be kept. */
export type WriteLines = (lines: Uint8Array) => Promise<void>;

export interface ResignStream {
  readonly input: AsyncIterable<Uint8Array>;
  readonly out: WriteLines;
  readonly rejects: WriteLines;
  readonly spec: ResignSpec;
  /** Threads to use for a long input, beside the one that reads and writes; 0: none. */
  readonly workers: number;
  /** Absent: no threads. */
  readonly program?: WorkerProgram | undefined;
  /** Bytes of input before threads are started. Default: 256 KiB, some thousand cookies. */
  readonly threadsFrom?: number;
  /** Called after each block is written. `read`: bytes of the input so far. */
  readonly onProgress?: ((counts: Counts, read: number) => void) | undefined;
}

const THREADS_FROM = 262_144;

/**
 * Re-signs a stream of cookies, one a line, in order. Only whole lines are written, and a bounded number of them is
 * held, whatever the length of the stream.
 * @throws what `input`, `out` and `rejects` throw, after which nothing more is written
 */
export async function resignStream(stream: ResignStream): Promise<Counts> {
  const pools = new Pools(stream);
  const memory = new Memory();
  const writer = new Writer(stream, memory);
  const take = (size: number) => memory.take(size);
  const longest = longestLine(stream.spec);
  try {
    const blocks = readBlocks(stream.input, longest, take);
    for await (const block of keepPairs(blocks, formatsOf(stream.spec), longest, take)) {
      const pool = await pools.poolFor(block);
      await writer.room(pool.width);
      const { read } = block;
      writer.add(pool.run(block), read);
    }
    return await writer.finish();
  } finally {
    await pools.close();
  }
}

/** Starts threads once the input turns out to be long. */
class Pools {
  readonly #stream: ResignStream;
  readonly #local: Pool;
  #threads: Pool | undefined;

  constructor(stream: ResignStream) {
    this.#stream = stream;
    this.#local = localPool(stream.spec);
  }

  async poolFor({ read }: Block): Promise<Pool> {
    const { workers, program, spec, threadsFrom = THREADS_FROM } = this.#stream;
    if (this.#threads !== undefined) return this.#threads;
    if (workers === 0 || program === undefined || read <= threadsFrom) return this.#local;
    this.#threads = await threadPool(spec, workers, program);
    return this.#threads;
  }

  async close(): Promise<void> {
    await this.#threads?.close();
  }
}

/** Writes results in the order in which they were added. */
class Writer {
  readonly #stream: ResignStream;
  #counts = NO_COUNTS;
  #pending = 0;
  #last: Promise<void> = Promise.resolve();
  #failed: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;
  readonly #memory: Memory;

  constructor(stream: ResignStream, memory: Memory) {
    this.#stream = stream;
    this.#memory = memory;
  }

  /** Waits until fewer than `most` results are under way. */
  async room(most: number): Promise<void> {
    while (this.#pending >= most && this.#failed === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failed !== undefined) throw this.#failed.error;
  }

  add(result: Promise<BlockResult>, read: number): void {
    this.#pending++;
    result.catch(() => undefined);
    this.#last = this.#last.then(async () => {
      try {
        if (this.#failed === undefined) await this.#write(await result, read);
      } catch (error) {
        this.#failed ??= { error };
      }
      this.#pending--;
      this.#wake?.();
    });
  }

  async finish(): Promise<Counts> {
    await this.#last;
    if (this.#failed !== undefined) throw this.#failed.error;
    return this.#counts;
  }

  async #write({ out, rejects, counts }: BlockResult, read: number): Promise<void> {
    if (out.length > 0) await this.#stream.out(out);
    this.#memory.give(out);
    if (rejects.length > 0) await this.#stream.rejects(rejects);
    this.#counts = addCounts(this.#counts, counts);
    this.#stream.onProgress?.(this.#counts, read);
  }
}
