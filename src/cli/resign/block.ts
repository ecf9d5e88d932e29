import type { Note } from "../../core/cookie.ts";
import { type Failure, fail } from "../../core/failure.ts";
import { safe } from "../../encoding/safe-text.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import { failureMembers, jsonLine } from "../report/json.ts";
import { type Block, type BlockLine, type Bytes, linesOf } from "./blocks.ts";
import { formatsOf, type ResignedItem, type ResignItem } from "./item.ts";
import { joinPairs } from "./pairs.ts";
import type { ResignSpec } from "./spec.ts";

/** What became of some cookies. */
export interface Counts {
  readonly changed: number;
  /** Under the new secret already. */
  readonly unchanged: number;
  readonly rejected: number;
  /** Of the rejected: lines of which `rejects` holds no copy, being too long or no text. */
  readonly lost: number;
  /** Lines that hold something, but no session: comments, other cookies. */
  readonly others: number;
  /** How many cookies a note was about, by its text. */
  readonly notes: ReadonlyMap<string, number>;
}

export interface BlockResult {
  /** Whole lines: what came in, in order, without what was refused; with `json` an object a cookie. */
  readonly out: Bytes;
  /** Whole lines: number and reason of the refused ones, and as the spec says these themselves. */
  readonly rejects: Bytes;
  readonly counts: Counts;
}

export const NO_COUNTS: Counts = {
  changed: 0,
  unchanged: 0,
  rejected: 0,
  lost: 0,
  others: 0,
  notes: new Map(),
};

export function addCounts(left: Counts, right: Counts): Counts {
  const notes = new Map(left.notes);
  for (const [text, count] of right.notes) notes.set(text, (notes.get(text) ?? 0) + count);
  return {
    changed: left.changed + right.changed,
    unchanged: left.unchanged + right.unchanged,
    rejected: left.rejected + right.rejected,
    lost: left.lost + right.lost,
    others: left.others + right.others,
    notes,
  };
}

/** Bytes of the longest line: a header may hold several cookies, and a character may take three bytes. */
export function longestLine({ limits }: Pick<ResignSpec, "limits">): number {
  return 4 * limits.maxLength;
}

/** Re-signs the cookies of a block, each on a line, or on two with its companion. The output takes the place of the block's bytes where it fits. */
export function resignBlock(block: Block, resignItem: ResignItem, spec: ResignSpec): BlockResult {
  const tally = new Tally(spec);
  for (const entry of joinPairs(linesOf(block, longestLine(spec)), formatsOf(spec))) {
    if ("fault" in entry) tally.add(lineFault(entry, spec), undefined, entry.number);
    else tally.add(inList(resignItem(entry.text, entry.pasted), entry.text), entry.text, entry.number);
  }
  return tally.finish(block.bytes.buffer);
}

function lineFault({ fault }: Extract<BlockLine, { fault: unknown }>, spec: ResignSpec): Failure {
  if (fault === "not-utf8") return fail("malformed", "the line is not UTF-8");
  return fail("malformed", `the line is longer than ${longestLine(spec)} bytes`, {
    hint: "--max-length raises the limit",
  });
}

/** What becomes of an item as it can stand in a list. An encoded line break would end a line. */
function inList(
  result: ResignedItem | Failure | undefined,
  text: string,
): ResignedItem | Failure | undefined {
  if (result?.ok === false && result.code === "companion-missing") return { ...result, hint: NEIGHBOURS };
  if (!result?.ok || lineBreaks(result.text) <= lineBreaks(text)) return result;
  return fail("unsupported", "its value has a line break, which a list of lines cannot hold");
}

const NEIGHBOURS = "a list has the two in one line, or in neighbouring lines";

function lineBreaks(text: string): number {
  return text.split(/[\r\n]/).length - 1;
}

/** Gathers the output of some cookies. */
export class Tally {
  readonly #spec: Pick<ResignSpec, "json" | "keepRejects">;
  readonly #notes = new Map<string, number>();
  #out = "";
  #rejects = "";
  #changed = 0;
  #unchanged = 0;
  #rejected = 0;
  #lost = 0;
  #others = 0;

  constructor(spec: Pick<ResignSpec, "json" | "keepRejects">) {
    this.#spec = spec;
  }

  /** `text`: the item; undefined where it could not be read. `line`: undefined for an argument. */
  add(result: ResignedItem | Failure | undefined, text: string | undefined, line?: number): void {
    if (result === undefined) this.#pass(text ?? "");
    else if (result.ok) this.#accept(result, line);
    else this.#reject(result, text, line);
  }

  finish(memory = new ArrayBuffer(0)): BlockResult {
    return {
      out: encodeInto(memory, this.#out),
      rejects: encodeUtf8(this.#rejects),
      counts: {
        changed: this.#changed,
        unchanged: this.#unchanged,
        rejected: this.#rejected,
        lost: this.#lost,
        others: this.#others,
        notes: this.#notes,
      },
    };
  }

  #accept({ text, format, name, value, cookies, changed, notes }: ResignedItem, line: number | undefined) {
    if (changed) this.#changed++;
    else this.#unchanged++;
    for (const note of notes) this.#notes.set(note.text, (this.#notes.get(note.text) ?? 0) + 1);
    const pairs = cookies.map((cookie) => ({ name: cookie.name, value: cookie.value }));
    const members = { resigned: true, line, format, name, changed, value, cookies: pairs };
    this.#out += this.#spec.json ? jsonLine({ ...members, notes: notesOf(notes) }) : `${text}\n`;
  }

  #pass(text: string) {
    if (text.trim() !== "") this.#others++;
    if (!this.#spec.json) this.#out += `${text}\n`;
  }

  #reject(failure: Failure, text: string | undefined, line: number | undefined) {
    this.#rejected++;
    if (text === undefined) this.#lost++;
    if (this.#spec.json) this.#out += jsonLine({ resigned: false, line, ...failureMembers(failure) });
    const where = line === undefined ? "" : `line ${line}: `;
    const hint = failure.hint === undefined ? "" : ` (${safe(failure.hint)})`;
    const reason = `${where}${failure.code}: ${safe(failure.message)}${hint}\n`;
    if (!this.#spec.keepRejects) this.#rejects += reason;
    else this.#rejects += text === undefined ? `# ${reason}` : `# ${reason}${text}\n`;
  }
}

const encoder = new TextEncoder();

function encodeInto(memory: ArrayBuffer, text: string): Bytes {
  const { read, written } = encoder.encodeInto(text, new Uint8Array(memory));
  return read === text.length ? new Uint8Array(memory, 0, written) : encodeUtf8(text);
}

function notesOf(notes: readonly Note[]) {
  return notes.length === 0 ? undefined : notes.map(({ code, text }) => ({ code, message: text }));
}
