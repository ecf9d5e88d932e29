import { fstatSync, statSync, writeSync } from "node:fs";
import { ReaderGone, UsageError } from "./errors.ts";
import type { Sink } from "./io.ts";

/** Bytes that an empty pipe takes without waiting for its reader, on every system. */
const AT_ONCE = 4_096;

/**
 * A standard stream. Where it is no terminal the first bytes go straight to its file: loading the stream takes Node
 * longer than decoding a cookie.
 */
export function sink(file: number, open: () => NodeJS.WriteStream): Sink {
  let opened: NodeJS.WriteStream | undefined;
  const stream = () => {
    // Each write learns of its own failure.
    opened ??= open().on("error", () => undefined);
    return opened;
  };
  const mayBeTerminal = isDevice(file);
  let left = mayBeTerminal ? 0 : AT_ONCE;
  /** What is left for the stream, which gets all that follows too. */
  const writeFirst = (text: string): string | Uint8Array => {
    if (text.length > left) {
      left = 0;
      return text;
    }
    const bytes = Buffer.from(text);
    const rest = bytes.subarray(writeNow(file, bytes));
    left = rest.length > 0 ? 0 : left - bytes.length;
    return rest;
  };
  return {
    get isTTY() {
      return mayBeTerminal && stream().isTTY === true;
    },
    get columns() {
      return (mayBeTerminal && stream().columns) || 80;
    },
    async write(text) {
      const rest = writeFirst(text);
      if (rest.length === 0) return;
      const error = await new Promise<Error | null | undefined>((resolve) => stream().write(rest, resolve));
      if (error) throw writeFailure(error);
    },
  };
}

/**
 * A character device that keeps what it is given. Also what cannot be looked at: a Windows program without a console
 * has no such files.
 */
function isDevice(file: number): boolean {
  try {
    const status = fstatSync(file);
    return status.isCharacterDevice() && status.rdev !== statSync("/dev/null").rdev;
  } catch {
    return true;
  }
}

/** How many of the bytes a file took; none while a pipe is full. */
function writeNow(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0;
    throw writeFailure(error as Error);
  }
}

/** A reader that went away is no error; a full disk is. */
function writeFailure(error: Error): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED") return new ReaderGone();
  return new UsageError(`cannot write the output: ${code ?? error.message}`);
}
