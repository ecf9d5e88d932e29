/** No answer is slow below this, in milliseconds. */
const ALWAYS_FAST = 500;

/** How many times the usual is slow. */
const TIMES = 20;

/** Milliseconds from which an answer is slow, by how long usual ones took. */
export function slowFrom(usual: readonly { readonly milliseconds: number }[]): number {
  const sorted = usual.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return Math.max(ALWAYS_FAST, TIMES * (sorted[sorted.length >> 1] ?? 0));
}
