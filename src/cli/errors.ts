/** The command line itself is wrong: exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Thrown through the prompts and the streams when the user or the reader of stdout goes away. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

export const EXIT = { ok: 0, refused: 1, usage: 2, internal: 70, interrupted: 130 } as const;
