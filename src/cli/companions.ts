import type { PastedCookie } from "../core/pasted.ts";
import type { Item } from "./items.ts";
import { formats } from "./options.ts";

/**
 * Puts a cookie and its companion together, where a list has them in two lines, one behind the other. Only a cookie
 * that may have one waits for the next line.
 */
export async function* joinCompanions(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let waiting: Item | undefined;
  for await (const item of items) {
    const both = waiting && pairOf(waiting, item);
    if (waiting !== undefined && both === undefined) yield waiting;
    waiting = both === undefined && awaitsCompanion(item) ? item : undefined;
    if (waiting === undefined) yield both ?? item;
  }
  if (waiting !== undefined) yield waiting;
}

function awaitsCompanion(item: Item): boolean {
  const cookie = onlyCookie(item);
  if (cookie === undefined) return false;
  const { name, readings } = cookie;
  return Object.values(formats).some(
    ({ companions, recognise }) =>
      companions !== undefined && readings.some(({ value }) => recognise({ name, value }).length > 0),
  );
}

function pairOf(first: Item, second: Item): Item | undefined {
  const [one, other] = [onlyCookie(first), onlyCookie(second)];
  if (one?.name === undefined || other?.name === undefined || "ok" in first.pasted) return undefined;
  const { name } = one;
  const { name: beside } = other;
  if (!Object.values(formats).some(({ companions }) => companions?.(name, beside))) return undefined;
  return { ...first, pasted: { ...first.pasted, cookies: [one, other] } };
}

function onlyCookie({ pasted, listed }: Item): PastedCookie | undefined {
  return !listed || "ok" in pasted || pasted.cookies.length !== 1 ? undefined : pasted.cookies[0];
}
