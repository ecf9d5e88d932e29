import { Buffer } from "node:buffer";
import * as platform from "#platform";
import { shellQuoteBytes, shellWord } from "../../core/shell-quote.ts";
import { splitShellWords } from "../../core/shell-words.ts";
import type { Hostile } from "../hostile.ts";
import { headerOf } from "../specimen.ts";
import { FuzzError } from "../target.ts";

/** A command line with places for cookies: `{}` for the value, `{header}` for the `Cookie:` header. */
export interface Command {
  readonly program: string;
  /** How many cookies a session has: `{}` stands for the header when there are several. */
  learn(genuine: Hostile): void;
  /** The words; undefined for cookies that no argument can hold: with a NUL, or bytes that are no UTF-8. */
  fill(hostile: Hostile): readonly [string, ...string[]] | undefined;
  /** For a POSIX shell. */
  quote(hostile: Hostile): string | undefined;
}

const place = /\{(header)?\}/g;

/** @throws {FuzzError} on a command without a program, or without a place for the cookie */
export function createCommand(text: string): Command {
  const [program, ...rest] = splitShellWords(text);
  if (!program) throw new FuzzError("--exec is empty", "--exec 'program {}'");
  if (!rest.some((word) => word.search(place) !== -1)) {
    throw new FuzzError("--exec says not where the cookie goes", "--exec 'program {}'");
  }
  let several = false;
  const fill = (hostile: Hostile): [string, ...string[]] | undefined => {
    const header = utf8(hostile.header);
    const value = several ? header : utf8(loneValue(hostile));
    if (header === undefined || value === undefined) return undefined;
    return [program, ...rest.map((word) => word.replace(place, (_, name) => (name ? header : value)))];
  };
  return {
    program,
    learn({ pairs = [] }) {
      several = pairs.length > 1;
    },
    fill,
    quote: (hostile) => fill(hostile)?.map(quoteWord).join(" "),
  };
}

/** The one cookie's value, or the header of what is no longer one cookie. */
function loneValue({ header, pairs = [] }: Hostile): string {
  const [first, ...others] = pairs;
  if (first === undefined) return header;
  return others.length === 0 ? first.value : headerOf(pairs);
}

/** The text whose bytes these are, for a program gets the bytes of its arguments. */
function utf8(bytes: string): string | undefined {
  return /[\0\u0100-\uffff]/.test(bytes) ? undefined : platform.utf8(platform.fromLatin1(bytes));
}

function quoteWord(word: string): string {
  return /^[\x20-\x7e]*$/.test(word)
    ? shellWord(word)
    : shellQuoteBytes(Buffer.from(word, "utf8").toString("latin1"));
}
