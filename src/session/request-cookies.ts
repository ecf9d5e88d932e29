import { headerParts, splitPair } from "../core/cookie-header.ts";
import { unquotePythonCookie } from "../encoding/python-cookie.ts";

/**
 * The cookies of a request that are called `name`, or `name.0`, `name.1` …, by what follows the name. Of several
 * with the same name the last counts, as in Django.
 */
export function readCookies(header: string, name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!header.includes(name)) return found;
  for (const part of headerParts(header)) {
    if (!part.startsWith(name)) continue;
    const { name: given, text } = splitPair(part);
    if (given === undefined) continue;
    const suffix = given.slice(name.length);
    if (suffix === "" || CHUNK.test(suffix)) found.set(suffix, unquotePythonCookie(text));
  }
  return found;
}

const CHUNK = /^\.(?:0|[1-9]\d?)$/;

/** The session's text: one cookie, else the chunks from `.0` on, without a gap. */
export function joinCookies(cookies: ReadonlyMap<string, string>): string | undefined {
  const whole = cookies.get("");
  if (whole !== undefined) return whole;
  let text: string | undefined;
  for (let index = 0; ; index++) {
    const chunk = cookies.get(`.${index}`);
    if (chunk === undefined) return text;
    text = (text ?? "") + chunk;
  }
}
