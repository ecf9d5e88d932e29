import "#hashes";
import { type Codec, type CodecOptions, type Cookie, codecOf } from "./codec.ts";
import { literalInputs } from "./core/candidates.ts";
import { readLiteral } from "./core/cookie-input.ts";
import { type Detection, detectAmong } from "./core/detect.ts";
import type { CookieFormat } from "./core/format.ts";
import type { AnyFormat } from "./core/guide.ts";
import { toInput } from "./core/inputs.ts";
import { DEFAULT_LIMITS } from "./core/limits.ts";
import { type FormatId, type Formats, formats } from "./formats/index.ts";

type OptionsOf<Format> =
  Format extends CookieFormat<infer _Detail, infer _Body, infer _Key, infer Options> ? Options : never;

/** What `createCodec` takes: the format, the secrets, and the format's own options in its framework's words. */
export type CreateCodecOptions<Id extends FormatId> = { readonly format: Id } & CodecOptions<
  OptionsOf<Formats[Id]>
>;

/**
 * Binds a format to secrets; keys are derived once.
 *
 * @example
 * const codec = createCodec({ format: "django", secret: process.env.SECRET_KEY! });
 * codec.verify(cookie); // { ok: true, payload, issuedAt, … } or { ok: false, code, message, hint? }
 *
 * @throws {TypeError} on an unknown format or option, an empty secret, fallbacks that are no array, or options that
 * the framework would not take
 */
export function createCodec<Id extends FormatId>(options: CreateCodecOptions<Id>): Codec {
  const { format: id, ...rest } = options;
  if (!Object.hasOwn(formats, id)) {
    throw new TypeError(`unknown format "${id}"; one of ${Object.keys(formats).join(", ")}`);
  }
  const format: AnyFormat = formats[id];
  refuseUnknown(rest, format);
  return codecOf(format, rest as CodecOptions<object>, readLiteral);
}

const COMMON_OPTIONS = ["secret", "fallbacks", "maxAge", ...Object.keys(DEFAULT_LIMITS)];

/** Else a misspelt option would silently leave its default in force. */
function refuseUnknown(given: object, { title, optionNames }: AnyFormat): void {
  const known = [...COMMON_OPTIONS, ...optionNames];
  const unknown = Object.entries(given).find(([name, value]) => value !== undefined && !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`${title} has no option "${unknown[0]}"; there are ${known.join(", ")}`);
}

/** What a cookie looks like, likeliest first, without a secret. Empty when no format recognises it. */
export function detect(cookie: Cookie): readonly Detection[] {
  const all = Object.values(formats);
  const inputs = typeof cookie === "string" ? literalInputs(readLiteral(cookie)) : [toInput(cookie)];
  const [best = []] = inputs
    .map((input) => detectAmong(input, all))
    .sort((a, b) => (b[0]?.likeness ?? 0) - (a[0]?.likeness ?? 0));
  return best;
}

export type { Clock, Codec, CodecOptions, CodecSecrets, Cookie } from "./codec.ts";
export type { CookieInput, CookiePair, Limits, Note, Segment } from "./core/cookie.ts";
export type { Decoded } from "./core/decode.ts";
export type { Detection } from "./core/detect.ts";
export { CookieError, type Failure, type FailureCode } from "./core/failure.ts";
export type { CookieFormat } from "./core/format.ts";
export type { Guide, GuidedFormat } from "./core/guide.ts";
export type { Secret } from "./core/keyring.ts";
export { unwrap } from "./core/result.ts";
export type { Rotated } from "./core/rotate.ts";
export type { Verified } from "./core/verify.ts";
export { Foreign, type Value, type ValueObject } from "./encoding/values.ts";
export { type FormatId, formats } from "./formats/index.ts";
