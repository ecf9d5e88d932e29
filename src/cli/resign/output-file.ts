import { randomBytes } from "node:crypto";
import { fstatSync, rmSync } from "node:fs";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { reason } from "../files.ts";
import { atExit } from "./exit.ts";
import type { WriteLines } from "./stream.ts";

/** A file that is written as a whole or not at all. */
export interface OutputFile {
  readonly write: WriteLines;
  /** Puts it in its place. */
  commit(): Promise<void>;
  /** Leaves what was there before. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/**
 * Opens a file beside `path`, which takes its place once it is whole: an interrupt leaves what was there. It is
 * readable by its owner alone, or has the mode of the one that it replaces. A link is followed. A device or a pipe
 * is written to as it is.
 * @throws {UsageError} when it cannot be written
 */
export async function openOutput(path: string): Promise<OutputFile> {
  return asUsage(path, async () => {
    const target = await targetOf(path);
    if (target.special) return direct(path, await open(target.path, "w"));
    return beside(path, target.path, target.mode);
  });
}

/** A path, or the descriptor of an open file. */
type FileName = string | number;

/** Whether two names are of one file, or would be once it is there. A descriptor counts where it is a regular file's. */
export async function isSameFile(one: FileName | undefined, other: FileName | undefined): Promise<boolean> {
  if (one === undefined || other === undefined) return false;
  const [first, second] = await Promise.all([identity(one), identity(other)]);
  return first === second;
}

/** What all names of a file have in common. */
async function identity(name: FileName): Promise<string> {
  try {
    const found = typeof name === "number" ? fstatSync(name, EXACT) : await stat(name, EXACT);
    if (typeof name === "string" || found.isFile()) return `${found.dev}:${found.ino}`;
  } catch {
    // It is not there yet.
  }
  return typeof name === "number" ? `descriptor ${name}` : resolve(name);
}

/** Windows numbers its files beyond 2^53. */
const EXACT = { bigint: true } as const;

interface Target {
  readonly path: string;
  readonly mode: number;
  readonly special: boolean;
}

async function targetOf(path: string): Promise<Target> {
  try {
    const real = await realpath(path);
    const found = await stat(real);
    return { path: real, mode: found.mode & 0o777, special: !found.isFile() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return { path, mode: 0o600, special: false };
  }
}

function direct(path: string, handle: FileHandle): OutputFile {
  return {
    write: (lines) => asUsage(path, () => handle.writeFile(lines)),
    commit: () => handle.close(),
    discard: () => handle.close().catch(() => undefined),
  };
}

async function beside(shown: string, target: string, mode: number): Promise<OutputFile> {
  const name = `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`;
  const temporary = join(dirname(target), name);
  const handle = await open(temporary, "wx", 0o600);
  const forget = atExit(() => rmSync(temporary, { force: true }));
  let isOpen = true;
  const close = async () => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    write: (lines) => asUsage(shown, () => handle.writeFile(lines)),
    commit: () =>
      asUsage(shown, async () => {
        await handle.chmod(mode);
        await handle.sync();
        await close();
        await rename(temporary, target);
        forget();
      }),
    async discard() {
      await close().catch(() => undefined);
      await rm(temporary, { force: true });
      forget();
    },
  };
}

async function asUsage<T>(path: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${path}: ${reason(error)}`);
  }
}
