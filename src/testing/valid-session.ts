import type { Codec, Cookie } from "../index.ts";
import { checkCodec, credentials, reasons } from "./codec.ts";
import {
  checkKeys,
  difference,
  isEqual,
  type MatcherContext,
  type MatcherResult,
  report,
} from "./matcher.ts";

export interface ValidSessionOptions {
  /** Compared as `toEqual` compares, so `expect.objectContaining({ … })` and the like may stand in it. */
  readonly payload?: unknown;
  /** Unix seconds. Default: the clock, and so a fake one too. */
  readonly now?: number | undefined;
}

/**
 * Passes when the codec accepts the cookie: signature (or encryption), age, and a payload that can be read.
 * `cookie` is whatever `codec.verify` takes. Not checked: whether the account still exists, replay.
 */
export function toBeValidSession(
  this: MatcherContext,
  cookie: unknown,
  codec: Codec,
  options: ValidSessionOptions = {},
): MatcherResult {
  checkCodec(codec);
  checkKeys("option", options, ["payload", "now"]);
  const verdict = codec.verify(asCookie(cookie), { now: options.now });
  const told = (pass: boolean, explain: () => string) =>
    report(this, "toBeValidSession", "cookie", pass, explain);
  if (!verdict.ok) return told(false, () => reasons(verdict));
  const { payload } = verdict;
  if (Object.hasOwn(options, "payload") && !isEqual(this, payload, options.payload)) {
    return told(
      false,
      () => `It is valid, with another payload:\n\n${difference(this, options.payload, payload)}`,
    );
  }
  return told(
    true,
    () => `It is valid ${credentials(verdict)}, with the payload ${this.utils.printReceived(payload)}`,
  );
}

/** @throws {TypeError} on what is no cookie, so that `.not` does not pass for it */
function asCookie(received: unknown): Cookie {
  if (typeof received === "string") return received;
  if (typeof (received as { value?: unknown } | null | undefined)?.value === "string")
    return received as Cookie;
  throw new TypeError("the received value is no cookie: a string, or { name, value, siblings }");
}
