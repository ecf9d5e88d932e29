import { headerParts, isToken, parseCookieHeader, splitPair } from "./cookie-header.ts";
import { findPairs, structure } from "./cookie-pairs.ts";
import { commandOf, parseCommand } from "./curl.ts";
import { parseJar } from "./netscape.ts";
import { type FoundCookie, maxCookies, type PastedSource, type Structure } from "./pasted.ts";
import { looksLikeSetCookie, parseSetCookie } from "./set-cookie.ts";

/** Every notation has a character besides these. */
const BARE = /^[\w.~+/-]*$/;

/** Whether a text can only be a value by itself. */
export function isBare(text: string): boolean {
  return BARE.test(text);
}

/**
 * Finds the notation of a text, exact in every value; undefined for a bare value.
 *
 * Known: a line of a Netscape jar, a command of curl or wget, `Cookie:` and `Set-Cookie:` lines (also in the middle of a
 * message, and behind curl's `> ` and `< `), the same two without the header's name, and `name=value`.
 * Own code: `tough-cookie` and `cookie` decode, or drop, what has to stay exact.
 */
export function findStructure(text: string): Structure | undefined {
  if (isBare(text)) return undefined;
  const command = commandOf(text);
  return (
    structure("netscape", text.includes("\t") ? parseJar(text) : []) ??
    (command && structure(command, parseCommand(text))) ??
    (text.includes(":") ? findHeaders(text) : undefined) ??
    structure("set-cookie", looksLikeSetCookie(text) ? parseSetCookie(text) : [], true) ??
    findPairs(text)
  );
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
