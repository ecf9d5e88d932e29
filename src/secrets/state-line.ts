import type { Edit } from "./editor.ts";

/** The line ending in use at an offset: that of its line, else of the text's first line. */
export function lineEnding(text: string, at: number): string {
  const here = /\r\n|\n|\r/g;
  here.lastIndex = at;
  return here.exec(text)?.[0] ?? /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/** Offset at which the line that holds an offset begins, after a byte order mark. */
export function lineStart(text: string, at: number): number {
  const before = text.slice(0, at);
  const start = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

/** Offset of the line's end, before its line ending. */
export function lineEnd(text: string, at: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.exec(text)?.index ?? text.length;
}

const STATE_LINE = /^([ \t]*)# cookiesess: (.*)$/;

export interface StateLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The state in a comment directly above the line that holds an offset. */
export function stateAbove(text: string, at: number): StateLine | undefined {
  const below = lineStart(text, at);
  if (below <= (text.startsWith("\uFEFF") ? 1 : 0)) return undefined;
  const eol = text.slice(0, below).endsWith("\r\n") ? 2 : 1;
  const end = below - eol;
  const start = lineStart(text, end);
  const match = STATE_LINE.exec(text.slice(start, end));
  if (match === null) return undefined;
  const [, indent = "", state = ""] = match;
  return { text: state, start: start + indent.length, end };
}

/** The edit that puts the state above the line that holds an offset. */
export function putStateAbove(text: string, at: number, present: StateLine | undefined, state: string): Edit {
  const comment = `# cookiesess: ${state}`;
  if (present !== undefined) return { start: present.start, end: present.end, text: comment };
  const start = lineStart(text, at);
  const indent = /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? "";
  return { start, end: start, text: indent + comment + lineEnding(text, at) };
}

/** Counted from 1. */
export function lineNumber(text: string, at: number): number {
  return text.slice(0, at).split(/\r\n|\n|\r/).length;
}
