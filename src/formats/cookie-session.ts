import type { CookieInput } from "../core/cookie.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { CookieFormat, Opened, Parsed } from "../core/format.ts";
import { ok, type Result } from "../core/result.ts";
import { type KeygripKey, keygripKey, keygripShapes, verifyKeygrip } from "../schemes/keygrip.ts";
import {
  type CookieSessionOptions,
  checkName,
  defaults,
  SIGNATURE_SUFFIX,
  settle,
  signatureName,
} from "./cookie-session/options.ts";
import { readSession, writeSession } from "./cookie-session/payload.ts";

export type { CookieSessionOptions };

/** The two cookies of a session, as they were found. */
export interface CookieSessionDetail {
  readonly name: string;
  readonly value: string;
  /** The companion's value; undefined when it is missing or empty, which is the same to `cookies`. */
  readonly signature: string | undefined;
}

/** The cookie's value as it was signed. */
export interface CookieSessionBody {
  readonly value: string;
}

/**
 * npm's cookie-session 2.x: `session` holds the base64 of a JSON object, `session.sig` Keygrip's signature of
 * `session=<value>`. The received name wins over the option `name`. Opening never looks into the payload, and
 * there is no time to check.
 */
export const cookieSession: CookieFormat<
  CookieSessionDetail,
  CookieSessionBody,
  KeygripKey,
  CookieSessionOptions
> = {
  id: "cookie-session",
  title: "Express cookie-session",
  source: "https://github.com/expressjs/cookie-session/blob/v2.1.1/index.js",
  protection: "signed",
  usesCookieName: true,
  defaults,
  settle,
  cookieName: (options) => options.name,
  maxAge: () => null,
  companionSuffix: SIGNATURE_SUFFIX,

  /** `cookies` drops the first and the last character of a value that begins with a quote. */
  unquote: (text) => (text.startsWith('"') ? text.slice(1, -1) : text),
  quote: (value) => (value.startsWith('"') ? `"${value}"` : value),

  parse: (input, options) => ok(layout(input, options)),
  derive: (secret, { options }) => keygripKey(secret, options),
  open: ({ detail }, key) => authenticate(detail, key),
  peek: ({ detail }, options) => ok(opened(detail, options.algorithm)),
  read: ({ body }, _options, limits) => readSession(body.value, limits),

  seal(content, key, scope) {
    const name = scope.name ?? scope.options.name;
    checkName(name);
    const value = content.kind === "body" ? content.body.value : writeSession(content.value);
    return ok([
      { name, value },
      { name: signatureName(name), value: key.sign(`${name}=${value}`) },
    ]);
  },
};

function layout(input: CookieInput, options: CookieSessionOptions): Parsed<CookieSessionDetail> {
  const name = input.name ?? options.name;
  const signature = input.siblings?.get(signatureName(name)) || undefined;
  return {
    segments: [{ name: "payload", start: 0, end: input.value.length }],
    detail: { name, value: input.value, signature },
    algorithm: signature === undefined ? undefined : keygripShapes(signature)[0]?.algorithm,
  };
}

function authenticate(
  { name, value, signature }: CookieSessionDetail,
  key: KeygripKey,
): Result<Opened<CookieSessionBody>, Failure | Failure<"mismatch">> {
  if (signature === undefined) {
    const pair = shown(name);
    return fail("companion-missing", `the cookie ${pair}.sig, which holds the signature, is missing`, {
      hint: `give both cookies, as in "${pair}=...; ${pair}.sig=..."`,
    });
  }
  if (!verifyKeygrip(key, `${name}=${value}`, signature)) {
    return fail("mismatch", "the signature does not match");
  }
  return ok(opened({ value }, key.algorithm));
}

function opened({ value }: CookieSessionBody, algorithm: string): Opened<CookieSessionBody> {
  return { body: { value }, issuedAt: null, algorithm };
}

/** A received name may be anything. */
function shown(name: string): string {
  return /^[\w.:-]{1,64}$/.test(name) ? name : "<name>";
}
