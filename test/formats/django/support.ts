import { type Line, readLines } from "../../contract.ts";

export const RELEASES = ["2.2.28", "3.2.25", "4.2.28", "5.2.18", "6.1.1"] as const;

/** One line of the fixtures. */
export function lineOf(release: string, id: string): Line {
  const found = readLines(`django/${release}.jsonl`).find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`${release} has no ${id}`);
  return found;
}

export const SECRET = "a secret for these tests alone";

export const utf8 = (text: string) => new TextEncoder().encode(text);
