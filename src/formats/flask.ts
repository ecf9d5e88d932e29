import * as platform from "#platform";
import type { CookieInput, Limits, Payload } from "../core/cookie.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { CookieFormat, Opened, Parsed } from "../core/format.ts";
import { ok, type Result } from "../core/result.ts";
import { readTaggedJson, writeTaggedJson } from "../encoding/flask-json.ts";
import { decodePythonBase64 } from "../encoding/python-base64.ts";
import { unquotePythonCookie } from "../encoding/python-cookie.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import type { MacKey } from "../platform/provider.ts";
import {
  decodeTimestamp,
  decodeUrlSafe,
  deriveSigningKey,
  encodeTimestamp,
  encodeUrlSafe,
  LAST_TIMESTAMP,
  signatureMatches,
  signatureOf,
  splitTimed,
  type TimedLayout,
} from "../schemes/itsdangerous.ts";
import { digestByLength } from "./flask/digest.ts";
import { DEFAULTS, eraOf, type FlaskOptions, settle } from "./flask/options.ts";

export type { FlaskOptions } from "./flask/options.ts";

/** PERMANENT_SESSION_LIFETIME, which Flask applies to every session. */
const MAX_AGE = 31 * 86400;

/** What one secret became: the MAC of today, and that of the withdrawn itsdangerous 1.0.0 where it counts. */
export interface FlaskKey {
  readonly current: MacKey;
  /** itsdangerous 1.1 also accepts what the withdrawn 1.0.0 signed. */
  readonly sha512: MacKey | undefined;
}

/** The payload's segment as it stands in the cookie. */
type Body = string;

/**
 * The session of Flask 0.10 to 3.1 (`SecureCookieSessionInterface`): tagged JSON in a URLSafeTimedSerializer.
 *
 * Fails as itsdangerous raises: `bad-signature` for BadSignature and BadTimeSignature, `expired` for
 * SignatureExpired, `bad-payload` for BadPayload, `malformed` for a timestamp beyond the year 9999, on which
 * Python fails with ValueError. The order is Flask's: signature, timestamp, age, payload.
 * Not checked: that the payload is an object.
 */
export const flask: CookieFormat<TimedLayout, Body, FlaskKey, FlaskOptions> = {
  id: "flask",
  title: "Flask",
  source: "https://github.com/pallets/flask/blob/main/src/flask/sessions.py",
  protection: "signed",
  usesCookieName: false,
  defaults: DEFAULTS,

  settle,
  cookieName: (options) => options.name,
  maxAge: () => MAX_AGE,
  clock: (options) => ({ wholeSeconds: true, future: eraOf(options).refusesFuture ? "expired" : "accept" }),
  /** Werkzeug's `parse_cookie` unquotes as Python's own; it differs only beyond ASCII. */
  unquote: unquotePythonCookie,
  parse,

  derive(secret, { options }) {
    const { acceptsSha512 } = eraOf(options);
    const older = { salt: options.salt, keyDerivation: "django-concat", digest: "sha512" } as const;
    return {
      current: deriveSigningKey(secret, options),
      sha512: acceptsSha512 ? deriveSigningKey(secret, older) : undefined,
    };
  },

  open({ detail }, key, _input, options) {
    const { salt } = options;
    if (signatureMatches(key.current, detail.signed, detail.signature)) {
      return timed(detail, options, { salt, algorithm: options.digest });
    }
    if (key.sha512 !== undefined && signatureMatches(key.sha512, detail.signed, detail.signature)) {
      return timed(detail, options, {
        salt,
        algorithm: "sha512",
        outdated: "signed as by itsdangerous 1.0.0",
      });
    }
    return fail("mismatch", "the signature does not match");
  },

  peek({ detail, algorithm }, options) {
    const issuedAt = decodeTimestamp(detail.timestamp, eraOf(options)) ?? null;
    return ok({ body: detail.payload, issuedAt, algorithm });
  },

  read,
  seal(content, key, { options, name }, env) {
    const era = eraOf(options);
    const payload =
      content.kind === "body" ? content.body : encodeUrlSafe(encodeUtf8(writeTaggedJson(content.value, era)));
    const signed = `${payload}${options.sep}${encodeTimestamp(env.now, era)}`;
    const value = `${signed}${options.sep}${signatureOf(key.current, signed)}`;
    return ok([{ name: name ?? options.name, value }]);
  },
};

function parse(input: CookieInput, options: Readonly<FlaskOptions>): Result<Parsed<TimedLayout>> {
  const { value } = input;
  const detail = splitTimed(value, options.sep);
  if (detail === undefined) {
    return fail("bad-signature", `not payload${options.sep}timestamp${options.sep}signature`, {
      at: { start: 0, end: value.length },
    });
  }
  const afterPayload = detail.payload.length + options.sep.length;
  const signature = decodePythonBase64(detail.signature);
  return ok({
    detail,
    segments: [
      { name: "payload", start: 0, end: detail.payload.length },
      { name: "timestamp", start: afterPayload, end: detail.signed.length },
      { name: "signature", start: detail.signed.length + options.sep.length, end: value.length },
    ],
    algorithm: signature && digestByLength(signature.length),
  });
}

type HowSigned = Pick<Opened<Body>, "salt" | "algorithm" | "outdated">;

function timed(
  { payload, timestamp, signed }: TimedLayout,
  options: Readonly<FlaskOptions>,
  how: HowSigned,
): Result<Opened<Body>, Failure> {
  const issuedAt = decodeTimestamp(timestamp, eraOf(options));
  const at = { start: signed.length - timestamp.length, end: signed.length };
  if (issuedAt === undefined) return fail("bad-signature", "the timestamp is malformed", { at });
  if (issuedAt > LAST_TIMESTAMP) return fail("malformed", "the timestamp lies beyond the year 9999", { at });
  return ok({ body: payload, issuedAt, ...how });
}

function read(
  { body }: Opened<Body>,
  options: Readonly<FlaskOptions>,
  { maxInflated, maxDepth }: Limits,
): Result<Payload> {
  const at = { start: 0, end: body.length };
  const unpacked = decodeUrlSafe(body, maxInflated);
  if (!unpacked.ok) return { ...unpacked, at };
  const { serialized, compressed } = unpacked.value;
  const text = platform.utf8(serialized);
  if (text === undefined) return fail("bad-payload", "the payload is not UTF-8", { at });
  const value = readTaggedJson(text, eraOf(options), { maxDepth });
  if (!value.ok) return { ...value, at };
  return ok({ type: "json", value: value.value, compressed, size: serialized.length });
}
