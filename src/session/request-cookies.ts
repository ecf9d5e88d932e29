import { unquotePythonCookie } from "../encoding/python-cookie.ts";

/**
 * The cookies of a request that are called `name`, or `name.0`, `name.1` …, by what follows the name. Of several
 * with the same name the last counts, as in Django.
 */
export function readCookies(header: string, name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (let start = header.indexOf(name); start !== -1; ) {
    const semicolon = header.indexOf(";", start);
    const end = semicolon === -1 ? header.length : semicolon;
    const equals = header.indexOf("=", start);
    if (equals !== -1 && equals < end && startsPart(header, start)) {
      const suffix = header.slice(start + name.length, equals).trimEnd();
      if (suffix === "" || CHUNK.test(suffix)) {
        found.set(suffix, unquotePythonCookie(header.slice(equals + 1, end).trim()));
      }
    }
    start = header.indexOf(name, end);
  }
  return found;
}

const CHUNK = /^\.(?:0|[1-9]\d?)$/;

/** Whether nothing but white space stands between a position and the semicolon before it. */
function startsPart(header: string, position: number): boolean {
  if (position === 0) return true;
  const semicolon = header.lastIndexOf(";", position - 1);
  return header.slice(semicolon + 1, position).trim() === "";
}

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
