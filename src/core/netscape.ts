import { type FoundCookie, maxCookies } from "./pasted.ts";

const httpOnlyPrefix = "#HttpOnly_";
const flag = /^(?:TRUE|FALSE)$/i;

/** A comment of a Netscape cookie jar, or a cookie that was commented out. */
export function isJarComment(line: string): boolean {
  if (!line.startsWith("#") || line.startsWith(httpOnlyPrefix)) return false;
  return /^#(?:\s|$)/.test(line) || parseJarLine(line.slice(1)) !== undefined;
}

/** The cookies of a Netscape cookie jar, of one line or many; what is not a jar's line gives none. */
export function parseJar(text: string): FoundCookie[] {
  const cookies: FoundCookie[] = [];
  for (const line of text.split(/\r?\n/)) {
    const cookie = isJarComment(line) ? undefined : parseJarLine(line);
    if (cookie) cookies.push(cookie);
    if (cookies.length === maxCookies) break;
  }
  return cookies;
}

/**
 * `domain, include subdomains, path, secure, expires, name, value`, between tabs. The last one may be missing,
 * and `expires` is empty (Python) or 0 (curl) for a cookie that ends with the session.
 */
function parseJarLine(line: string): FoundCookie | undefined {
  const fields = line.split("\t", 6);
  const [host = "", subdomains = "", path = "", secure = "", expires = "", name = ""] = fields;
  if (fields.length < 6 || !flag.test(subdomains) || !flag.test(secure)) return undefined;
  if (!/^\d{0,15}(?:\.\d{1,9})?$/.test(expires)) return undefined;
  const httpOnly = host.startsWith(httpOnlyPrefix);
  const attributes = {
    domain: httpOnly ? host.slice(httpOnlyPrefix.length) : host,
    path,
    secure: secure.toUpperCase() === "TRUE",
    httpOnly,
    ...(Number(expires) > 0 && { expires: Number(expires) }),
  };
  const text = valueField(line);
  return name === "" ? { text, attributes } : { name, text, attributes };
}

/** Everything after the sixth tab. */
function valueField(line: string): string {
  let at = -1;
  for (let tabs = 0; tabs < 6; tabs += 1) {
    at = line.indexOf("\t", at + 1);
    if (at === -1) return "";
  }
  return line.slice(at + 1);
}
