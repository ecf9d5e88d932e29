import type { CookieInput, Limits, Payload } from "../core/cookie.ts";
import { readPasted } from "../core/cookie-input.ts";
import { look } from "../core/decode.ts";
import { explain } from "../core/explain.ts";
import { CookieError } from "../core/failure.ts";
import type { Opened } from "../core/format.ts";
import type { AnyFormat } from "../core/guide.ts";
import type { Keyring } from "../core/keyring.ts";
import { authenticate } from "../core/verify.ts";
import { bindKeys, settle } from "./settings.ts";
import { selectTargets } from "./targets.ts";

/** The cookie that `sign --from` starts from, and how it was made. */
export interface Origin {
  readonly format: AnyFormat;
  readonly options: object;
  readonly opened: Opened<unknown>;
  readonly payload: Payload;
  readonly name: string | undefined;
  /** One of the secrets made it. */
  readonly genuine: boolean;
}

/**
 * Reads the cookie to start from. Under the secret that made it, its salt and algorithm are found and kept.
 * @throws {CookieError} when it cannot be decoded
 */
export function readOrigin(
  text: string,
  wanted: AnyFormat | undefined,
  optionsFor: (format: AnyFormat) => Readonly<Record<string, unknown>>,
  keyring: Keyring,
  limits: Limits,
  now: number,
): Origin {
  const [target] = selectTargets(readPasted(text), wanted, undefined).targets;
  if (target === undefined || "ok" in target) {
    throw new CookieError(target ?? { ok: false, code: "malformed", message: "--from: it is empty" });
  }
  const { format, candidate, guess, likeliest } = target;
  const guessed = settle(format, { ...guess?.options, ...optionsFor(format) });
  const keys = bindKeys(format, guessed, keyring, limits, null);
  const genuine = likeliest.filter(({ input }) => authenticate(input, keys).ok);
  for (const { input } of [...genuine, ...likeliest]) {
    const looked = look(input, format, guessed, limits, now);
    if (!looked.ok) continue;
    const made = manner(format, guessed, input, keyring, limits);
    const { opened, payload } = looked.value;
    const options = settle(format, {
      ...made.options,
      ...format.resume?.(opened, payload, made.options),
      ...optionsFor(format),
    });
    return { format, options, opened, payload, name: candidate.name, genuine: made.genuine };
  }
  const [first] = likeliest;
  const failure = look(first?.input ?? { value: "" }, format, guessed, limits, now);
  throw new CookieError(
    failure.ok ? { ok: false, code: "malformed", message: "--from: it cannot be decoded" } : failure,
  );
}

/** The options under which one of the secrets made the cookie, where one did. */
function manner(
  format: AnyFormat,
  options: object,
  input: CookieInput,
  keyring: Keyring,
  limits: Limits,
): { readonly options: object; readonly genuine: boolean } {
  const binding = bindKeys(format, options, keyring, limits, null);
  if (authenticate(input, binding).ok) return { options, genuine: true };
  const { nearby } = explain({ format, options, limits, input, keyring, name: input.name });
  if (nearby === undefined) return { options, genuine: false };
  // What is nearby may be another text or another secret.
  const found = bindKeys(format, nearby.options, keyring, limits, null);
  return { options: nearby.options, genuine: authenticate(input, found).ok };
}
