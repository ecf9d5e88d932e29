import type { Note } from "../../core/cookie.ts";
import type { Description, View } from "../../core/format.ts";
import { writeJson } from "../../encoding/js-json.ts";
import { isObject, type Value } from "../../encoding/values.ts";
import { type CookieSessionOptions, signatureName } from "./options.ts";

const NOTES: readonly Note[] = [
  {
    level: "info",
    code: "never-expires",
    text: "There is no time inside: the server accepts the cookie for as long as it keeps the key.",
  },
  {
    level: "info",
    code: "replayable",
    text: "An older copy of the cookie stays valid, also after a logout.",
  },
];

/** Titles a decoded session, and points out what Passport keeps in it. */
export function describe(view: View<unknown, CookieSessionOptions>): Description {
  const user = passportUser(view.payload.value);
  return {
    title: "Express cookie-session",
    facts: user === undefined ? [] : [{ label: "passport.user", text: user }],
    notes: isSigned(view) ? NOTES : [unsigned(view), ...NOTES],
  };
}

function isSigned({ input, options }: View<unknown, CookieSessionOptions>): boolean {
  return Boolean(input.siblings?.get(signatureName(input.name ?? options.name)));
}

function unsigned({ input, options }: View<unknown, CookieSessionOptions>): Note {
  const companion = signatureName(input.name ?? options.name);
  const text = `It came without ${companion}, which signs it: no server takes anything from it alone.`;
  return { level: "warning", code: "unsigned", text };
}

function passportUser(session: Value): string | undefined {
  if (!isObject(session) || !Object.hasOwn(session, "passport")) return undefined;
  const passport = session.passport;
  if (passport === undefined || !isObject(passport) || !Object.hasOwn(passport, "user")) return undefined;
  const user = passport.user as Value;
  return typeof user === "string" ? user : writeJson(user);
}
