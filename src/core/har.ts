import { parseCookieHeader } from "./cookie-header.ts";
import { cookiesIn, member, parseDocument } from "./cookie-json.ts";
import { fail } from "./failure.ts";
import type { FoundCookie } from "./pasted.ts";
import { ok, type Result } from "./result.ts";
import { parseSetCookie } from "./set-cookie.ts";

/**
 * Every cookie of a HAR file's requests and responses, in order, each name and value once.
 *
 * Taken from the recorded headers, which hold the exact text, and from the lists of cookies where a message has no
 * such header. Chrome leaves both out unless asked for "HAR with sensitive data". Fails with `malformed`.
 */
export function parseHar(text: string): Result<FoundCookie[]> {
  const document = parseDocument(text, "HAR file");
  if (!document.ok) return document;
  const entries = member(member(document.value, "log"), "entries");
  if (!Array.isArray(entries)) return fail("malformed", "the HAR file has no list of entries");
  const cookies = entries.flatMap((entry: unknown) => [
    ...cookiesOf(member(entry, "request"), "cookie", parseCookieHeader),
    ...cookiesOf(member(entry, "response"), "set-cookie", parseResponseHeader),
  ]);
  return ok(withoutRepeats(cookies));
}

type ParseHeader = (header: string) => FoundCookie[];

function cookiesOf(message: unknown, headerName: string, parse: ParseHeader): FoundCookie[] {
  const headers = list(message, "headers").filter((header) => {
    const name = member(header, "name");
    return typeof name === "string" && name.toLowerCase() === headerName;
  });
  const found = headers.flatMap((header) => {
    const value = member(header, "value");
    return typeof value === "string" ? parse(value) : [];
  });
  return found.length > 0 ? found : cookiesIn(list(message, "cookies"));
}

function list(object: unknown, key: string): readonly unknown[] {
  const value = member(object, key);
  return Array.isArray(value) ? value : [];
}

/** Browsers join a response's `Set-Cookie` lines with line breaks. */
function parseResponseHeader(header: string): FoundCookie[] {
  return header.split(/\r?\n/).flatMap(parseSetCookie);
}

function withoutRepeats(cookies: readonly FoundCookie[]): FoundCookie[] {
  const seen = new Map<string | undefined, Set<string>>();
  return cookies.filter(({ name, text }) => {
    const values = seen.get(name) ?? new Set();
    seen.set(name, values);
    return values.size < values.add(text).size;
  });
}
