import { constants } from "node:fs";
import { type FileHandle, lstat, open, readdir, rename, rm, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errnoOf } from "./errors.ts";
import { backupPath, passingPath, readPassingName } from "./names.ts";
import { isRunning, type Writer } from "./writer.ts";

/** What a new file takes over from the one it replaces. */
export interface Ownership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A file written beside the target and on the disk, not yet in its place. */
export interface Written {
  /** Owner and group are those asked for. */
  readonly ownerKept: boolean;
}

/**
 * Writes a new file that only its owner can read until it is whole, then gives it the owner and mode asked for, as far
 * as the user may. Flushed to the disk. A group that cannot be kept gets no more than everybody else.
 *
 * @throws what the operating system refuses; what was written so far is the caller's to remove
 */
export async function writeBeside(path: string, bytes: Uint8Array, like: Ownership): Promise<Written> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    const kept = await giveTo(handle, like);
    await handle.chmod(permittedMode(like.mode, kept));
    await handle.sync();
    return { ownerKept: kept === "all" };
  } finally {
    await handle.close();
  }
}

/** Gives a backup, written under the token's name, its own: that of the time, and a number if there is one already. */
export async function placeBackup(target: string, token: string, now: number): Promise<string> {
  for (let copy = 1; ; copy++) {
    const path = backupPath(target, now, copy);
    if (await exists(path)) continue;
    await rename(passingPath(target, token, "bak"), path);
    return path;
  }
}

/** Makes the names in a directory last through a power cut. Does nothing where directories cannot be flushed. */
export async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!CANNOT_FLUSH.has(errnoOf(error) ?? "")) throw error;
  }
}

/**
 * Removes what killed runs left beside the target. To be called with the lock held.
 *
 * Only names that runs give, and only of processes that run no more: a live one on this machine may be waiting for
 * the lock.
 */
export async function removeOrphans(target: string, token: string, me: Writer): Promise<void> {
  const directory = dirname(target);
  for (const name of await namesIn(directory)) {
    const found = readPassingName(target, name);
    if (found === undefined || found.token.text === token) continue;
    const { pid, start } = found.token;
    // This process holds the lock once: its own earlier files are nobody's, its other locks may be waiting.
    const own = pid === me.pid && start === me.start && found.kind !== "lock";
    if (!own && (await isRunning(pid, start))) continue;
    await removeOrphan(target, join(directory, name), token, found.kind === "lock");
  }
}

export async function removeQuietly(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

/**
 * A lock directory is moved away first: it might belong to a container whose processes cannot be seen from here, and
 * must not become a lock while it is being emptied.
 */
async function removeOrphan(target: string, path: string, token: string, isLock: boolean): Promise<void> {
  if (!isLock) return removeQuietly(path);
  const away = passingPath(target, token, "lock");
  try {
    await rename(path, away);
    await rm(away, { recursive: true, force: true });
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

type Kept = "all" | "group" | "neither";

async function giveTo(handle: FileHandle, { uid, gid }: Ownership): Promise<Kept> {
  const own = await handle.stat();
  if (own.uid === uid && own.gid === gid) return "all";
  if (await mayChown(handle, uid, gid)) return "all";
  return own.gid === gid || (await mayChown(handle, own.uid, gid)) ? "group" : "neither";
}

async function mayChown(handle: FileHandle, uid: number, gid: number): Promise<boolean> {
  try {
    await handle.chown(uid, gid);
    return true;
  } catch (error) {
    if (NO_CHOWN.has(errnoOf(error) ?? "")) return false;
    throw error;
  }
}

function permittedMode(mode: number, kept: Kept): number {
  if (kept === "all") return mode & 0o7777;
  if (kept === "group") return mode & 0o777;
  const others = mode & 0o007;
  return mode & (0o700 | (others << 3) | others);
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return [];
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw error;
  }
}

const NO_CHOWN = new Set(["EPERM", "EACCES", "EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"]);

/** Windows, file systems without it, and directories that may be written to but not read. */
const CANNOT_FLUSH = new Set(["EPERM", "EACCES", "EISDIR", "EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"]);
