import * as platform from "#platform";
import type { CookiePair, Note, Payload } from "../../core/cookie.ts";
import { fail } from "../../core/failure.ts";
import type { Asked, Checked, Composed, Renewal } from "../../core/flags.ts";
import type { Env } from "../../core/format.ts";
import { ok, type Result } from "../../core/result.ts";
import { toHex } from "../../encoding/hex.ts";
import { isObject, keysInOrder, setKey, type Value, type ValueObject } from "../../encoding/values.ts";
import { USER_BACKEND, USER_HASH, USER_ID } from "./auth-keys.ts";
import type { Era } from "./era.ts";
import { saltedHmac } from "./keys.ts";
import { type DjangoOptions, planOf } from "./options.ts";

const MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend";
const HASH_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash";

/** `AbstractBaseUser.get_session_auth_hash`. `password`: the password column as it stands. */
export function sessionAuthHash(password: string, secret: Uint8Array, algorithm: string): string {
  return toHex(saltedHmac(HASH_SALT, secret, algorithm).digest(password));
}

/**
 * Builds the session that `django.contrib.auth.login` leaves behind, and a matching CSRF cookie on request.
 * Fails with `bad-payload` when the auth hash is needed and the password column was not given.
 */
export function composeLogin(
  asked: Asked,
  base: Value | undefined,
  options: Readonly<DjangoOptions>,
  secrets: readonly Uint8Array[],
  env: Env,
): Result<Composed> {
  const { era } = planOf(options);
  const extra = asked.withCsrf === true ? [csrfCookie(era, env)] : [];
  if (asked.login === undefined) {
    if (asked.passwordHash !== undefined || asked.authBackend !== undefined) {
      return fail("bad-payload", "--password-hash and --auth-backend go with --login USER_ID");
    }
    return ok({ value: base ?? {}, extra, notes: [] });
  }
  const session = loginSession(asked, era, secrets[0]);
  if (!session.ok) return session;
  if (base !== undefined && !isObject(base)) {
    return fail("bad-payload", "--login adds to a session, and the payload is not an object");
  }
  const notes = [bearerNote(String(asked.login)), ...(looksLikeHash(asked.passwordHash) ? [] : [ODD_HASH])];
  return ok({ value: merge(base ?? {}, session.value), extra, notes });
}

function loginSession(asked: Asked, era: Era, secret: Uint8Array | undefined): Result<ValueObject> {
  const session: ValueObject = {
    [USER_ID]: String(asked.login),
    [USER_BACKEND]: String(asked.authBackend ?? MODEL_BACKEND),
  };
  if (!era.hasAuthHash) return ok(session);
  if (typeof asked.passwordHash !== "string" || secret === undefined) {
    return fail(
      "bad-payload",
      "--login needs --password-hash: Django ends a session whose auth hash does not match",
      {
        hint: "the user's password column: python manage.py shell -c 'print(User.objects.get(pk=1).password)'",
      },
    );
  }
  return ok({ ...session, [USER_HASH]: sessionAuthHash(asked.passwordHash, secret, era.algorithm) });
}

/** `algorithm$…`, `!…` where no password works, or the bare MD5 of Django's first years. */
function looksLikeHash(column: unknown): boolean {
  return typeof column !== "string" || /^(?:[\w-]+\$.|!|[0-9a-f]{32}$)/.test(column);
}

const ODD_HASH: Note = {
  level: "warning",
  code: "odd-password-hash",
  text: "--password-hash is the whole password column (pbkdf2_sha256$…, in single quotes), and does not look like one: Django would end the session.",
};

function merge(base: ValueObject, added: ValueObject): ValueObject {
  const merged: ValueObject = {};
  for (const source of [base, added]) {
    for (const key of keysInOrder(source)) setKey(merged, key, source[key] as Value);
  }
  return merged;
}

function bearerNote(user: string): Note {
  return {
    level: "warning",
    code: "bearer-login",
    text: `Whoever holds this cookie is user ${user} until it expires or the password changes.`,
  };
}

