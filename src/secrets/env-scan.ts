export type EnvQuote = "" | "'" | '"' | "`";

/** One definition in a .env file. Offsets in UTF-16 code units of the text as it was given. */
export interface EnvEntry {
  readonly key: string;
  readonly value: string;
  /** Where the definition begins: at `export`, or at the key. */
  readonly start: number;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** The value with its quotes. */
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly quote: EnvQuote;
}

const SPACE = /\s*/y;
const KEY = /[\w.-]+/y;
const EXPORT = /export\s+(?=[\w.-])/y;
const ASSIGN = /\s*=|:\s/y;
const UNQUOTED = /[^#\n]+/y;
const LINE_BREAK = /[\n\u2028\u2029]/g;

/**
 * The definitions that npm's dotenv finds, in its order. Follows the expression `LINE` and the function `parse` of
 * https://github.com/motdotla/dotenv/blob/v17.4.2/lib/main.js, in linear time.
 */
export function scanDotenv(text: string): readonly EnvEntry[] {
  const lines = new Lines(text);
  const entries: EnvEntry[] = [];
  let at = 0;
  while (at < lines.text.length) {
    const start = skip(SPACE, lines.text, at);
    const found = readEntry(lines.text, start);
    if (found !== undefined) entries.push(lines.original(found));
    at = nextLine(lines.text, found === undefined ? start : found.valueEnd);
  }
  return entries;
}

function readEntry(text: string, start: number): EnvEntry | undefined {
  const exported = skip(EXPORT, text, start);
  const entry = exported > start ? readDefinition(text, start, exported) : undefined;
  return entry ?? readDefinition(text, start, start);
}

function readDefinition(text: string, start: number, keyStart: number): EnvEntry | undefined {
  const keyEnd = skip(KEY, text, keyStart);
  const from = keyEnd === keyStart ? keyEnd : skip(ASSIGN, text, keyEnd);
  if (from === keyEnd) return undefined;
  const key = { key: text.slice(keyStart, keyEnd), start, keyStart, keyEnd };
  const quoted = readQuoted(text, skip(SPACE, text, from));
  return { ...key, ...(quoted ?? readUnquoted(text, from)) };
}

type EnvValue = Pick<EnvEntry, "value" | "valueStart" | "valueEnd" | "quote">;

function readQuoted(text: string, start: number): EnvValue | undefined {
  const quote = text[start];
  if (quote !== "'" && quote !== '"' && quote !== "`") return undefined;
  const close = closings(text, start, quote).find((at) => endsDefinition(text, at + 1));
  if (close === undefined) return undefined;
  const inner = text.slice(start + 1, close);
  return { value: expand(inner, quote), valueStart: start, valueEnd: close + 1, quote };
}

/** Quotes that may close: the first without a backslash, then those with one, last first. */
function closings(text: string, start: number, quote: string): readonly number[] {
  const escaped: number[] = [];
  let at = text.indexOf(quote, start + 1);
  while (at !== -1 && at > start + 1 && text[at - 1] === "\\") {
    escaped.push(at);
    at = text.indexOf(quote, at + 1);
  }
  return at === -1 ? escaped.reverse() : [at, ...escaped.reverse()];
}

/** White space up to the end of a line, or to a comment. */
function endsDefinition(text: string, at: number): boolean {
  const end = skip(SPACE, text, at);
  return end === text.length || text[end] === "#" || /[\n\u2028\u2029]/.test(text.slice(at, end + 1));
}

function readUnquoted(text: string, from: number): EnvValue {
  const raw = text.slice(from, skip(UNQUOTED, text, from));
  const trimmed = raw.trim();
  const valueStart = trimmed === "" ? from : from + raw.indexOf(trimmed);
  const value = trimmed.replaceAll(/^(['"`])([\s\S]*)\1$/gm, "$2");
  return {
    value: expand(value, trimmed[0]),
    valueStart,
    valueEnd: valueStart + trimmed.length,
    quote: "",
  };
}

function expand(value: string, quote: string | undefined): string {
  return quote === '"' ? value.replaceAll("\\n", "\n").replaceAll("\\r", "\r") : value;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function nextLine(text: string, at: number): number {
  LINE_BREAK.lastIndex = at;
  return LINE_BREAK.test(text) ? LINE_BREAK.lastIndex : text.length;
}

/** The text with `\n` alone, as dotenv normalizes it, and the way back to the offsets of the original. */
class Lines {
  readonly text: string;
  /** Where in `text` a carriage return was dropped, ascending. */
  readonly #dropped: readonly number[];

  constructor(original: string) {
    const dropped: number[] = [];
    this.text = original.replaceAll(/\r\n?/g, (ending: string, at: number) => {
      if (ending.length === 2) dropped.push(at - dropped.length);
      return "\n";
    });
    this.#dropped = dropped;
  }

  original(entry: EnvEntry): EnvEntry {
    const at = (offset: number) => offset + this.#before(offset);
    return {
      ...entry,
      start: at(entry.start),
      keyStart: at(entry.keyStart),
      keyEnd: at(entry.keyEnd),
      valueStart: at(entry.valueStart),
      valueEnd: at(entry.valueEnd),
    };
  }

  /** Carriage returns that were dropped before an offset. */
  #before(offset: number): number {
    let low = 0;
    let high = this.#dropped.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#dropped[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const DOCKER_LINE = /(?<=^|\n)((?:^\uFEFF)?[ \t]*)([^=\s#][^=\s]*)=([^\n]*?)(?=\r?(?:\n|$))/g;

/**
 * The definitions that `docker run --env-file` takes, by its documentation and
 * https://github.com/docker/cli/blob/v28.0.0/pkg/kvfile/kvfile.go: one a line, the value is all that follows the
 * first `=`, quotes, `#` and white space included. Lines that Docker refuses are passed over.
 */
export function scanDocker(text: string): readonly EnvEntry[] {
  return Array.from(text.matchAll(DOCKER_LINE), (match) => {
    const [, lead = "", key = "", value = ""] = match;
    const start = match.index + lead.length;
    const keyEnd = start + key.length;
    const valueStart = keyEnd + 1;
    return {
      key,
      value,
      start,
      keyStart: start,
      keyEnd,
      valueStart,
      valueEnd: valueStart + value.length,
      quote: "",
    };
  });
}
