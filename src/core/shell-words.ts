import { type Escape, readAnsiC } from "./ansi-c.ts";

interface Piece {
  /** Undefined between words. */
  readonly text: string | undefined;
  readonly end: number;
  /** An escaped line break: neither text nor the end of a word. */
  readonly nothing?: true;
}

/**
 * Splits a command as a POSIX shell does: `'…'`, `"…"`, `\x`, a backslash at the end of a line, and bash's `$'…'`.
 *
 * Nothing is expanded, operators (`|`, `&`, `;`) are ordinary text, and an unclosed quote reaches to the end.
 * Own code: `shell-quote` expands variables and turns `#`, `*` and `|` into other things than text.
 */
export function splitShellWords(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < command.length) {
    const piece = readPiece(command, at);
    at = piece.end;
    if (piece.nothing) continue;
    if (piece.text !== undefined) word = (word ?? "") + piece.text;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

function readPiece(command: string, at: number): Piece {
  const char = command.charAt(at);
  if (/\s/.test(char)) return { text: undefined, end: at + 1 };
  if (char === "'") return readSingle(command, at + 1);
  if (char === '"') return readEscaped(command, at + 1, '"', inDoubleQuotes);
  if (command.startsWith("$'", at)) return readEscaped(command, at + 2, "'", readAnsiC);
  if (char === "\\") return outside(command, at);
  return readPlain(command, at);
}

function readPlain(command: string, start: number): Piece {
  const special = /[\s'"\\$]/g;
  special.lastIndex = start + 1;
  const end = special.exec(command)?.index ?? command.length;
  return { text: command.slice(start, end), end };
}

function readSingle(command: string, start: number): Piece {
  const quote = command.indexOf("'", start);
  const end = quote === -1 ? command.length : quote;
  return { text: command.slice(start, end), end: end + 1 };
}

type ReadEscape = (command: string, backslash: number) => Escape;

function readEscaped(command: string, start: number, quote: string, readEscape: ReadEscape): Piece {
  const special = quote === '"' ? /["\\]/g : /['\\]/g;
  let text = "";
  let at = start;
  while (at < command.length) {
    special.lastIndex = at;
    const next = special.exec(command)?.index ?? command.length;
    text += command.slice(at, next);
    if (command.charAt(next) !== "\\") return { text, end: next + 1 };
    const escaped = readEscape(command, next);
    text += escaped.text;
    at = escaped.end;
  }
  return { text, end: at };
}

/** The length of the line break at an index: 0, 1 or 2. */
function lineBreak(command: string, at: number): number {
  if (command.startsWith("\r\n", at)) return 2;
  return command.charAt(at) === "\n" ? 1 : 0;
}

function outside(command: string, backslash: number): Piece {
  const width = lineBreak(command, backslash + 1);
  if (width > 0) return { text: "", end: backslash + 1 + width, nothing: true };
  return { text: command.charAt(backslash + 1), end: backslash + 2 };
}

function inDoubleQuotes(command: string, backslash: number): Escape {
  const width = lineBreak(command, backslash + 1);
  if (width > 0) return { text: "", end: backslash + 1 + width };
  const char = command.charAt(backslash + 1);
  return { text: /[$`"\\]/.test(char) ? char : `\\${char}`, end: backslash + 2 };
}
