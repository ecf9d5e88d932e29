import { UsageError } from "./errors.ts";
import { gather } from "./gather.ts";
import type { Io } from "./io.ts";

/**
 * A file that is read as a whole. `most`: bytes. `named`: what an error calls it.
 * @throws {UsageError} when it cannot be read, or is larger
 */
export async function readFileWhole(path: string, most: number, io: Io, named = path): Promise<Uint8Array> {
  try {
    return await io.readFile(path, most);
  } catch (error) {
    throw new UsageError(`cannot read ${named}: ${reason(error, most)}`);
  }
}

/**
 * A stream that is read as a whole. `most`: bytes. `named`: what an error calls it.
 * @throws {UsageError} when it is longer
 */
export async function readStreamWhole(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
  named: string,
): Promise<Uint8Array> {
  try {
    return await gather(chunks, most);
  } catch (error) {
    throw new UsageError(`cannot read ${named}: ${reason(error, most)}`);
  }
}

/** Why the system refused a file. */
export function reason(error: unknown, most?: number): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const known: Readonly<Record<string, string>> = {
    ENOENT: "no such file",
    EACCES: "permission denied",
    EISDIR: "it is a directory",
    EFBIG: most === undefined ? "it is too large" : `it is larger than ${most} bytes`,
  };
  return known[code ?? ""] ?? code ?? "unreadable";
}
