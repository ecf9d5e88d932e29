import { parseJsonCookies, parseStorageState } from "./cookie-json.ts";
import { peel } from "./cookie-readings.ts";
import { findStructure, type Structure } from "./cookie-structure.ts";
import { isCurlCommand, isCurlOption, parseCurl } from "./curl.ts";
import { parseHar } from "./har.ts";
import { isJarComment } from "./netscape.ts";
import type { FoundCookie, Layer, Pasted, PastedCookie, PastedSource, Reading } from "./pasted.ts";
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
  const inner = withoutQuotes(trimmed);
  if (inner === undefined) return assemble(findPasted(trimmed), trimmed, outer, outer, peel);
  return assemble(findPasted(inner), trimmed, [...outer, "quotes"], outer, peel);
}

/**
 * The same notations without the JSON ones, every value exact: nothing is trimmed, unquoted or decoded.
 * Quotes around the whole text belong to the value.
 */
export function readLiteral(text: string): Pasted {
  return assemble(findStructure(text), text, [], [], (value, layers) => [{ value, layers }]);
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
  return found.ok ? ok(found.value.map((cookie) => describe(cookie, [layer], peel))) : found;
}

/** Also finds that an item holds no cookie: a jar's comment, a curl command without one. */
function findPasted(text: string): Structure | undefined {
  const json = parseJsonCookies(text);
  if (json) return { source: "json", cookies: json, guessed: false };
  if (isOnlyComments(text)) return { source: "netscape", cookies: [], guessed: false };
  if (isCurlCommand(text) || isCurlOption(text)) {
    return { source: "curl", cookies: parseCurl(text), guessed: false };
  }
  return findStructure(text);
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

type Read = (text: string, layers: readonly Layer[]) => readonly Reading[];

function assemble(
  found: Structure | undefined,
  whole: string,
  layers: readonly Layer[],
  wholeLayers: readonly Layer[],
  read: Read,
): Pasted {
  const bare = describe({ text: whole }, wholeLayers, read);
  if (!found) return { source: "value", cookies: [bare] };
  const cookies = found.cookies.map((cookie) => describe(cookie, [...layers, layerOf(found.source)], read));
  return { source: found.source, cookies, ...(found.guessed && { bare }) };
}

function layerOf(source: PastedSource): Layer {
  return source === "name=value" || source === "value" ? "name" : source;
}

function describe({ text, ...rest }: FoundCookie, layers: readonly Layer[], read: Read): PastedCookie {
  return { ...rest, headerText: text, readings: read(text, layers) };
}
