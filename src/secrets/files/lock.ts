import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Failure, fail } from "../../core/failure.ts";
import { ok, type Result } from "../../core/result.ts";
import { errnoOf, quoted } from "./errors.ts";
import { lockPath, passingPath } from "./names.ts";
import { hasEnded, newToken, parseWriter, thisWriter, type Writer } from "./writer.ts";

/** The exclusive right to edit one file. */
export interface FileLock {
  /** Names what this run creates beside the file. */
  readonly token: string;
  readonly writer: Writer;
  /** False when somebody removed the lock by hand. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

interface Holder {
  readonly path: string;
  readonly writer: Writer | undefined;
}

const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 80;

/**
 * Locks `target` (a real path) against other runs, waiting up to `timeout` seconds for a live holder. The lock of a
 * process that ended on this machine is taken over at once.
 *
 * The lock is a directory that holds one file, named after its holder and saying who it is. It appears by renaming a
 * prepared directory: POSIX rename replaces an empty directory and no other. Taking over is unlinking the dead
 * holder's file by its own name, which no later holder has, so two takers cannot both win.
 *
 * Not kept out: programs that know nothing of the lock.
 *
 * @returns the lock, or `locked` with the holder named
 * @throws what the operating system refuses, with its code
 */
export async function lockFile(
  target: string,
  timeout: number,
): Promise<Result<FileLock, Failure<"locked">>> {
  const writer = await thisWriter();
  const token = newToken(writer);
  const prepared = passingPath(target, token, "lock");
  const deadline = performance.now() + timeout * 1000;
  try {
    await prepare(prepared, token, writer);
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      if (await take(target, prepared, token, writer)) return ok(lockOf(target, token, writer));
      const holder = await findHolder(target);
      if (await evictIfDead(holder, writer)) continue;
      const left = deadline - performance.now();
      if (!(left > 0)) return locked(target, holder?.writer);
      await sleep(Math.min(pause, left));
    }
  } finally {
    await rm(prepared, { recursive: true, force: true }).catch(ignoreErrno);
  }
}

function lockOf(target: string, token: string, writer: Writer): FileLock {
  const lock = lockPath(target);
  const holder = join(lock, holderName(token));
  return {
    token,
    writer,
    held: () => exists(holder),
    async release() {
      await unlink(holder).catch(ignoreErrno);
      await rmdir(lock).catch(ignoreErrno);
    },
  };
}

async function prepare(folder: string, token: string, writer: Writer): Promise<void> {
  await mkdir(folder, 0o755);
  const file = join(folder, holderName(token));
  await writeFile(file, `${JSON.stringify(writer)}\n`, { flag: "wx", mode: 0o644, flush: true });
}

/** One attempt. Prepares again when a run that could not see this process cleaned up its directory. */
async function take(target: string, prepared: string, token: string, writer: Writer): Promise<boolean> {
  try {
    await rename(prepared, lockPath(target));
    return true;
  } catch (error) {
    const errno = errnoOf(error) ?? "";
    if (errno === "ENOENT") {
      await prepare(prepared, token, writer);
      return false;
    }
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR"].includes(errno)) return false;
    // Windows says so of a directory that exists; on POSIX it may be another user's.
    if (["EPERM", "EACCES"].includes(errno) && (await exists(lockPath(target)))) return false;
    throw error;
  }
}

/** Undefined when the lock is free by now, or does not say whose it is. */
async function findHolder(target: string): Promise<Holder | undefined> {
  const lock = lockPath(target);
  try {
    const name = (await readdir(lock)).find((entry) => entry.startsWith(holderName("")));
    if (name === undefined) {
      await rmdir(lock);
      return undefined;
    }
    const path = join(lock, name);
    return { path, writer: parseWriter(await readFile(path, "utf8")) };
  } catch (error) {
    ignoreErrno(error);
    return undefined;
  }
}

async function evictIfDead(holder: Holder | undefined, me: Writer): Promise<boolean> {
  if (holder?.writer === undefined || !(await hasEnded(holder.writer, me))) return false;
  try {
    await unlink(holder.path);
    return true;
  } catch (error) {
    ignoreErrno(error);
    return errnoOf(error) === "ENOENT";
  }
}

function locked(target: string, holder: Writer | undefined): Failure<"locked"> {
  const who =
    holder === undefined
      ? "another run that does not say who it is"
      : `process ${holder.pid} on ${holder.host} since ${holder.since}`;
  return fail("locked", `${quoted(target)} is locked by ${who}`, {
    hint: `try again when it is done; if it is certain that it no longer runs, remove ${quoted(lockPath(target))}`,
  });
}

function holderName(token: string): string {
  return `holder-${token}`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    ignoreErrno(error);
    return errnoOf(error) !== "ENOENT";
  }
}

function ignoreErrno(error: unknown): void {
  if (errnoOf(error) === undefined) throw error;
}
