import { assembleLiteral } from "./cookie-assembly.ts";
import { headerParts, isToken, parseCookieHeader } from "./cookie-header.ts";
import type { FoundCookie, Pasted, PastedSource, Structure } from "./pasted.ts";

const headerName = /^\s*(?:set-)?cookie:(?=\s)/i;

/**
 * Reads a value, `name=value` or a `Cookie:` header, every value exact. The attributes of a `Set-Cookie:` line are
 * taken for cookies too; `readLiteral` tells them apart, and knows further notations.
 */
export function readPairs(text: string): Pasted {
  const name = headerName.exec(text)?.[0];
  const found =
    name === undefined
      ? findPairs(text)
      : structure("cookie-header", parseCookieHeader(text.slice(name.length)));
  return assembleLiteral(found, text);
}

/** `name=value`, or several with semicolons between; undefined for a bare value. */
export function findPairs(text: string): Structure | undefined {
  return (
    structure("cookie-header", looksLikeCookieHeader(text) ? parseCookieHeader(text) : [], true) ??
    structure("name=value", findPair(text), true)
  );
}

export function structure(
  source: PastedSource,
  cookies: readonly FoundCookie[],
  guessed = false,
): Structure | undefined {
  return cookies.length > 0 ? { source, cookies, guessed } : undefined;
}

function looksLikeCookieHeader(text: string): boolean {
  if (!text.includes(";")) return false;
  const [first = ""] = headerParts(text);
  return findPair(first).length > 0;
}

/** `name=value`, or `name = value`, unless the `=` looks like the padding of a base64 text. */
function findPair(text: string): FoundCookie[] {
  const equals = text.indexOf("=");
  const before = text.slice(0, Math.max(equals, 0));
  const name = before.trimEnd();
  const value = name === before ? text.slice(equals + 1) : text.slice(equals + 1).trimStart();
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
