import { rename } from "node:fs/promises";
import { dirname } from "node:path";
import * as platform from "#platform";
import type { Note } from "../../core/cookie.ts";
import { type Failure, fail } from "../../core/failure.ts";
import { ok, type Result } from "../../core/result.ts";
import {
  placeBackup,
  removeOrphans,
  removeQuietly,
  syncDirectory,
  type Written,
  writeBeside,
} from "./atomic.ts";
import { errnoOf, type FileFailure, fileFailure, quoted } from "./errors.ts";
import { type FileLock, lockFile } from "./lock.ts";
import { passingPath } from "./names.ts";
import { type Content, encode, readContent, resolveFile } from "./read.ts";

export interface EditOptions {
  /** Seconds to wait for another run that holds the lock. */
  readonly lockTimeout: number;
  /** Keep the old content beside the file, as `NAME.bak-YYYYMMDDTHHMMSSZ`. Default: false. */
  readonly backup?: boolean;
  /** Unix seconds: the backup's time. */
  readonly now: number;
}

export interface EditedFile {
  /** The real path, symbolic links followed. */
  readonly file: string;
  /** False when the edit gave back the same text; then nothing was written. */
  readonly changed: boolean;
  readonly backup?: string;
  /** `owner-not-kept`, `hard-links`, `readable-by-all`, `not-flushed`. */
  readonly notes: readonly Note[];
}

/** Gives the new text, or the failure for which the file stays as it is. */
export type Edit = (
  text: string,
) => Result<string, Failure<string>> | Promise<Result<string, Failure<string>>>;

interface Job {
  readonly path: string;
  readonly target: string;
  readonly edit: Edit;
  readonly options: EditOptions;
  readonly lock: FileLock;
}

/**
 * Changes a text file so that a kill or a power cut at any moment leaves the whole old or the whole new content, and
 * no two runs work from the same old content.
 *
 * Locks the file, reads it (UTF-8, at most 1 MiB), calls `edit`, and puts a new file in its place with
 * the same owner and mode. A symbolic link stays and the file it leads to is changed. What killed runs left is removed.
 *
 * Not kept: other hard links to the file, POSIX ACLs and extended attributes. Not prevented: a program that ignores
 * the lock and writes in the instant between the last comparison and the renaming.
 *
 * @returns what `edit` failed with, or a `FileFailure`; the file is then as it was, and nothing is left beside it
 * @throws what `edit` throws; the file is then as it was too
 */
export async function editFile(
  path: string,
  edit: Edit,
  options: EditOptions,
): Promise<Result<EditedFile, Failure<string>>> {
  const target = await resolveFile(path);
  if (!target.ok) return target;
  const lock = await refusals(path, () => lockFile(target.value, options.lockTimeout));
  if (!lock.ok) return lock;
  try {
    return await editLocked({ path, target: target.value, edit, options, lock: lock.value });
  } finally {
    await lock.value.release();
  }
}

async function editLocked(job: Job): Promise<Result<EditedFile, Failure<string>>> {
  const { path, target, lock } = job;
  await removeOrphans(target, lock.token, lock.writer);
  const old = await readContent(target, path);
  if (!old.ok) return old;
  const text = await job.edit(old.value.text);
  if (!text.ok) return text;
  if (text.value === old.value.text) return ok({ file: target, changed: false, notes: [] });
  const bytes = encode(text.value, path);
  return bytes.ok ? refusals(path, () => replace(job, old.value, bytes.value)) : bytes;
}

/** A backup is the original's, mode and owner, but for what everybody else may do with it. */
const OTHERS = 0o007;

async function replace(job: Job, old: Content, bytes: Uint8Array): Promise<Result<EditedFile, FileFailure>> {
  const { target, lock, options } = job;
  const temporary = passingPath(target, lock.token, "tmp");
  let backup: string | undefined;
  try {
    const written = await writeBeside(temporary, bytes, old.stats);
    if (options.backup) {
      const owners = { ...old.stats, mode: old.stats.mode & ~OTHERS };
      await writeBeside(passingPath(target, lock.token, "bak"), old.bytes, owners);
      backup = await placeBackup(target, lock.token, options.now);
      await syncDirectory(dirname(target));
    }
    const unchanged = await compare(job, old);
    if (!unchanged.ok) {
      await undo(job, backup);
      return unchanged;
    }
    await rename(temporary, target);
    const notes = notesOn(old, written, await isFlushed(target));
    return ok({ file: target, changed: true, notes, ...(backup === undefined ? {} : { backup }) });
  } catch (error) {
    await undo(job, backup);
    throw error;
  }
}

/** The file and the way to it are still what was read, and the lock is still this run's. */
async function compare({ path, target, lock }: Job, old: Content): Promise<Result<true, FileFailure>> {
  if (!(await lock.held())) return fail("changed", `the lock of ${quoted(path)} was removed during the edit`);
  const again = await resolveFile(path);
  if (!again.ok) return again;
  const current = await readContent(target, path);
  if (!current.ok) return current;
  if (again.value === target && isSame(current.value, old)) return ok(true);
  return fail("changed", `${quoted(path)} was changed by another program during the edit, and left so`, {
    hint: "run it again",
  });
}

function isSame(a: Content, b: Content): boolean {
  const sameOwnership =
    a.stats.mode === b.stats.mode && a.stats.uid === b.stats.uid && a.stats.gid === b.stats.gid;
  return sameOwnership && platform.equal(a.bytes, b.bytes);
}

async function undo({ target, lock }: Job, backup: string | undefined): Promise<void> {
  await removeQuietly(passingPath(target, lock.token, "tmp"));
  await removeQuietly(backup ?? passingPath(target, lock.token, "bak"));
}

async function isFlushed(target: string): Promise<boolean> {
  try {
    await syncDirectory(dirname(target));
    return true;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}

function notesOn({ stats }: Content, written: Written, flushed: boolean): readonly Note[] {
  const warning = (applies: boolean, code: string, text: string): readonly Note[] =>
    applies ? [{ level: "warning", code, text }] : [];
  return [
    ...warning(!written.ownerKept, "owner-not-kept", "the file's owner or group could not be kept"),
    ...warning(stats.nlink > 1, "hard-links", "other hard links to the file still lead to the old content"),
    ...warning((stats.mode & 0o004) !== 0, "readable-by-all", "every user of this machine can read the file"),
    ...warning(
      !flushed,
      "not-flushed",
      "a power cut in the next seconds may still bring the old content back",
    ),
  ];
}

/** Turns what the operating system refuses into a failure. */
async function refusals<T, F extends Failure<string>>(
  path: string,
  work: () => Promise<Result<T, F>>,
): Promise<Result<T, F | FileFailure>> {
  try {
    return await work();
  } catch (error) {
    return fileFailure(error, path, "write");
  }
}
