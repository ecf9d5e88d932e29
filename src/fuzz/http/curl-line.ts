import { Buffer } from "node:buffer";
import { shellQuoteBytes, shellWord } from "../../core/shell-quote.ts";
import type { Place } from "./place.ts";
import type { RequestParts } from "./request.ts";

/** Headers whose values nobody should copy into a report. */
const credentials = /^(?:proxy-)?authorization$/i;

/**
 * A curl command that sends the same request, for bash, zsh and other shells that know `$'…'`.
 * @returns undefined for cookies with a NUL, which no command can hold
 */
export function curlLine(
  parts: RequestParts,
  { url, loopback }: Pick<Place, "url" | "loopback">,
  cookies: string,
): string | undefined {
  if (cookies.includes("\0")) return undefined;
  const words = ["curl", ...urlOptions(url)];
  if (url.protocol === "https:" && loopback) words.push("-k");
  if (parts.method !== (parts.data === undefined ? "GET" : "POST")) words.push("-X", shellWord(parts.method));
  for (const [name, value] of parts.headers) {
    words.push("-H", quote(`${name}: ${credentials.test(name) ? "…" : value}`));
  }
  if (parts.data !== undefined) words.push("--data-raw", quote(parts.data));
  return [...words, ...cookieOption(cookies), shellWord(url.href)].join(" ");
}

/** curl expands brackets and braces. */
function urlOptions({ pathname, search }: URL): readonly string[] {
  return /[[\]{}]/.test(pathname + search) ? ["-g"] : [];
}

/** With `-b`, a text without `=` or with `@` in front names a file; an empty header needs a semicolon. */
function cookieOption(cookies: string): readonly string[] {
  if (cookies === "") return ["-H", "'Cookie;'"];
  const isFile = !cookies.includes("=") || cookies.startsWith("@");
  return isFile ? ["-H", shellQuoteBytes(`Cookie: ${cookies}`)] : ["-b", shellQuoteBytes(cookies)];
}

/** Text of a user, readable where it can be. */
function quote(text: string): string {
  return shellQuoteBytes(Buffer.from(text, "utf8").toString("latin1"));
}