const CSRF_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** `_get_new_csrf_string`, masked by `_mask_cipher_secret` where the version's cookie is. */
function csrfCookie(era: Era, env: Env): CookiePair {
  const secret = randomText(32, env);
  if (era.csrfLength === 32) return { name: "csrftoken", value: secret };
  const mask = randomText(32, env);
  let cipher = "";
  for (let index = 0; index < 32; index++) {
    const sum = CSRF_ALPHABET.indexOf(secret.charAt(index)) + CSRF_ALPHABET.indexOf(mask.charAt(index));
    cipher += CSRF_ALPHABET.charAt(sum % CSRF_ALPHABET.length);
  }
  return { name: "csrftoken", value: mask + cipher };
}

/** Uniform over the alphabet: bytes that would favour its beginning are thrown away. */
function randomText(length: number, env: Env): string {
  const limit = 256 - (256 % CSRF_ALPHABET.length);
  let text = "";
  while (text.length < length) {
    for (const byte of env.random(length)) {
      if (byte < limit && text.length < length) text += CSRF_ALPHABET.charAt(byte % CSRF_ALPHABET.length);
    }
  }
  return text;
}

/** What `get_user` of django.contrib.auth checks: the auth hash, under each secret in order. */
export function checkPassword(
  asked: Asked,
  payload: Payload,
  options: Readonly<DjangoOptions>,
  secrets: readonly Uint8Array[],
): Result<Checked> {
  const hash = isObject(payload.value) ? payload.value[USER_HASH] : undefined;
  const userId = isObject(payload.value) ? payload.value[USER_ID] : undefined;
  if (typeof hash !== "string" || userId === undefined) {
    return fail("bad-payload", "it is not a logged-in session: it has no auth hash");
  }
  const { era } = planOf(options);
  const algorithms = era.acceptsSha1 ? [...new Set([era.algorithm, "sha1"])] : [era.algorithm];
  for (const [index, secret] of secrets.entries()) {
    for (const algorithm of algorithms) {
      if (!platform.equalText(sessionAuthHash(String(asked.passwordHash), secret, algorithm), hash)) continue;
      const where = index === 0 ? "the current secret" : `fallback ${index}`;
      return ok({
        text: `auth hash of user ${String(userId)} matches under ${where} (${algorithm})`,
        fields: { authHash: true, authHashKeyIndex: index, authHashAlgorithm: algorithm },
      });
    }
  }
  return fail(
    "bad-payload",
    "the auth hash does not match this password: Django takes the visitor for anonymous",
    {
      hint: "the password was changed since, or the hash was made under another secret",
    },
  );
}

/**
 * The session's auth hash and the one to put in its place under the new secret; undefined where there is none, or
 * where it is the new secret's already. Fails with `bad-payload` when the hash is not this password's: renewing it
 * would revive a session that Django has ended.
 */
export function renewAuthHash(
  session: Value,
  { asked, old, current }: Renewal,
  to: Readonly<DjangoOptions>,
): Result<{ readonly hash: string; readonly fresh: string } | undefined> {
  const { passwordHash } = asked;
  if (typeof passwordHash !== "string") {
    return fail("bad-payload", "the auth hash is made of the user's password column, which was not given", {
      hint: "--password-hash 'pbkdf2_sha256$…'",
    });
  }
  const hash = isObject(session) ? session[USER_HASH] : undefined;
  if (typeof hash !== "string") return ok(undefined);
  const fresh = sessionAuthHash(passwordHash, current, authAlgorithm(to));
  if (platform.equalText(fresh, hash)) return ok(undefined);
  const made = [...old, current].flatMap((secret) =>
    ["sha256", "sha1"].map((algorithm) => sessionAuthHash(passwordHash, secret, algorithm)),
  );
  if (made.some((known) => platform.equalText(known, hash))) return ok({ hash, fresh });
  return fail("bad-payload", "the auth hash does not match this password", {
    hint: "the session is another user's, or the password was changed since",
  });
}

/** DEFAULT_HASHING_ALGORITHM of 3.1 and 3.2; sha256 asked of an older version means an upgrade. */
function authAlgorithm(options: Readonly<DjangoOptions>): string {
  const { era } = planOf(options);
  const { algorithm } = options;
  const asked = algorithm === "sha1" || algorithm === "sha256" ? algorithm : era.algorithm;
  return era.acceptsSha1 ? asked : era.algorithm;
}
