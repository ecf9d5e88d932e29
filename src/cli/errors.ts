/** The command line itself is wrong: exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Thrown through the prompts when the user goes away. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Thrown through the output when its reader goes away, as `| head -1` does. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/**
 * `readerGone` is what a shell reports of a program that SIGPIPE ended. It is not 0, which would say of cookies that
 * were not looked at that they are valid.
 */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  internal: 70,
  interrupted: 130,
  readerGone: 141,
} as const;
