import type { Worker } from "node:worker_threads";
import { type BlockResult, resignBlock } from "./block.ts";
import type { Block } from "./blocks.ts";
import { makeResigner } from "./item.ts";
import type { ResignSpec } from "./spec.ts";

/** Re-signs blocks. */
export interface Pool {
  /** Blocks that may be under way at once; memory is a multiple of it. */
  readonly width: number;
  /** Takes over the block's bytes. */
  run(block: Block): Promise<BlockResult>;
  close(): Promise<void>;
}

/** The program of a worker thread: a file, or the text of a script. */
export type WorkerProgram = { readonly path: string } | { readonly source: string };

/** Blocks that wait at a worker, so that it always has something to do. */
const QUEUED = 3;

/** MB of a thread's young garbage. By default it grows with the length of the input up to several times that. */
const YOUNG = 4;

/** MB of its heap, far more than any line takes. With a limit the heap is also collected sooner. */
const HEAP = 1024;

export function localPool(spec: ResignSpec): Pool {
  const resignItem = makeResigner(spec);
  return {
    width: 1,
    run: async (block) => resignBlock(block, resignItem, spec),
    close: async () => undefined,
  };
}

interface Waiting {
  readonly resolve: (result: BlockResult) => void;
  readonly reject: (error: Error) => void;
}

/** One worker thread. Answers come in the order of the questions. */
class Thread {
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #failure: Error | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on("message", (result: BlockResult) => this.#waiting.shift()?.resolve(result));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", (code) => this.#fail(new Error(`a worker thread ended with code ${code}`)));
  }

  get queued(): number {
    return this.#waiting.length;
  }

  run(block: Block): Promise<BlockResult> {
    const failure = this.#failure;
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(block, [block.bytes.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

/** Worker threads. The secrets reach them as data: no command line and no environment holds them. */
export async function threadPool(spec: ResignSpec, workers: number, program: WorkerProgram): Promise<Pool> {
  const { Worker } = await import("node:worker_threads");
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG, maxOldGenerationSizeMb: HEAP };
  const isText = "source" in program;
  const options = { eval: isText, workerData: spec, execArgv: [], argv: [], env: {}, resourceLimits };
  const code = isText ? program.source : program.path;
  const threads = Array.from({ length: workers }, () => new Thread(new Worker(code, options)));
  return {
    width: workers * QUEUED,
    run: (block) => leastBusy(threads).run(block),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

function leastBusy(threads: readonly Thread[]): Thread {
  return threads.reduce((best, thread) => (thread.queued < best.queued ? thread : best));
}
