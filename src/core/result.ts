import { CookieError, type Failure } from "./failure.ts";

/** Success with a value, or the failure itself. A bad cookie is normal input, so nothing here throws. */
export type Result<T, F extends Failure<string> = Failure> = Ok<T> | F;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/**
 * The value of a result.
 * @throws {CookieError} when the result is a failure, with the same code, message and hint
 */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CookieError(result);
}
