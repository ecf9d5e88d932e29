import { type Failure, fail } from "../../core/failure.ts";

/**
 * Why a file was left as it was.
 *
 * - `missing`: there is no such file, or a link that leads nowhere
 * - `link-loop`: symbolic links that lead to one another
 * - `not-a-file`: a directory, device, pipe or socket
 * - `no-access`: the user may not read the file, or not write to it or to its directory
 * - `read-only`: nobody may write to the file, or the file system is read-only
 * - `too-large`: more than 1 MiB, before or after the edit
 * - `not-utf8`: the content is no UTF-8 text, before or after the edit
 * - `locked`: another run holds the lock
 * - `changed`: the file, or where its link leads, changed while it was edited
 * - `disk-full`: no space or quota left
 * - `io`: anything else that the operating system refused
 */
type FileFailureCode =
  | "missing"
  | "link-loop"
  | "not-a-file"
  | "no-access"
  | "read-only"
  | "too-large"
  | "not-utf8"
  | "locked"
  | "changed"
  | "disk-full"
  | "io";

export type FileFailure = Failure<FileFailureCode>;

/** What was being done when the operating system refused. */
export type Doing = "read" | "write";

/** The operating system's code, "ENOENT"; undefined for what is no refusal of the operating system. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/**
 * The failure that a refusal of the operating system means for the file at `path`.
 * @throws the error itself when it is something else
 */
export function fileFailure(error: unknown, path: string, doing: Doing): FileFailure {
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  const name = quoted(path);
  const known = (doing === "read" ? READING[errno] : WRITING[errno]) ?? EITHER[errno];
  if (known === undefined)
    return fail("io", `${name} could not be ${doing === "read" ? "read" : "replaced"} (${errno})`);
  const [code, message, hint] = known;
  return fail(code, `${name} ${message}`, hint === undefined ? {} : { hint });
}

export function quoted(path: string): string {
  return JSON.stringify(path);
}

type Known = Readonly<Record<string, readonly [code: FileFailureCode, message: string, hint?: string]>>;

const OUTSIDE = "change the file where it is mounted from";

const NO_READING = ["no-access", "cannot be read with the rights of this user"] as const;
const NO_WRITING = ["no-access", "cannot be replaced: its directory is not writable for this user"] as const;
const NO_SPACE = ["disk-full", "was left as it is: no space is left on its file system"] as const;

const READING: Known = { EACCES: NO_READING, EPERM: NO_READING };

const WRITING: Known = {
  EACCES: NO_WRITING,
  EPERM: NO_WRITING,
  EROFS: ["read-only", "is on a read-only file system"],
  EBUSY: ["io", "cannot be replaced: it is in use, or mounted as a single file", OUTSIDE],
  ENOENT: ["changed", "was left as it is: files beside it were removed during the edit"],
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
};

const EITHER: Known = {
  ENOENT: ["missing", "does not exist"],
  ENOTDIR: ["missing", "does not exist"],
  ELOOP: ["link-loop", "is a symbolic link in a loop"],
  EISDIR: ["not-a-file", "is a directory"],
  ENAMETOOLONG: ["io", "has a name too long for a lock beside it"],
  EMFILE: ["io", "could not be opened: too many files are open"],
  ENFILE: ["io", "could not be opened: too many files are open"],
};
