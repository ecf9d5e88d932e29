import { unquotePythonCookie } from "../encoding/python-cookie.ts";
import type { Layer, Reading } from "./pasted.ts";

/** Gives the layer's text beneath, or undefined where the layer is not there. */
type Peel = (text: string) => string | undefined;

/** The readings of a text, the most literal first: what is peeled off, outermost first. */
const recipes: readonly (readonly (readonly [Layer, Peel])[])[] = [
  [],
  [["quotes", unquote]],
  [["percent-encoding", percentDecode]],
  [
    ["quotes", unquote],
    ["percent-encoding", percentDecode],
  ],
  [
    ["percent-encoding", percentDecode],
    ["quotes", unquote],
  ],
  [["quotes", dropPair]],
  [
    ["quotes", dropPair],
    ["percent-encoding", percentDecode],
  ],
  [["stray-characters", dropStray]],
  [
    ["stray-characters", dropStray],
    ["percent-encoding", percentDecode],
  ],
  [["line-breaks", joinLines]],
];

/** In UTF-16 code units. No cookie is a hundredth as long; a longer text has only its literal reading. */
const longestPeeled = 1_048_576;

/**
 * Every value that a pasted text may stand for, in the order in which to try them. `+` always stays `+`.
 * `outer` are the layers that were peeled off before.
 */
export function peel(text: string, outer: readonly Layer[]): readonly Reading[] {
  const trimmed = text.trim();
  const layers: readonly Layer[] = trimmed === text ? outer : [...outer, "whitespace"];
  const readings: Reading[] = [];
  for (const recipe of trimmed.length > longestPeeled ? [[]] : recipes) {
    const value = follow(recipe, trimmed);
    if (value === undefined || readings.some((reading) => reading.value === value)) continue;
    readings.push({ value, layers: [...layers, ...recipe.map(([layer]) => layer)] });
  }
  return readings;
}

function follow(recipe: (typeof recipes)[number], text: string): string | undefined {
  let value: string | undefined = text;
  for (const [, step] of recipe) {
    if (value !== undefined) value = step(value);
  }
  return value;
}

/** Undefined where there is nothing to unquote. */
function unquote(text: string): string | undefined {
  const value = unquotePythonCookie(text);
  return value === text ? undefined : value;
}

/** Undefined too where the `cookie` package leaves a text alone: a broken escape, or bytes that are not UTF-8. */
function percentDecode(text: string): string | undefined {
  if (!text.includes("%")) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const quoteMarks = "'\"`";

/** A shell's or a source file's quotes around all of it. */
function dropPair(text: string): string | undefined {
  const quote = text.charAt(0);
  return text.length > 1 && quoteMarks.includes(quote) && text.endsWith(quote)
    ? text.slice(1, -1)
    : undefined;
}

/** What copying out of a shell, a source file or a console leaves at the ends, even at one end alone. */
function dropStray(text: string): string | undefined {
  let start = 0;
  let end = text.length;
  while (start < end && quoteMarks.includes(text.charAt(start))) start += 1;
  while (start < end && `${quoteMarks};,`.includes(text.charAt(end - 1))) end -= 1;
  return end - start === text.length ? undefined : text.slice(start, end);
}

/** A value that a terminal or an e-mail broke into lines. */
function joinLines(text: string): string | undefined {
  return /[\r\n]/.test(text) ? text.replace(/[\r\n]+[ \t]*/g, "") : undefined;
}
