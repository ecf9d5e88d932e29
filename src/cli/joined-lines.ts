import { commandOf } from "../core/curl.ts";
import type { Line } from "./lines.ts";

export type JoinedLine = Line | { readonly number: number; readonly fault: "unfinished" };

/** Takes the lines of an item one by one, and tells whether it goes on behind each. */
type GoesOn = (text: string) => boolean;

/**
 * Joins the lines that are one item: those of JSON documents at the beginning of a stream, and of a command whose lines
 * end with a backslash. Every other line is an item of its own. Holds at most `maxBytes`: a longer item is dropped up
 * to its end, and reported with the number of its first line; so is a document that does not end.
 */
export async function* joinLines(lines: AsyncIterable<Line>, maxBytes: number): AsyncGenerator<JoinedLine> {
  let held: Line | undefined;
  let goesOn: GoesOn | undefined;
  let documents = true;
  for await (const line of lines) {
    const text = "fault" in line ? "" : line.text;
    if (goesOn === undefined && text !== "") {
      goesOn = startOf(text, documents);
      documents &&= startsDocument(text);
    }
    held = held === undefined ? line : joined(held, line, maxBytes);
    if (goesOn?.(text)) continue;
    yield held;
    held = goesOn = undefined;
  }
  if (held === undefined) return;
  yield "text" in held && startsDocument(held.text) ? { number: held.number, fault: "unfinished" } : held;
}

/** A text has no more UTF-16 code units than its UTF-8 has bytes. */
function joined(first: Line, next: Line, maxBytes: number): Line {
  const { number } = first;
  if ("fault" in first) return first;
  if ("fault" in next) return { number, fault: next.fault };
  const text = `${first.text}\n${next.text}`;
  return text.length > maxBytes ? { number, fault: "too-long" } : { number, text };
}

function startOf(text: string, documents: boolean): GoesOn | undefined {
  if (documents && startsDocument(text)) return jsonGoesOn();
  return commandOf(text) === undefined ? undefined : (line) => /[\\^]$/.test(line);
}

/** A bracket, and after it what may follow on its line; before it what Node prints of `req.cookies`. */
function startsDocument(text: string): boolean {
  return /^\s*(?:\[Object: null prototype\] )?[[{]\s*(?:$|[[{"])/.test(text);
}

/** Until the brackets are closed; strings of JSON have no line breaks. */
function jsonGoesOn(): GoesOn {
  let depth = 0;
  return (text) => {
    for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/g)) {
      if (token === "{" || token === "[") depth++;
      else if (token === "}" || token === "]") depth--;
    }
    return depth > 0;
  };
}
