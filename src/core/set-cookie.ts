import { parseCookieDate } from "./cookie-date.ts";
import { headerParts, isToken, splitPair } from "./cookie-header.ts";
import { type CookieAttributes, type FoundCookie, maxCookies } from "./pasted.ts";

const attributeNames =
  /^(?:domain|path|expires|max-age|samesite|priority|version|comment|secure|httponly|partitioned)$/i;

/** Where several `Set-Cookie` lines were joined by commas, as `Headers.get` does: a comma, then `name=`. */
const nextCookie = /,\s*(?=[!#$%&'*+\-.^_`|~0-9A-Za-z]+=)/;

interface Draft {
  readonly pair: FoundCookie;
  readonly parts: string[];
}

/**
 * The cookies of a `Set-Cookie:` value: usually one, more when several lines were joined by commas. Joined lines
 * are told apart only after a cookie's first `;`, so that a comma in a value stays in the value.
 */
export function parseSetCookie(header: string): FoundCookie[] {
  const drafts: Draft[] = [];
  for (const part of headerParts(header)) {
    const last = drafts.at(-1);
    const next = last && nextCookie.exec(part);
    if (!last) drafts.push({ pair: splitPair(part), parts: [] });
    else if (!next) last.parts.push(part);
    else {
      last.parts.push(part.slice(0, next.index));
      drafts.push({ pair: splitPair(part.slice(next.index + next[0].length)), parts: [] });
    }
    if (drafts.length > maxCookies) break;
  }
  return drafts.slice(0, maxCookies).map(finish);
}

/** Whether a line without the header's name is one: `name=value`, and after it nothing but attributes. */
export function looksLikeSetCookie(line: string): boolean {
  let count = 0;
  for (const part of headerParts(line)) {
    const { name, text } = splitPair(part);
    if (count === 0 ? name === undefined || !isToken(name) : !attributeNames.test(name ?? text)) return false;
    count += 1;
    if (count > 1 && nextCookie.test(part)) break;
  }
  return count > 1;
}

function finish({ pair, parts }: Draft): FoundCookie {
  const attributes: CookieAttributes = Object.assign({}, ...parts.map(readAttribute));
  return { ...pair, attributes };
}

/** One attribute, by the rules of RFC 6265, section 5.2. What a browser ignores gives nothing. */
function readAttribute(part: string): CookieAttributes {
  const { name, text } = splitPair(part);
  switch ((name ?? text).toLowerCase()) {
    case "domain":
      return text === "" ? {} : { domain: text };
    case "path":
      return text.startsWith("/") ? { path: text } : {};
    case "expires":
      return present("expires", parseCookieDate(text));
    case "max-age":
      return /^-?\d{1,15}$/.test(text) ? { maxAge: Number(text) } : {};
    case "samesite":
      return present("sameSite", readSameSite(text));
    case "secure":
      return { secure: true };
    case "httponly":
      return { httpOnly: true };
    case "partitioned":
      return { partitioned: true };
    default:
      return {};
  }
}

function present<Key extends keyof CookieAttributes>(
  key: Key,
  value: CookieAttributes[Key],
): CookieAttributes {
  return value === undefined ? {} : { [key]: value };
}

/** Case does not matter. `no_restriction` is what browser extensions write for None. */
export function readSameSite(text: string): CookieAttributes["sameSite"] {
  switch (text.toLowerCase()) {
    case "strict":
      return "Strict";
    case "lax":
      return "Lax";
    case "none":
    case "no_restriction":
      return "None";
    default:
      return undefined;
  }
}
