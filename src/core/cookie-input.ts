import { assemble, assembleLiteral, withReadings } from "./cookie-assembly.ts";
import { parseJsonCookies, parseStorageState } from "./cookie-json.ts";
import { structure } from "./cookie-pairs.ts";
import { peel } from "./cookie-readings.ts";
import { findStructure, isBare } from "./cookie-structure.ts";
import { commandOf, isCurlOption, parseCommand } from "./curl.ts";
import { parseRows } from "./devtools.ts";
import { parseHar } from "./har.ts";
import { findMembers, isMember } from "./members.ts";
import { isJarComment } from "./netscape.ts";
import type { FoundCookie, Layer, Pasted, PastedCookie, Structure } from "./pasted.ts";
import { ok, type Result } from "./result.ts";

/**
 * Reads one pasted item in any notation, and offers every reading of each value that is worth trying.
 *
 * Never fails: a text in no known notation is a bare value. Not checked: whether a name or value is legal in a
 * header. Time and memory are linear in the text; at most `maxCookies` cookies are read.
 */
export function readPasted(text: string): Pasted {
  const trimmed = text.trim();
  const outer: readonly Layer[] = trimmed === text ? [] : ["whitespace"];
  if (trimmed === "") return { source: "value", cookies: [] };
  if (isBare(trimmed)) return assemble(undefined, trimmed, outer, outer, peel);
  const inner = isMember(trimmed) ? undefined : withoutQuotes(trimmed);
  if (inner === undefined) return assemble(findPasted(trimmed), trimmed, outer, outer, peel);
  return assemble(findPasted(inner), trimmed, [...outer, "quotes"], outer, peel);
}

/**
 * The same notations without the JSON ones, every value exact: nothing is trimmed, unquoted or decoded.
 * Quotes around the whole text belong to the value.
 */
export function readLiteral(text: string): Pasted {
  return assembleLiteral(findStructure(text), text);
}

/** The cookies of a HAR file's requests and responses, in order, each name and value once; or `malformed`. */
export function readHar(text: string): Result<readonly PastedCookie[]> {
  return peelAll(parseHar(text), "har");
}

/** The cookies of a Playwright storageState document, in order; or `malformed`. */
export function readStorageState(text: string): Result<readonly PastedCookie[]> {
  return peelAll(parseStorageState(text), "json");
}

function peelAll(found: Result<FoundCookie[]>, layer: Layer): Result<readonly PastedCookie[]> {
  return found.ok ? ok(found.value.map((cookie) => withReadings(cookie, [layer], peel))) : found;
}

/** Also finds that an item holds no cookie: a jar's comment, a curl command without one. */
function findPasted(text: string): Structure | undefined {
  const json = parseJsonCookies(text);
  if (json) return { source: "json", cookies: json, guessed: false };
  if (isOnlyComments(text)) return { source: "netscape", cookies: [], guessed: false };
  const command = commandOf(text) ?? (isCurlOption(text) ? "curl" : undefined);
  if (command) return { source: command, cookies: parseCommand(text), guessed: false };
  return (
    structure("devtools", text.includes("\t") ? parseRows(text) : []) ??
    findMembers(text) ??
    findStructure(text)
  );
}

function isOnlyComments(text: string): boolean {
  if (!text.startsWith("#")) return false;
  return text.split("\n").every((line) => line.trim() === "" || isJarComment(line));
}

/** The text inside quotes of any kind around the whole item: a shell's, a console's, Markdown's. */
function withoutQuotes(text: string): string | undefined {
  const quote = text.charAt(0);
  return text.length > 1 && /['"`]/.test(quote) && text.endsWith(quote) ? text.slice(1, -1) : undefined;
}
