import { constants, type Stats } from "node:fs";
import { access, type FileHandle, open, readlink, realpath, stat } from "node:fs/promises";
import * as platform from "#platform";
import { fail } from "../../core/failure.ts";
import { ok, type Result } from "../../core/result.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import { errnoOf, type FileFailure, fileFailure, quoted } from "./errors.ts";

/** Largest file that is read or written, in bytes. */
const MAX_FILE_SIZE = 1 << 20;

export interface Content {
  readonly bytes: Uint8Array;
  /** A byte order mark stays, as U+FEFF. */
  readonly text: string;
  readonly stats: Stats;
}

/** Follows symbolic links to a regular file that the user may write to. */
export async function resolveFile(path: string): Promise<Result<string, FileFailure>> {
  try {
    const target = await realpath(path);
    const stats = await stat(target);
    if (!stats.isFile()) return notAFile(path, stats);
    if ((stats.mode & 0o222) === 0) return readOnly(path);
    await access(target, constants.W_OK);
    return ok(target);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === "ENOENT" && (await isLink(path))) {
      return fail("missing", `${quoted(path)} is a symbolic link to a file that does not exist`);
    }
    if (errno === "EROFS") return fileFailure(error, path, "write");
    if (errno === "EACCES" || errno === "EPERM") return noAccess(path);
    return fileFailure(error, path, "read");
  }
}

/** Reads a real path whole. `path` is what the user calls it. */
export async function readContent(target: string, path: string): Promise<Result<Content, FileFailure>> {
  try {
    const handle = await open(target, constants.O_RDONLY | NO_WAITING);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return notAFile(path, stats);
      const bytes = await readUpTo(handle, MAX_FILE_SIZE + 1);
      if (bytes.length > MAX_FILE_SIZE) return tooLarge(path);
      const text = platform.utf8(bytes);
      return text === undefined
        ? fail("not-utf8", `${quoted(path)} is not UTF-8 text`)
        : ok({ bytes, text, stats });
    } finally {
      await handle.close();
    }
  } catch (error) {
    return fileFailure(error, path, "read");
  }
}

/** The bytes of an edited text. */
export function encode(text: string, path: string): Result<Uint8Array, FileFailure> {
  if (!text.isWellFormed()) return fail("not-utf8", `the edit of ${quoted(path)} holds what UTF-8 cannot`);
  const bytes = encodeUtf8(text);
  return bytes.length > MAX_FILE_SIZE ? tooLarge(path) : ok(bytes);
}

async function readUpTo(handle: FileHandle, limit: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(limit);
  let length = 0;
  for (let read = -1; read !== 0 && length < limit; length += read) {
    ({ bytesRead: read } = await handle.read(buffer, length, limit - length, null));
  }
  return buffer.slice(0, length);
}

/** A pipe put in the file's place is not waited for. Windows knows neither. */
const NO_WAITING = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

function notAFile(path: string, stats: Stats): FileFailure {
  return fail(
    "not-a-file",
    `${quoted(path)} is ${stats.isDirectory() ? "a directory" : "not a regular file"}`,
  );
}

function readOnly(path: string): FileFailure {
  return fail("read-only", `${quoted(path)} is read-only`, {
    hint: "make it writable for its owner first: replacing it would pass over its mode",
  });
}

function noAccess(path: string): FileFailure {
  return fail("no-access", `${quoted(path)} may not be read or written by this user`);
}

function tooLarge(path: string): FileFailure {
  return fail("too-large", `${quoted(path)} is larger than ${MAX_FILE_SIZE} bytes`);
}

async function isLink(path: string): Promise<boolean> {
  try {
    await readlink(path);
    return true;
  } catch {
    return false;
  }
}
