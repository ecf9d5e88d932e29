import type { Value } from "../encoding/values.ts";
import type { CookieInput, Limits, Note } from "./cookie.ts";
import { formatDuration } from "./duration.ts";
import { type Failure, fail } from "./failure.ts";
import type { ClockRules, CookieFormat, Opened } from "./format.ts";
import type { KeyCache } from "./keyring.ts";
import { ok, type Result } from "./result.ts";

/** A genuine cookie. Times in Unix seconds. */
export interface Verified {
  readonly ok: true;
  readonly verified: true;
  readonly format: string;
  readonly payload: Value;
  /** How the payload was serialized: "json", "pickle", "text", … */
  readonly payloadType: string;
  readonly compressed: boolean;
  readonly issuedAt: number | null;
  /** When the age that was asked for is reached; null without one. */
  readonly expiresAt: number | null;
  /** 0: the current secret; 1 …: the fallbacks, in order. */
  readonly keyIndex: number;
  /** A fallback or an outdated salt, algorithm or layout made it: sign it again. */
  readonly needsRotation: boolean;
  /** What is outdated about it, if anything is. */
  readonly outdated?: string | undefined;
  readonly salt?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly warnings: readonly Note[];
}

/** A format bound to secrets and options. */
export interface Binding<
  Detail,
  Body,
  Key,
  Options extends object,
  Format extends CookieFormat<Detail, Body, Key, Options> = CookieFormat<Detail, Body, Key, Options>,
> {
  readonly format: Format;
  readonly options: Readonly<Options>;
  readonly limits: Limits;
  readonly keys: KeyCache<Key>;
  /** Names the cookie whatever name it came with. */
  readonly name: string | undefined;
  /** Seconds; null: no check. */
  readonly maxAge: number | null;
}

/** An authenticated cookie and the key that did it. */
export interface Match<Body> {
  readonly opened: Opened<Body>;
  readonly keyIndex: number;
}

const NONE: readonly Note[] = [];

export function verify<Detail, Body, Key, Options extends object>(
  input: CookieInput,
  binding: Binding<Detail, Body, Key, Options>,
  now: number,
): Verified | Failure {
  const { format, options, limits, maxAge } = binding;
  const match = authenticate(input, binding);
  if (!match.ok) return match;
  const { opened, keyIndex } = match.value;
  const expired = checkAge(opened, maxAge, now, format.clock?.(options));
  if (expired !== undefined) return expired;
  const payload = format.read(opened, options, limits);
  if (!payload.ok) return payload;
  return {
    ok: true,
    verified: true,
    format: format.id,
    payload: payload.value.value,
    payloadType: payload.value.type,
    compressed: payload.value.compressed,
    issuedAt: opened.issuedAt,
    expiresAt: expiry(opened, maxAge),
    keyIndex,
    needsRotation: keyIndex > 0 || opened.outdated !== undefined,
    outdated: opened.outdated,
    salt: opened.salt,
    algorithm: opened.algorithm,
    warnings: payload.value.warnings ?? NONE,
  };
}

/** Tries the keys in order. Looks at no clock and at no payload. */
export function authenticate<Detail, Body, Key, Options extends object>(
  input: CookieInput,
  { format, options, limits, keys, name = input.name }: Binding<Detail, Body, Key, Options>,
): Result<Match<Body>> {
  if (input.value.length > limits.maxLength) return tooLong(limits);
  const parsed = format.parse(input, options);
  if (!parsed.ok) return parsed;
  for (let keyIndex = 0; keyIndex < keys.length; keyIndex++) {
    const key = keys.key(keyIndex, name);
    if (key === undefined) continue;
    const opened = format.open(parsed.value, key, input, options);
    if (opened.ok) return ok({ opened: opened.value, keyIndex });
    if (opened.code !== "mismatch") return opened as Failure;
  }
  return format.protection === "signed"
    ? fail("bad-signature", "the signature does not match")
    : fail("undecryptable", "no secret decrypts it");
}

export function tooLong(limits: Limits): Failure {
  return fail("malformed", `it is longer than ${limits.maxLength} characters`, {
    hint: "a browser keeps 4096 bytes; --max-length (maxLength) raises the limit",
  });
}

/** Undefined when the age is accepted. */
export function checkAge(
  { issuedAt, expiresAt }: Opened<unknown>,
  maxAge: number | null,
  now: number,
  rules: ClockRules | undefined,
): Failure | undefined {
  if (expiresAt !== undefined && now > expiresAt) return expiredFailure(now - expiresAt);
  if (maxAge === null || issuedAt === null) return undefined;
  if (!Number.isFinite(issuedAt)) return fail("malformed", "its timestamp is too large to be compared");
  const age = (rules?.wholeSeconds ? Math.floor(now) : now) - issuedAt;
  if (age > maxAge) return expiredFailure(age - maxAge);
  if (age < 0 && rules?.future === "expired") {
    return fail("expired", "its timestamp lies in the future", {
      hint: "the clock of the server that signed it, or this one, is off",
    });
  }
  return undefined;
}

function expiredFailure(seconds: number): Failure {
  return fail("expired", `it expired ${formatDuration(Math.ceil(seconds))} ago`);
}

export function expiry({ issuedAt, expiresAt }: Opened<unknown>, maxAge: number | null): number | null {
  const byAge = issuedAt === null || maxAge === null ? null : issuedAt + maxAge;
  if (expiresAt === undefined) return byAge;
  return byAge === null ? expiresAt : Math.min(byAge, expiresAt);
}
