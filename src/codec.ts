import * as platform from "#platform";
import type { CookieInput, CookiePair, Limits } from "./core/cookie.ts";
import { readPairs } from "./core/cookie-pairs.ts";
import { type Decoded, decode } from "./core/decode.ts";
import { CookieError, type Failure, isForeign } from "./core/failure.ts";
import type { Content, CookieFormat, Env } from "./core/format.ts";
import { type Cookie, inputsOf } from "./core/inputs.ts";
import { KeyCache, makeKeyring, type Secret } from "./core/keyring.ts";
import { settleLimits } from "./core/limits.ts";
import type { Pasted } from "./core/pasted.ts";
import { type Rotated, rotate } from "./core/rotate.ts";
import { type Binding, type Verified, verify } from "./core/verify.ts";
import type { Value } from "./encoding/values.ts";

export type { Cookie } from "./core/inputs.ts";

/** The secrets, and how old a cookie may be. */
export interface CodecSecrets {
  /** Signs and verifies. A string is taken as UTF-8. */
  readonly secret: Secret;
  /** Verify only, tried in order. */
  readonly fallbacks?: readonly Secret[] | undefined;
  /** Seconds; null: no check. Default: the framework's own. */
  readonly maxAge?: number | null | undefined;
}

type Optional<Options> = { readonly [Key in keyof Options]?: Options[Key] | undefined };

/** What `createCodec` takes besides the format: secrets, limits, and the format's own options. */
export type CodecOptions<Options extends object> = CodecSecrets & Optional<Limits> & Optional<Options>;

/** `now`: Unix seconds. A fraction counts when an age is checked, and is dropped when signing. */
export interface Clock {
  readonly now?: number | undefined;
}

/**
 * A format bound to secrets and options. Nothing that a cookie contains makes a method throw; a `now` that is no finite
 * number is a TypeError.
 */
export interface Codec {
  readonly format: string;
  /**
   * Checks signature (or decrypts) and age, and reads the payload.
   * Fails with any `FailureCode`; see there. Not checked: whether the account still exists, replay.
   */
  verify(cookie: Cookie, clock?: Clock): Verified | Failure;
  /** Reads a signed cookie without checking anything. */
  decode(cookie: Cookie, clock?: Clock): Decoded | Failure;
  /**
   * The cookie's value, as a header holds it. Objects of any declared type are taken for the data in them.
   * @throws {TypeError} on a payload that the format cannot hold
   */
  sign(payload: Value | object, clock?: Clock): string;
  /**
   * Every cookie that the format needs, header-ready, the main one first.
   * @throws {TypeError} on a payload that the format cannot hold
   */
  mint(payload: Value | object, clock?: Clock): readonly [CookiePair, ...CookiePair[]];
  /** Re-signs a valid cookie: the same payload bytes and time, under the current secret. Fails as `verify` does. */
  rotate(cookie: Cookie, clock?: Clock): Rotated | Failure;
}

/**
 * Binds one format to secrets, for a small bundle. `createCodec` of the package's root takes the format's name, and
 * comes with everything: its codecs read more notations, pickled sessions of Django, and warn of more. It also refuses
 * options that the format does not have, which this one ignores.
 * @throws {TypeError} on an empty secret, fallbacks that are no array, an age or a limit that is no number, or options
 * the framework would not take
 */
export function createCodec<Detail, Body, Key, Options extends object>(
  format: CookieFormat<Detail, Body, Key, Options>,
  options: CodecOptions<Options>,
): Codec {
  return codecOf(format, options, readPairs);
}

/**
 * `read` finds the cookies that a text holds.
 * @internal
 */
export function codecOf<Detail, Body, Key, Options extends object>(
  format: CookieFormat<Detail, Body, Key, Options>,
  options: CodecOptions<Options>,
  read: (text: string) => Pasted,
): Codec {
  const binding = bind(format, options);
  const { limits } = binding;
  const attempt = <T extends { readonly ok: true }>(
    cookie: Cookie,
    run: (input: CookieInput) => T | Failure,
  ): T | Failure => {
    const inputs = inputsOf(cookie, binding, read);
    let result = run(inputs[0]);
    for (let index = 1; !result.ok && index < inputs.length; index++) {
      const other = run(inputs[index] as CookieInput);
      if (other.ok || (isForeign(result) && !isForeign(other))) result = other;
    }
    return result;
  };
  const mint = (payload: Value | object, clock?: Clock) =>
    seal(
      binding,
      { kind: "value", value: payload as Value },
      { now: clockOf(clock), random: platform.random },
    );
  return {
    format: format.id,
    verify: (cookie, clock) => attempt(cookie, (input) => verify(input, binding, clockOf(clock))),
    decode: (cookie, clock) =>
      attempt(cookie, (input) => decode(input, format, binding.options, limits, clockOf(clock))),
    sign: (payload, clock) => mint(payload, clock)[0].value,
    mint,
    rotate: (cookie, clock) =>
      attempt(cookie, (input) => rotate(input, binding, { now: clockOf(clock), random: platform.random })),
  };
}

/**
 * Settles options and derives nothing yet: a key is derived at its first use.
 * @internal
 */
export function bind<
  Detail,
  Body,
  Key,
  Options extends object,
  Format extends CookieFormat<Detail, Body, Key, Options>,
>(
  format: Format & CookieFormat<Detail, Body, Key, Options>,
  given: CodecOptions<Options>,
): Binding<Detail, Body, Key, Options, Format> {
  const { secret, fallbacks, maxAge, maxLength, maxInflated, maxDepth, ...rest } = given;
  const options = format.settle(rest as unknown as Partial<Options>);
  const name = (options as { readonly name?: string }).name;
  return {
    format,
    options,
    limits: settleLimits({ maxLength, maxInflated, maxDepth }),
    keys: new KeyCache(makeKeyring(secret, fallbacks ?? []), (key, scopeName) =>
      format.derive(key, { options, name: scopeName }),
    ),
    name,
    maxAge: maxAge === undefined ? format.maxAge(options) : checkSeconds(maxAge),
  };
}

/** Comparing with anything but a number is always false, so that every cookie would be young enough. */
function checkSeconds(maxAge: number | null): number | null {
  if (maxAge !== null && (typeof maxAge !== "number" || Number.isNaN(maxAge))) {
    throw new TypeError("maxAge must be a number of seconds, or null");
  }
  return maxAge;
}

function clockOf({ now = Date.now() / 1000 }: Clock = {}): number {
  if (!Number.isFinite(now)) throw new TypeError("now must be a number of Unix seconds");
  return now;
}

/**
 * Mints under the current secret and quotes each value as a header needs it.
 * @internal
 */
export function seal<Detail, Body, Key, Options extends object>(
  { format, options, keys, name = format.cookieName(options) }: Binding<Detail, Body, Key, Options>,
  content: Content<Body>,
  env: Env,
): readonly [CookiePair, ...CookiePair[]] {
  const key = keys.key(0, name);
  if (key === undefined) throw new TypeError("the secret is empty");
  const sealed = format.seal(content, key, { options, name }, env);
  if (!sealed.ok) throw new CookieError(sealed as Failure);
  const [first, ...others] = sealed.value;
  const quoted = (pair: CookiePair) => ({
    name: pair.name,
    value: format.quote?.(pair.value, options) ?? pair.value,
  });
  return [quoted(first), ...others.map(quoted)];
}
