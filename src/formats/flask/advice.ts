import * as platform from "#platform";
import type { CookieInput } from "../../core/cookie.ts";
import { isoTime } from "../../core/duration.ts";
import type { Variation } from "../../core/guide.ts";
import { decodePythonBase64 } from "../../encoding/python-base64.ts";
import { type KeyDerivation, splitTimed } from "../../schemes/itsdangerous.ts";
import { eraOf, type FlaskOptions } from "./options.ts";
import { plausibleTime } from "./recognise.ts";

const DIGESTS = ["sha1", "sha256", "sha512", "sha384", "sha224", "sha3_256", "blake2b", "blake2s", "md5"];

/** Salts of sessions, by likelihood. */
const SESSION_SALTS = ["cookie-session", "session", "flask-session", "session-cookie", "itsdangerous", ""];

/** Salts of other tokens that itsdangerous signs for Flask applications, under its default derivation. */
const TOKEN_SALTS: ReadonlyMap<string, string> = new Map([
  ["itsdangerous", "this is a plain URLSafeTimedSerializer token, not a session"],
  ["wtf-csrf-token", "this is a CSRF token of Flask-WTF, not a session"],
  ["itsdangerous.Signer", "this is signed by a bare TimestampSigner, as Starlette's sessions are"],
  ["auth-token", "this is a token of Flask-Security, not a session"],
  ["remember-salt", "this is a token of Flask-Security, not a session"],
  ["confirm-salt", "this is a confirmation token of Flask-Security, not a session"],
  ["reset-salt", "this is a password-reset token of Flask-Security, not a session"],
  ["login-salt", "this is a login token of Flask-Security, not a session"],
  ["email-confirm", "this is a token for confirming an address, not a session"],
  ["email-confirm-key", "this is a token for confirming an address, not a session"],
  ["password-reset-salt", "this is a password-reset token, not a session"],
  ["recover-key", "this is a password-reset token, not a session"],
]);

export function salts(): readonly string[] {
  return [...SESSION_SALTS, ...TOKEN_SALTS.keys()].filter((salt) => salt !== "");
}

/** A signature's length tells the digest, so at most some dozens remain. */
export function variations(
  input: CookieInput,
  options: Readonly<FlaskOptions>,
): readonly Variation<FlaskOptions>[] {
  const layout = splitTimed(input.value, options.sep);
  const length = decodePythonBase64(layout?.signature ?? "")?.length;
  const digests = [options.digest, ...DIGESTS.filter((name) => name !== options.digest)].filter(
    (name) => platform.hasHash(name) && platform.hashLength(name) === length,
  );
  const [first, ...others] = digests;
  if (layout === undefined || first === undefined) return [];
  return [
    ...saltVariations(first, options),
    ...others.map((digest) => variation({ ...signer(options), digest }, options)),
  ];
}

interface Signer {
  readonly salt: string;
  readonly keyDerivation: KeyDerivation;
  readonly digest: string;
}

function signer({ salt, keyDerivation, digest }: Readonly<FlaskOptions>): Signer {
  return { salt, keyDerivation, digest };
}

function saltVariations(digest: string, options: Readonly<FlaskOptions>): Variation<FlaskOptions>[] {
  const salts = [...new Set([options.salt, ...SESSION_SALTS])];
  const tries: { signer: Signer; meaning?: string | undefined }[] = [];
  for (const keyDerivation of ["hmac", "django-concat"] as const) {
    for (const salt of salts) {
      const meaning = keyDerivation === "django-concat" ? TOKEN_SALTS.get(salt) : undefined;
      tries.push({ signer: { salt, keyDerivation, digest }, meaning });
    }
  }
  for (const [salt, meaning] of TOKEN_SALTS) {
    if (!salts.includes(salt))
      tries.push({ signer: { salt, keyDerivation: "django-concat", digest }, meaning });
  }
  for (const salt of salts.slice(0, 3)) tries.push({ signer: { salt, keyDerivation: "concat", digest } });
  tries.push({ signer: { salt: options.salt, keyDerivation: "none", digest } });
  return tries
    .filter((tried) => !sameSigner(tried.signer, options))
    .map((tried) => variation(tried.signer, options, tried.meaning));
}

function sameSigner(a: Signer, b: Signer): boolean {
  return a.salt === b.salt && a.keyDerivation === b.keyDerivation && a.digest === b.digest;
}

function variation(
  tried: Signer,
  options: Readonly<FlaskOptions>,
  meaning?: string,
): Variation<FlaskOptions> {
  const changes: string[] = [];
  const flags: string[] = [];
  if (tried.salt !== options.salt) {
    changes.push(`salt "${tried.salt}"`);
    flags.push(`--salt ${tried.salt === "" ? "''" : tried.salt}`);
  }
  if (tried.keyDerivation !== options.keyDerivation) {
    changes.push(`key derivation "${tried.keyDerivation}"`);
    flags.push(`--key-derivation ${tried.keyDerivation}`);
  }
  if (tried.digest !== options.digest) {
    changes.push(`digest ${tried.digest}`);
    flags.push(`--digest ${tried.digest}`);
  }
  return {
    options: { ...tried },
    change: changes.join(" and "),
    ...(meaning !== undefined && { meaning }),
    flags: flags.join(" "),
  };
}

/** Before itsdangerous 1.0 time was counted from 2011: read as a newer one's, such a cookie is decades old. */
export function timeVariations(
  input: CookieInput,
  options: Readonly<FlaskOptions>,
): readonly Variation<FlaskOptions>[] {
  const layout = splitTimed(input.value, options.sep);
  const time = layout && plausibleTime(layout.timestamp);
  if (time?.version !== "1.0" || eraOf(options).epoch > 0) return [];
  return [
    {
      options: { itsdangerous: "0.24" },
      change: "the clock of itsdangerous 0.24",
      meaning: `counted from 2011, the cookie dates from ${isoTime(time.seconds)}`,
      flags: "--itsdangerous 0.24",
    },
  ];
}

export function advise(input: CookieInput, options: Readonly<FlaskOptions>): string | undefined {
  const layout = splitTimed(input.value, options.sep);
  if (layout === undefined) return "Is the value complete? A Flask session is payload.timestamp.signature.";
  const length = decodePythonBase64(layout.signature)?.length;
  const expected = platform.hashLength(options.digest);
  if (length !== expected) {
    return `Is the value complete? ${options.digest} gives a signature of ${expected} bytes, this one has ${length ?? "no readable"}.`;
  }
  return "Is this the SECRET_KEY of the running server, byte for byte? A server that makes one at random when it starts has another after each restart.";
}
