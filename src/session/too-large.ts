import { writePythonJson } from "../encoding/python-json.ts";
import type { Value, ValueObject } from "../encoding/values.ts";

/** The most that browsers keep of a cookie, its name and attributes counted. */
export const MOST_BYTES = 4096;

const NAMED = 3;

/** A session that no browser would keep. Nothing was written. */
export class SessionTooLargeError extends Error {
  override readonly name = "SessionTooLargeError";
  readonly code = "too-large";
  /** Bytes of the `Set-Cookie` line, were it one, and how many there may be in all cookies that are allowed. */
  readonly bytes: number;
  readonly limit: number;
  /** The keys that take the most room, as JSON before compression. */
  readonly largest: readonly { readonly key: string; readonly bytes: number }[];

  constructor(data: ValueObject, bytes: number, limit: number) {
    const largest = Object.entries(data)
      .map(([key, value]) => ({ key, bytes: writePythonJson(value as Value).length }))
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, NAMED);
    const named = largest.map(({ key, bytes: size }) => `${JSON.stringify(key)} ${size}`).join(", ");
    super(`the session's cookie has ${bytes} bytes, more than ${limit}; its largest keys: ${named}`);
    this.bytes = bytes;
    this.limit = limit;
    this.largest = largest;
  }
}
