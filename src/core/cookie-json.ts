import { isToken } from "./cookie-header.ts";
import { fail } from "./failure.ts";
import { type CookieAttributes, type FoundCookie, maxCookies } from "./pasted.ts";
import { ok, type Result } from "./result.ts";
import { readSameSite } from "./set-cookie.ts";

/**
 * The value of a JSON document, or `malformed`. The text may begin with a byte order mark.
 */
export function parseDocument(text: string, what: string): Result<unknown> {
  try {
    return ok(JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text));
  } catch {
    return fail("malformed", `the ${what} is not JSON`);
  }
}

/**
 * The cookies of a JSON text in a shape that tools export: Playwright's storageState, a list of
 * `{name, value, …}` (Puppeteer, Selenium, Cypress, browser extensions), one such object, or texts by their names.
 * Undefined for any other text.
 */
export function parseJsonCookies(text: string): FoundCookie[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const document = parseDocument(text, "text");
  if (!document.ok) return undefined;
  const listed = member(document.value, "cookies") ?? document.value;
  const found = cookiesIn(Array.isArray(listed) ? listed : [listed]);
  const cookies = found.length > 0 ? found : cookiesByName(listed);
  return cookies.length > 0 ? cookies.slice(0, maxCookies) : undefined;
}

/** The cookies of a storageState document. Not checked: whether they are still alive. Fails with `malformed`. */
export function parseStorageState(text: string): Result<FoundCookie[]> {
  const document = parseDocument(text, "storage state");
  if (!document.ok) return document;
  const listed = member(document.value, "cookies");
  if (!Array.isArray(listed)) return fail("malformed", "the storage state has no list of cookies");
  return ok(cookiesIn(listed));
}

/** `{"sessionid": "…"}`, where every member is a text and may name a cookie. */
function cookiesByName(object: unknown): FoundCookie[] {
  if (typeof object !== "object" || object === null || Array.isArray(object)) return [];
  const cookies = Object.entries(object).map(([name, text]) => ({ name, text }));
  return cookies.every(({ name, text }) => isToken(name) && typeof text === "string") ? cookies : [];
}

/** Those of the objects that are cookies; anything else is passed over. */
export function cookiesIn(objects: readonly unknown[]): FoundCookie[] {
  return objects.flatMap((object) => readCookie(object) ?? []);
}

function readCookie(object: unknown): FoundCookie | undefined {
  const name = member(object, "name");
  const text = member(object, "value");
  if (typeof name !== "string" || typeof text !== "string") return undefined;
  const attributes = readAttributes(object);
  return name === "" ? { text, attributes } : { name, text, attributes };
}

function readAttributes(object: unknown): CookieAttributes {
  const domain = member(object, "domain");
  const path = member(object, "path");
  const secure = member(object, "secure");
  const httpOnly = member(object, "httpOnly");
  const sameSite = member(object, "sameSite");
  return {
    ...(typeof domain === "string" && domain !== "" && { domain }),
    ...(typeof path === "string" && path !== "" && { path }),
    ...(typeof secure === "boolean" && { secure }),
    ...(typeof httpOnly === "boolean" && { httpOnly }),
    ...(typeof sameSite === "string" && { sameSite: readSameSite(sameSite) }),
    ...readExpires(member(object, "expires") ?? member(object, "expirationDate") ?? member(object, "expiry")),
  };
}

/** Unix seconds, -1 for a session cookie; in a HAR file an ISO 8601 text. */
function readExpires(expires: unknown): CookieAttributes {
  const seconds = typeof expires === "string" ? Date.parse(expires) / 1000 : expires;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0 ? { expires: seconds } : {};
}

/** An own property of anything; undefined where there is none. */
export function member(object: unknown, key: string): unknown {
  if (typeof object !== "object" || object === null) return undefined;
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
