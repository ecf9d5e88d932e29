import { open } from "node:fs/promises";
import { UsageError } from "../errors.ts";
import { reason } from "../files.ts";

export interface InputFile {
  /** A chunk is only good until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes; undefined for a pipe or a device. */
  readonly size: number | undefined;
}

/** @throws {UsageError} when it cannot be opened; `chunks` too, when it cannot be read to its end */
export async function openInput(path: string): Promise<InputFile> {
  const failure = (error: unknown) => new UsageError(`cannot read ${path}: ${reason(error)}`);
  try {
    const handle = await open(path);
    const found = await handle.stat();
    return { chunks: readAll(handle, failure), size: found.isFile() ? found.size : undefined };
  } catch (error) {
    throw failure(error);
  }
}

const CHUNK = 65_536;

type Handle = Awaited<ReturnType<typeof open>>;

async function* readAll(handle: Handle, failure: (error: unknown) => UsageError): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK).catch((error: unknown) => {
        throw failure(error);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
