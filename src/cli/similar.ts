import { distance } from "fastest-levenshtein";

/** Most letters to change, and the part of a word that must be left as it is, for one to be meant by another. */
const MOST_EDITS = 3;
const LEAST_LIKENESS = 0.4;

/** The word that was probably meant; undefined when none is near. Case does not count. */
export function similarTo(given: string, words: readonly string[]): string | undefined {
  const edits = (word: string) => distance(given.toLowerCase(), word.toLowerCase());
  const near = words.filter((word) => {
    const longer = Math.max(word.length, given.length);
    return edits(word) <= MOST_EDITS && edits(word) < longer * (1 - LEAST_LIKENESS);
  });
  return near.sort((a, b) => edits(a) - edits(b))[0];
}
