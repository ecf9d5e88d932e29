import { parseCookieHeader } from "./cookie-header.ts";
import { structure } from "./cookie-pairs.ts";
import { type FoundCookie, maxCookies, type Structure } from "./pasted.ts";
import { parseSetCookie } from "./set-cookie.ts";

/** `name: "value",` as source texts and consoles write it, with quotes of any kind. */
const member = /^(["']?)([\w!#$%&*+.^|~-]+)\1[ \t]*:[ \t]*(["'`])(.*)\3,?$/;

/** The same within an object, as Python prints `request.COOKIES` and Node `req.cookies`. */
const printedMember = /\s*(["']?)([\w!#$%&*+.^|~-]+)\1:\s*(["'`])((?:\\.|(?!\3)[^\\])*)\3\s*(?:,|$)/gy;

/** What Firefox copies beneath a cookie of its storage inspector. */
const attribute = /^(?:Created|Domain|HostOnly|HttpOnly|Path|SameSite|Secure|Size)$/;

export function isMember(text: string): boolean {
  return member.test(text);
}

/**
 * The cookies of lines of `name: "value"`: a header that was copied as JavaScript or Python, anywhere in the text; or
 * cookies by their names from its first line on, as Firefox copies them, or in one printed object. Undefined for any
 * other text.
 */
export function findMembers(text: string): Structure | undefined {
  const members = text.split(/\r?\n/).map((line) => readMember(line.trim()));
  const others = members.indexOf(undefined);
  const leading = members.slice(0, others === -1 ? members.length : others);
  return (
    structure("cookie-header", members.flatMap(headerCookies).slice(0, maxCookies)) ??
    structure("member", leading.flatMap(namedCookie).slice(0, maxCookies)) ??
    structure("member", printedCookies(text).slice(0, maxCookies))
  );
}

type Member = FoundCookie | undefined;

function readMember(line: string): Member {
  const [, , name = "", quote = "", text = ""] = member.exec(line) ?? [];
  return name === "" ? undefined : { name, text: quote === '"' ? withoutEscapes(text) : text };
}

function headerCookies(found: Member): readonly FoundCookie[] {
  if (/^cookie$/i.test(found?.name ?? "")) return parseCookieHeader(found?.text ?? "");
  return /^set-cookie$/i.test(found?.name ?? "") ? parseSetCookie(found?.text ?? "") : [];
}

function namedCookie(found: Member): readonly FoundCookie[] {
  return found === undefined || attribute.test(found.name ?? "") ? [] : [found];
}

/** `{'sessionid': '…', 'theme': '…'}`, and nothing else in it. */
function printedCookies(text: string): readonly FoundCookie[] {
  const object = text.replace("[Object: null prototype] ", "");
  if (!object.startsWith("{") || !object.endsWith("}")) return [];
  const inside = object.slice(1, -1).trim();
  const members = [...inside.matchAll(printedMember)];
  const read = members.reduce((length, [member]) => length + member.length, 0);
  return read === inside.length ? members.map(([, , name, , value = ""]) => ({ name, text: value })) : [];
}

/** A console escapes nothing: what is no JSON stays as it is. */
function withoutEscapes(text: string): string {
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return text;
  }
}
