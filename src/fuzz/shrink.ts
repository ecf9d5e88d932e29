/** Most requests that making one example smaller may take. */
const MOST = 40;

/**
 * Brings a changed text closer to the original while `still` holds, by taking back parts of the change: half of
 * it, a quarter … a character. Gives the last text for which it held.
 */
export async function shrink(
  original: string,
  changed: string,
  still: (text: string) => Promise<boolean>,
): Promise<string> {
  let best = changed;
  let left = MOST;
  const next = async (size: number) => {
    for (const simpler of withParts(original, best, size)) {
      if (simpler === original || spanOf(original, simpler) >= spanOf(original, best) || left <= 0) continue;
      left--;
      if (await still(simpler)) return simpler;
    }
    return undefined;
  };
  for (let size = Math.ceil(spanOf(original, best) / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let simpler = await next(size); simpler !== undefined; simpler = await next(size)) best = simpler;
  }
  return best;
}

/** Where two texts differ: from `start`, until so many characters before their ends. */
function difference(one: string, other: string): { readonly start: number; readonly rest: number } {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let rest = 0;
  while (rest < shorter - start && one.at(-1 - rest) === other.at(-1 - rest)) rest++;
  return { start, rest };
}

function spanOf(original: string, text: string): number {
  const { start, rest } = difference(original, text);
  return Math.max(original.length, text.length) - start - rest;
}

/** The changed text with `size` characters of the original back, from either end of the difference. */
function* withParts(original: string, changed: string, size: number): Generator<string> {
  const { start, rest } = difference(original, changed);
  const [was, is] = [
    original.slice(start, original.length - rest),
    changed.slice(start, changed.length - rest),
  ];
  const [head, tail] = [original.slice(0, start), original.slice(original.length - rest)];
  yield head + was.slice(0, size) + is.slice(is.length >= was.length ? size : 0) + tail;
  const kept = is.length >= was.length ? is.slice(0, Math.max(0, is.length - size)) : is;
  yield head + kept + was.slice(Math.max(0, was.length - size)) + tail;
}
