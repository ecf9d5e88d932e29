import type { CookieInput } from "../../core/cookie.ts";
import type { Guess } from "../../core/guide.ts";
import { DEFAULT_LIMITS } from "../../core/limits.ts";
import { isObject, type Value } from "../../encoding/values.ts";
import { parseLayout } from "./layout.ts";
import { type DjangoOptions, settle } from "./options.ts";
import { readPayload } from "./payload.ts";
import { pickles } from "./pickles.ts";
import type { Backend } from "./places.ts";

const SIGNATURE = /^[A-Za-z0-9_-]{20,86}$/;
const TIMESTAMP = /^-?[0-9A-Za-z]{1,8}$/;
const SESSION_KEY = /^[a-z0-9]{32}$/;
/** CSRF_SECRET_LENGTH or, masked, CSRF_TOKEN_LENGTH of CSRF_ALLOWED_CHARS: django/middleware/csrf.py. */
const CSRF_TOKEN = /^(?:[A-Za-z0-9]{32}){1,2}$/;

/** Longest text that is looked into; longer ones are told by their layout alone. */
const LOOK_INTO = 65_536;

const SIGNING = { backend: "signing" } as const;
const PICKLED = { backend: "signing", serializer: "pickle" } as const;
const SIGNER = { backend: "signer", serializer: "json" } as const;
const ROWS = (["json", "pickle"] as const).map(
  (serializer) => ({ backend: "session_data", version: "3.0", serializer }) as const,
);

/** Tells Django's layouts apart by their separators, the shape of the signature and what the payload holds. */
export function recognise(input: CookieInput): readonly Guess<DjangoOptions>[] {
  const { value } = input;
  if (input.name === "csrftoken" && CSRF_TOKEN.test(value)) return [csrfToken];
  if (SESSION_KEY.test(value)) return [databaseKey(input.name)];
  if (/^[0-9a-f]{40}\$[[{]/.test(value)) {
    return [{ likeness: 0.95, options: { backend: "messages", version: "3.0" } }];
  }
  const parts = value.split(":");
  const signature = parts.at(-1) ?? "";
  if (parts.length >= 3 && TIMESTAMP.test(parts.at(-2) ?? "")) {
    if (SIGNATURE.test(signature)) return timed(input);
    if (/^(?:eyJ|e30|W|\.eJ)/.test(value)) return [{ likeness: 0.6, options: {} }];
  }
  if (parts.length >= 2 && SIGNATURE.test(signature)) {
    return untimed(input);
  }
  return row(input);
}

function databaseKey(name: string | undefined): Guess<DjangoOptions> {
  return {
    likeness: name === undefined || name === "sessionid" ? 0.7 : 0.2,
    options: {},
    opaque:
      "this is the key of a session that the server keeps (database, cache or file): nothing is inside it",
    instead: "look in the server's store",
  };
}

const csrfToken: Guess<DjangoOptions> = {
  likeness: 0.3,
  options: {},
  opaque: "this is Django's CSRF token: a random text that holds no session",
  instead: "the session is in another cookie, sessionid unless SESSION_COOKIE_NAME names it",
};

function timed(input: CookieInput): readonly Guess<DjangoOptions>[] {
  if (input.value.length > LOOK_INTO) return [{ likeness: 0.7, options: {} }];
  const json = payloadUnder(input, SIGNING);
  if (json !== undefined) {
    const backend = placeOf(json, input.name);
    return [{ likeness: 0.95, options: backend === undefined ? {} : { backend } }];
  }
  if (payloadUnder(input, PICKLED) !== undefined) {
    return [{ likeness: 0.95, options: { serializer: "pickle", version: "4.2" } }];
  }
  return [
    { likeness: 0.6, options: { backend: input.name === undefined ? "timestamp_signer" : "signed_cookie" } },
  ];
}

function untimed(input: CookieInput): readonly Guess<DjangoOptions>[] {
  if (payloadUnder(input, SIGNER) !== undefined) {
    return [{ likeness: 0.8, options: SIGNER }];
  }
  return [{ likeness: 0.3, options: { backend: "signer" } }];
}

function row(input: CookieInput): readonly Guess<DjangoOptions>[] {
  for (const options of ROWS) {
    if (/^[A-Za-z0-9+/\s]{56,}={0,2}\s*$/.test(input.value) && payloadUnder(input, options) !== undefined) {
      return [{ likeness: 0.95, options }];
    }
  }
  return [];
}

/** Of the constants above. */
const settled = new Map<Partial<DjangoOptions>, Readonly<DjangoOptions>>();

function payloadUnder(input: CookieInput, given: Partial<DjangoOptions>): Value | undefined {
  let options = settled.get(given);
  if (options === undefined) {
    options = settle(given);
    settled.set(given, options);
  }
  const parsed = parseLayout(input, options);
  if (!parsed.ok) return undefined;
  const { body, issuedAt } = parsed.value.detail[0];
  if (issuedAt !== null && typeof issuedAt === "object") return undefined;
  const payload = readPayload({ body, issuedAt }, options, DEFAULT_LIMITS, pickles);
  return payload.ok ? payload.value.value : undefined;
}

/** The place that the payload itself betrays. */
function placeOf(payload: Value, name: string | undefined): Backend | undefined {
  if (Array.isArray(payload) && payload.some(isMessage)) return "messages";
  if (name === "messages") return "messages";
  return isObject(payload) || name === "sessionid" ? undefined : "signing";
}

function isMessage(value: Value): boolean {
  return Array.isArray(value) && value[0] === "__json_message";
}
