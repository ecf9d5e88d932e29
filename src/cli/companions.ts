import { mayBeOfTwo, pairOf } from "../core/companion.ts";
import type { Item } from "./items.ts";
import { formats } from "./options.ts";

const ALL = Object.values(formats);

/**
 * Puts a cookie and its companion together, where standard input has them on neighbouring lines. Only what may be one
 * of two waits for the next line.
 */
export async function* joinCompanions(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let waiting: Item | undefined;
  for await (const item of items) {
    const both = waiting && joined(waiting, item);
    if (waiting !== undefined && both === undefined) yield waiting;
    waiting = both === undefined && waits(item) ? item : undefined;
    if (waiting === undefined) yield both ?? item;
  }
  if (waiting !== undefined) yield waiting;
}

function waits({ pasted, line }: Item): boolean {
  return line !== undefined && !("ok" in pasted) && mayBeOfTwo(pasted, ALL);
}

function joined(first: Item, { pasted, line }: Item): Item | undefined {
  if (line === undefined || "ok" in first.pasted || "ok" in pasted) return undefined;
  const both = pairOf(first.pasted, pasted, ALL);
  return both && { ...first, pasted: both };
}
