import type { Note } from "../../core/cookie.ts";
import { formatDuration, isoTime } from "../../core/duration.ts";
import type { Description, View } from "../../core/format.ts";
import { isObject, type Value, type ValueObject } from "../../encoding/values.ts";
import { USER_BACKEND, USER_HASH, USER_ID } from "./auth-keys.ts";
import type { DjangoBody } from "./layout.ts";
import { type DjangoOptions, type Plan, planOf } from "./options.ts";

type Facts = Description["facts"];

export function describe({ payload, options, opened, now }: View<DjangoBody, DjangoOptions>): Description {
  const plan = planOf(options);
  const session = plan.place.session && isObject(payload.value) ? payload.value : undefined;
  return {
    title: opened.body.layout === "hashed" ? `${plan.place.title}, before Django 3.1` : plan.place.title,
    facts: session === undefined ? [] : [...loginFacts(session), ...expiryFacts(session, plan)],
    notes: session === undefined ? [] : sessionNotes(session, plan, isExpired(opened.issuedAt, plan, now)),
  };
}

/** Who is logged in, by which backend, and what kind of auth hash ties the session to the password. */
function loginFacts(session: ValueObject): Facts {
  const { [USER_ID]: user, [USER_BACKEND]: backend, [USER_HASH]: hash } = session;
  if (user === undefined) return [];
  const by = typeof backend === "string" ? ` by ${backend.slice(backend.lastIndexOf(".") + 1)}` : "";
  return [{ label: "login", text: `user ${String(user)}${by}, ${hashWords(hash)}` }];
}

function hashWords(hash: Value | undefined): string {
  if (typeof hash !== "string") return "no auth hash";
  const algorithm = { 40: "sha1", 64: "sha256" }[hash.length];
  return algorithm === undefined ? "an auth hash of no known kind" : `auth hash ${algorithm}`;
}

/**
 * `_session_expiry` is a wish: what the browser was told, what the session claims, what the server enforces.
 * Source: get_expiry_age of contrib/sessions/backends/base.py, and ticket 19201.
 */
function expiryFacts(session: ValueObject, plan: Plan): Facts {
  if (!Object.hasOwn(session, "_session_expiry")) return [];
  const expiry = session._session_expiry ?? null;
  const { told, claims } = expiryWords(expiry);
  return [
    { label: "browser", text: told },
    { label: "claims", text: claims },
    { label: "enforced", text: enforced(plan) },
  ];
}

function expiryWords(expiry: unknown): { told: string; claims: string } {
  if (expiry === 0)
    return {
      told: "was told to forget it when it closes",
      claims: "_session_expiry 0: until the browser closes",
    };
  if (typeof expiry === "number") {
    const after = formatDuration(expiry);
    return {
      told: expiry < 0 ? "was told to drop it at once" : `was told to keep it for ${after}`,
      claims: `_session_expiry ${expiry}: ${expiry < 0 ? "over since" : "ends"} ${after} ${expiry < 0 ? "before" : "after"} its last save`,
    };
  }
  if (expiry === null)
    return { told: "was told the default age", claims: "_session_expiry null: the default age" };
  const until = expiry instanceof Date ? isoTime(expiry.getTime() / 1000) : String(expiry);
  return { told: `was told to keep it until ${until}`, claims: `_session_expiry: ends ${until}` };
}

function enforced({ place, backend }: Plan): string {
  if (backend === "session_data") return "the row's own expire_date column";
  return `only SESSION_COOKIE_AGE, ${formatDuration(place.maxAge ?? 0)} by default: this backend ignores _session_expiry`;
}

function isExpired(issuedAt: number | null, { place }: Plan, now: number): boolean {
  return issuedAt !== null && place.maxAge !== null && now - issuedAt > place.maxAge;
}

function sessionNotes(session: ValueObject, { place, era }: Plan, expired: boolean): readonly Note[] {
  const notes: Note[] = [];
  if (Object.keys(session).length === 0) {
    notes.push({
      level: "info",
      code: "empty-session",
      text: "An empty session: Django sends one when it did not accept the cookie it was given.",
    });
  }
  const user = session[USER_ID];
  if (user === undefined || place.maxAge === null) return notes;
  notes.push({
    level: "info",
    code: "bearer-login",
    text: expired
      ? `Anyone who held this cookie was user ${String(user)} until it expired, and can read all of it still.`
      : `Anyone who holds this cookie is user ${String(user)} until it expires, and can read all of it.`,
  });
  if (era.hasAuthHash && !Object.hasOwn(session, USER_HASH)) {
    notes.push({
      level: "warning",
      code: "no-auth-hash",
      text: "It has no _auth_user_hash: Django ends such a session and deletes the cookie.",
    });
  }
  return notes;
}
