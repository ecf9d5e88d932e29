/**
 * Why a cookie was not read, checked or minted.
 *
 * Stable: programs decide by the code, never by the message.
 *
 * - `malformed`: the text is not laid out as the format lays it out
 * - `bad-signature`: no secret that was given made this cookie under these options, or it has no signature
 * - `undecryptable`: the same, for encrypted formats
 * - `expired`: genuine, but older than the age that was asked for
 * - `not-yet-valid`: genuine, but only valid later
 * - `bad-payload`: genuine, but what it carries cannot be read (or is larger than the limit)
 * - `unsupported`: recognised, and not something cookiesess reads or writes
 * - `unknown-format`: no format recognises the text
 * - `name-required`: the cookie's name is part of what is authenticated, and none was given
 * - `companion-missing`: a second cookie holds the signature, and it was not given
 */
export type FailureCode =
  | "malformed"
  | "bad-signature"
  | "undecryptable"
  | "expired"
  | "not-yet-valid"
  | "bad-payload"
  | "unsupported"
  | "unknown-format"
  | "name-required"
  | "companion-missing";

/** A cookie that was refused. Holds no secret and never the whole cookie. */
export interface Failure<Code extends string = FailureCode> {
  readonly ok: false;
  readonly code: Code;
  /** One sentence in lower case, without a full stop. */
  readonly message: string;
  /** What to try next, when there is something to try. */
  readonly hint?: string;
  /** Where in the cookie's value it went wrong, in UTF-16 code units. */
  readonly at?: { readonly start: number; readonly end: number };
}

export function fail<Code extends string>(
  code: Code,
  message: string,
  more?: { readonly hint?: string; readonly at?: { readonly start: number; readonly end: number } },
): Failure<Code> {
  return { ok: false, code, message, ...more };
}

/** No secret was found to have made it. */
export function isUnauthentic({ code }: Pick<Failure, "code">): boolean {
  return code === "bad-signature" || code === "undecryptable" || code === "companion-missing";
}

/** Refused before anything was known to be genuine: another reading may say more. */
export function isForeign({ code }: Failure): boolean {
  return isUnauthentic({ code }) || code === "malformed";
}

/** Thrown by `unwrap` alone, for callers who prefer exceptions. */
export class CookieError extends Error {
  override readonly name = "CookieError";
  readonly code: FailureCode;
  readonly hint: string | undefined;

  constructor(failure: Failure) {
    super(failure.message);
    this.code = failure.code;
    this.hint = failure.hint;
  }
}
