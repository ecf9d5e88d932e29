/** The name with the fewest edits to the given one; undefined when even that needs too many. */
export function closest(given: string, names: readonly string[]): string | undefined {
  const word = given.slice(0, 64).toLowerCase();
  const [best] = names.map((name) => ({ name, edits: edits(word, name) })).sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= best.name.length / 3 ? best.name : undefined;
}

/** Levenshtein's distance. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [at, char] of [...from].entries()) {
    const next = [at + 1];
    for (let index = 1; index <= to.length; index++) {
      const kept = (row[index - 1] ?? 0) + (to[index - 1] === char ? 0 : 1);
      next.push(Math.min(kept, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
