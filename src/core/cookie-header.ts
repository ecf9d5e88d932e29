import { type FoundCookie, maxCookies } from "./pasted.ts";

/** RFC 6265, section 4.1.1: what a cookie's name may consist of. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** RFC 2965 attributes, which old clients send among the cookies: `$Version=1; session="…"; $Path="/"`. */
const oldAttribute = /^\$(?:Version|Path|Domain|Port)$/i;

export function isToken(text: string): boolean {
  return token.test(text);
}

/**
 * The cookies of a `Cookie:` header's value, in order and with repeated names.
 *
 * Splits at every `;`, as Django and the `cookie` package do, quotes or not. White space around names and values
 * belongs to the header; everything else stays as it is. A part without `=` is a cookie without a name.
 */
export function parseCookieHeader(header: string): FoundCookie[] {
  const cookies: FoundCookie[] = [];
  for (const part of headerParts(header)) {
    if (cookies.length === maxCookies) break;
    const cookie = splitPair(part);
    if (cookie.name === undefined || !oldAttribute.test(cookie.name)) cookies.push(cookie);
  }
  return cookies;
}

/** The parts between semicolons, trimmed, without empty ones. */
export function* headerParts(header: string): Generator<string> {
  let start = 0;
  while (start <= header.length) {
    const semicolon = header.indexOf(";", start);
    const end = semicolon === -1 ? header.length : semicolon;
    const part = header.slice(start, end).trim();
    if (part !== "") yield part;
    start = end + 1;
  }
}

/** `name=value` at the first `=`; a text without one, or without anything before it, has no name. */
export function splitPair(part: string): FoundCookie {
  const equals = part.indexOf("=");
  if (equals === -1) return { text: part };
  const name = part.slice(0, equals).trim();
  const text = part.slice(equals + 1).trim();
  return name === "" ? { text } : { name, text };
}
