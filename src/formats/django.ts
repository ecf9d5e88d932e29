import * as platform from "#platform";
import type { CookiePair } from "../core/cookie.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { Content, CookieFormat, Env, Opened, Parsed, Scope } from "../core/format.ts";
import { ok, type Result } from "../core/result.ts";
import { encodeBase62 } from "../encoding/base62.ts";
import { toHex } from "../encoding/hex.ts";
import { quotePythonCookie, unquotePythonCookie } from "../encoding/python-cookie.ts";
import { type DjangoKey, deriveKey, type Lock } from "./django/keys.ts";
import { type DjangoBody, type DjangoDetail, type Form, parseLayout } from "./django/layout.ts";
import { DEFAULTS, type DjangoOptions, type Plan, planOf, settle } from "./django/options.ts";
import { encodeObject, readPayload, writePayload } from "./django/payload.ts";

export type { Backend, Serializer } from "./django/places.ts";
export type { DjangoOptions };

/**
 * Everything Django writes through django.core.signing, 1.4 to 6.1, and the two layouts from before it did.
 *
 * What is not checked: whether the user still exists, `_auth_user_hash` (see `check`), and `_session_expiry`,
 * which Django's signed_cookies backend does not enforce either.
 */
export const django: CookieFormat<DjangoDetail, DjangoBody, DjangoKey, DjangoOptions> = {
  id: "django",
  title: "Django",
  source: "https://github.com/django/django/blob/main/django/core/signing.py",
  protection: "signed",
  usesCookieName: false,
  defaults: DEFAULTS,
  settle,
  cookieName: (options) => options.name ?? planOf(options).place.cookieName,
  maxAge: (options) => planOf(options).place.maxAge,
  unquote: unquotePythonCookie,
  quote: (value, options) => (options.backend === "session_data" ? value : quotePythonCookie(value)),
  quotesValues: (options) => planOf(options).serializer === "string" || planOf(options).readsHashed,
  parse: parseLayout,
  derive: deriveKey,
  open,
  peek: (parsed) => opened(parsed.detail[0], undefined),
  read: readPayload,
  seal,
};

function open(
  { detail }: Parsed<DjangoDetail>,
  key: DjangoKey,
): Result<Opened<DjangoBody>, Failure | Failure<"mismatch">> {
  for (const form of detail) {
    const lock =
      form.body.layout === "signed" ? matchSigned(form, key.signed) : matchHashed(form, key.hashed);
    if (lock !== undefined) return opened(form, lock);
  }
  return fail("mismatch", "the signature does not match");
}

function matchSigned({ message, signature }: Form, locks: readonly Lock[]): Lock | undefined {
  for (const lock of locks) {
    if (platform.equalText(lock.mac.digestBase64url(message as string), signature)) return lock;
  }
  return undefined;
}

function matchHashed({ message, signature }: Form, lock: Lock | undefined): Lock | undefined {
  return lock !== undefined && platform.equalText(toHex(lock.mac.digest(message)), signature)
    ? lock
    : undefined;
}

function opened({ body, issuedAt }: Form, lock: Lock | undefined): Result<Opened<DjangoBody>> {
  if (issuedAt !== null && typeof issuedAt === "object") return issuedAt;
  return ok({ body, issuedAt, salt: lock?.salt, algorithm: lock?.algorithm, outdated: lock?.outdated });
}

function seal(
  content: Content<DjangoBody>,
  key: DjangoKey,
  scope: Scope<DjangoOptions>,
  env: Env,
): Result<readonly [CookiePair]> {
  const plan = planOf(scope.options);
  const name = scope.name ?? plan.place.cookieName ?? "";
  if (plan.backend === "signed_cookie" && name === "") {
    return fail("name-required", "the cookie's name is part of its salt, and none was given", {
      hint: "--name COOKIE_NAME",
    });
  }
  const value = plan.writesHashed ? sealHashed(content, key, plan) : sealSigned(content, key, plan, env);
  return value.ok ? ok([{ name, value: value.value }]) : value;
}

function sealSigned(content: Content<DjangoBody>, key: DjangoKey, plan: Plan, env: Env): Result<string> {
  const text = signedText(content, plan);
  if (!text.ok) return text;
  const message = plan.timed ? `${text.value}${plan.sep}${timestamp(content, env)}` : text.value;
  return ok(`${message}${plan.sep}${key.signed[0].mac.digestBase64url(message)}`);
}

function signedText(content: Content<DjangoBody>, plan: Plan): Result<string> {
  if (content.kind === "body") {
    return ok(
      content.body.layout === "signed" ? content.body.text : encodeObject(content.body.data, plan.compress),
    );
  }
  const text = content.spelling === undefined ? writePayload(content.value, plan) : ok(content.spelling);
  if (!text.ok || plan.serializer === "string") return text;
  if (plan.backend === "messages" && plan.era.messages.writes === "text") return text;
  return ok(encodeObject(platform.fromLatin1(text.value), plan.compress));
}

function timestamp(content: Content<DjangoBody>, env: Env): string {
  if (content.kind === "body" && content.keepTime && content.body.layout === "signed") {
    if (content.body.time !== undefined) return content.body.time;
  }
  return encodeBase62(Math.trunc(env.now));
}

/** `hash$json` and `base64(hash:data)`, as before Django 3.1. */
function sealHashed(content: Content<DjangoBody>, key: DjangoKey, plan: Plan): Result<string> {
  const data = hashedData(content, plan);
  if (!data.ok) return data;
  if (key.hashed === undefined) throw new TypeError("this version does not write that layout");
  const hash = toHex(key.hashed.mac.digest(data.value));
  if (plan.backend === "messages") return ok(`${hash}$${new TextDecoder().decode(data.value)}`);
  const prefix = platform.fromLatin1(`${hash}:`);
  const bytes = new Uint8Array(prefix.length + data.value.length);
  bytes.set(prefix);
  bytes.set(data.value, prefix.length);
  return ok(platform.base64(bytes));
}

function hashedData(content: Content<DjangoBody>, plan: Plan): Result<Uint8Array> {
  if (content.kind === "body") {
    if (content.body.layout === "hashed") return ok(content.body.data);
    return fail(
      "unsupported",
      "a signed value cannot be kept byte for byte in the layout from before Django 3.1",
    );
  }
  const text = writePayload(content.value, plan);
  return text.ok ? ok(platform.fromLatin1(text.value)) : text;
}
