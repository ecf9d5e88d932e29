import { headerParts, isToken, parseCookieHeader, splitPair } from "./cookie-header.ts";
import { isCurlCommand, parseCurl } from "./curl.ts";
import { parseJar } from "./netscape.ts";
import { type FoundCookie, maxCookies, type PastedSource } from "./pasted.ts";
import { looksLikeSetCookie, parseSetCookie } from "./set-cookie.ts";

/** The notation that a text is in, and its cookies: at least one. */
export interface Structure {
  readonly source: PastedSource;
  readonly cookies: readonly FoundCookie[];
  /** The text does not name its notation, so it may as well be one value. */
  readonly guessed: boolean;
}

/**
 * Finds the notation of a text, exact in every value; undefined for a bare value.
 *
 * Known: a line of a Netscape jar, a curl command, `Cookie:` and `Set-Cookie:` lines (also in the middle of a
 * message, and behind curl's `> ` and `< `), the same two without the header's name, and `name=value`.
 * Own code: `tough-cookie` and `cookie` decode, or drop, what has to stay exact.
 */
export function findStructure(text: string): Structure | undefined {
  return (
    structure("netscape", text.includes("\t") ? parseJar(text) : []) ??
    structure("curl", isCurlCommand(text) ? parseCurl(text) : []) ??
    findHeaders(text) ??
    structure("set-cookie", looksLikeSetCookie(text) ? parseSetCookie(text) : [], true) ??
    structure("cookie-header", looksLikeCookieHeader(text) ? parseCookieHeader(text) : [], true) ??
    structure("name=value", findPair(text), true)
  );
}

function structure(
  source: PastedSource,
  cookies: readonly FoundCookie[],
  guessed = false,
): Structure | undefined {
  return cookies.length > 0 ? { source, cookies, guessed } : undefined;
}

const headerLine = /^[ \t]*(?:[<>*] )?(set-cookie|cookie):([^\r\n]*)/gim;

function findHeaders(text: string): Structure | undefined {
  const cookies: FoundCookie[] = [];
  let source: PastedSource | undefined;
  for (const [, name = "", value = ""] of text.matchAll(headerLine)) {
    const response = name.toLowerCase() === "set-cookie";
    source ??= response ? "set-cookie" : "cookie-header";
    if (isHeaderValue(value)) cookies.push(...(response ? parseSetCookie(value) : parseCookieHeader(value)));
    if (cookies.length >= maxCookies) break;
  }
  return source && structure(source, cookies);
}

/** `cookie:1ufj2f:…` is not a header but the text "cookie", signed by Django. */
function isHeaderValue(value: string): boolean {
  if (/^\s/.test(value)) return true;
  const [first = ""] = headerParts(value);
  return isToken(splitPair(first).name ?? "");
}

function looksLikeCookieHeader(text: string): boolean {
  if (!text.includes(";")) return false;
  const [first = ""] = headerParts(text);
  return findPair(first).length > 0;
}

/** `name=value`, unless the `=` looks like the padding of a base64 text. */
function findPair(text: string): FoundCookie[] {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(equals, 0));
  const value = text.slice(equals + 1);
  if (!isToken(name) || /^['`]/.test(name) || looksLikeBase64(name, value)) return [];
  return [{ name, text: value }];
}

/** No framework's session cookie has so long a name, and many a payload is longer. */
const longestName = 64;

/** An empty cookie with so long a name is a padded signature. */
const longestEmpty = 24;

/** More padding; or after a single `=` the end, or a separator before a signature, but for Flask's own dot. */
const padding = /^(?:=|(?=$|--|[|:?]))/;

function looksLikeBase64(name: string, value: string): boolean {
  if (name.length > longestName || /^(?:eyJ|\.eJ)/.test(name)) return true;
  if (value === "" && name.length > longestEmpty) return true;
  const padded = padding.exec(value);
  return padded !== null && (name.length + 1 + padded[0].length) % 4 === 0;
}
