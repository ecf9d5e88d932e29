import { mayBeOfTwo, pairOf } from "../../core/companion.ts";
import { readPasted } from "../../core/cookie-input.ts";
import type { AnyFormat } from "../../core/guide.ts";
import type { Pasted } from "../../core/pasted.ts";
import { type Block, type BlockLine, type Bytes, countLines, linesOf, NEWLINE } from "./blocks.ts";

/** One line; or two with a line break between, `pasted`: a cookie and its companion. */
export type Entry = BlockLine & { readonly pasted?: Pasted };

/** Puts a cookie and its companion together, where they stand on neighbouring lines. */
export function* joinPairs(lines: Iterable<BlockLine>, formats: readonly AnyFormat[]): Generator<Entry> {
  let held: BlockLine | undefined;
  for (const line of lines) {
    const both = held && joined(held, line, formats);
    if (held !== undefined) yield both ?? held;
    held = both === undefined ? line : undefined;
  }
  if (held !== undefined) yield held;
}

function joined(first: BlockLine, second: BlockLine, formats: readonly AnyFormat[]): Entry | undefined {
  if (!("text" in first && "text" in second)) return undefined;
  // Far cheaper than to read every line twice.
  if (!mayAccompany(first.text, formats) && !mayAccompany(second.text, formats)) return undefined;
  const pasted = pairOf(readPasted(first.text), readPasted(second.text), formats);
  return pasted && { number: first.number, text: `${first.text}\n${second.text}`, pasted };
}

function mayAccompany(text: string, formats: readonly AnyFormat[]): boolean {
  return formats.some(({ companionSuffix: suffix }) => suffix !== undefined && text.includes(suffix));
}

/**
 * Moves the last line of a block to the beginning of the next one where it may be the first of a pair, so that no block
 * ends between the two. `take` gives memory for a block.
 */
export async function* keepPairs(
  blocks: AsyncIterable<Block>,
  formats: readonly AnyFormat[],
  maxBytes: number,
  take: (size: number) => Bytes,
): AsyncGenerator<Block> {
  let kept: Block | undefined;
  for await (const block of blocks) {
    const whole: Block = kept === undefined ? block : joinBlocks(kept, block, take);
    const end = endOfPairs(whole, formats, maxBytes);
    const { bytes, line, read } = whole;
    kept = undefined;
    if (end < bytes.length) {
      const before = bytes.subarray(0, end);
      kept = { bytes: bytes.slice(end), line: line + countLines(before), read };
      if (end > 0) yield { bytes: before, line, read };
    } else yield whole;
  }
  if (kept !== undefined) yield kept;
}

function joinBlocks(first: Block, { bytes, read }: Block, take: (size: number) => Bytes): Block {
  const joined = take(first.bytes.length + bytes.length);
  joined.set(first.bytes);
  joined.set(bytes, first.bytes.length);
  return { bytes: joined, line: first.line, read };
}

/**
 * Where the last line begins, if it is left over by the pairs before it and may be of one; else the block's length.
 * Neighbours that could be pairs are paired from the first of their row on, so a row of an odd length leaves one over.
 */
function endOfPairs({ bytes, line, read }: Block, formats: readonly AnyFormat[], maxBytes: number): number {
  let start = bytes.length;
  let last = start;
  let later: Pasted | undefined;
  let row = 0;
  while (start > 0) {
    const end = start;
    start = end < 2 ? 0 : bytes.lastIndexOf(NEWLINE, end - 2) + 1;
    const [found] = linesOf({ bytes: bytes.subarray(start, end), line, read }, maxBytes);
    if (found === undefined || !("text" in found)) break;
    const pasted = readPasted(found.text);
    if (later === undefined ? !mayBeOfTwo(pasted, formats) : pairOf(pasted, later, formats) === undefined)
      break;
    if (later === undefined) last = start;
    later = pasted;
    row++;
  }
  return row % 2 === 1 ? last : bytes.length;
}
