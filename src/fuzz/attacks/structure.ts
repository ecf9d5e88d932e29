import type { Attack, Means, Mutant } from "../attack.ts";
import { type Field, headerOf, replaceField, type Specimen } from "../specimen.ts";
import { editedPayload, forging, mutant } from "./edits.ts";

/** A separator: what stands between two fields of one cookie. */
type Gap = Pick<Field, "cookie" | "start" | "end"> & { readonly text: string };

function gapsOf({ fields, pairs }: Specimen): readonly Gap[] {
  const gaps: Gap[] = [];
  for (const [index, { cookie, end }] of fields.entries()) {
    const next = fields[index + 1];
    if (next?.cookie !== cookie || next.start <= end) continue;
    gaps.push({
      cookie,
      start: end,
      end: next.start,
      text: pairs[cookie]?.value.slice(end, next.start) ?? "",
    });
  }
  return gaps;
}

const OTHERS = [":", ".", "|", "-", "_", "$", "~", "::", "..", "--", ":.", "/", "!", "#"];

function* separators({ specimen, random }: Means): Generator<Mutant> {
  for (const gap of gapsOf(specimen)) {
    yield mutant(replaceField(specimen, gap, ""), "missing");
    yield mutant(replaceField(specimen, gap, gap.text.repeat(2)), "doubled");
    yield mutant(replaceField(specimen, gap, gap.text.repeat(9)), "nine of them");
    for (const shift of random.shuffle([-4, -3, -2, -1, 1, 2, 3, 4])) {
      const moved = move(specimen, gap, shift);
      if (moved !== undefined) yield moved;
    }
    for (const other of random.shuffle(OTHERS)) {
      if (other !== gap.text) yield mutant(replaceField(specimen, gap, other), `"${other}" in its place`);
    }
  }
}

/** The separator some characters further on. */
function move(specimen: Specimen, { cookie, start, end, text }: Gap, shift: number): Mutant | undefined {
  const value = specimen.pairs[cookie]?.value ?? "";
  const stretch = { cookie, start: Math.min(start, start + shift), end: Math.max(end, end + shift) };
  const around = value.slice(stretch.start, start) + value.slice(end, stretch.end);
  if (stretch.start < 0 || stretch.end > value.length) return undefined;
  const split = shift < 0 ? 0 : around.length;
  const moved = around.slice(0, split) + text + around.slice(split);
  return mutant(replaceField(specimen, stretch, moved), `moved by ${shift}`);
}

function* extraParts({ specimen, random }: Means): Generator<Mutant> {
  const texts = new Set([...gapsOf(specimen).map(({ text }) => text), ":", "."]);
  const [{ value }] = specimen.pairs;
  for (const text of texts) {
    for (const part of random.shuffle(["", "x", "e30", "AAAA", value.slice(0, 8)])) {
      yield whole(specimen, `${part}${text}${value}`, "one more in front");
      yield whole(specimen, `${value}${text}${part}`, "one more at the end");
    }
    yield whole(specimen, `${value}${text}${value}`, "the whole twice");
  }
}

function* emptyOnes({ specimen }: Means): Generator<Mutant> {
  const texts = gapsOf(specimen).map(({ text }) => text);
  yield whole(specimen, "", "empty");
  yield whole(specimen, texts.join(""), "separators alone");
  for (const text of [":", "::", ":::", ".", "..", "...", "--", "=", "==", "{}", "[]", "null", "0", '""']) {
    yield whole(specimen, text, text);
  }
}

/** The main cookie with another value. */
function whole(specimen: Specimen, value: string, note: string): Mutant {
  const [{ name }, ...companions] = specimen.pairs;
  return mutant([{ name, value }, ...companions], note);
}

/**
 * A genuine cookie beside a forged one of its name. A server takes the first or the last; one that lets the forged
 * one in beside the genuine one, but no nonsense in its place, checks one and uses the other.
 */
function* twins(means: Means): Generator<Mutant> {
  const genuine = headerOf(means.specimen.pairs);
  const nonsense = headerOf(means.specimen.pairs.map(({ name }) => ({ name, value: "x" })));
  for (let round = 0; round < 10; round++) {
    const pairs = editedPayload(means, means.random.below(1_000_000));
    if (pairs === undefined) return;
    const forged = headerOf(pairs);
    yield {
      header: `${genuine}; ${forged}`,
      note: "the forged one last",
      control: { header: `${genuine}; ${nonsense}` },
    };
    yield {
      header: `${forged}; ${genuine}`,
      note: "the forged one first",
      control: { header: `${nonsense}; ${genuine}` },
    };
  }
}

const AROUND = [
  " ",
  "\t",
  "\0",
  "\x01",
  "\x0b",
  "\x1f",
  "\x7f",
  "\x80",
  "\xa0",
  "\xad",
  "\xff",
  "\xef\xbb\xbf",
];

/** What a parser of headers may take away: accepting these is no fault. */
function* around({ specimen: { pairs }, random }: Means): Generator<Mutant> {
  const [{ name, value }, ...others] = pairs;
  const rest = others.map((pair) => `; ${headerOf([pair])}`).join("");
  const harmless = true;
  for (const text of random.shuffle(AROUND)) {
    for (const header of [`${name}=${text}${value}${rest}`, `${name}=${value}${text}${rest}`]) {
      yield { header, harmless, note: shown(text) };
    }
  }
  yield { header: `${name}="${value}"${rest}`, harmless, note: "quoted" };
  yield { header: `${name}="${value}${rest}`, harmless, note: "one quote" };
  yield { header: `$Version=1; ${name}="${value}"; $Path=/${rest}`, harmless, note: "as RFC 2965 has it" };
  yield { header: `${name}=${percent(value)}${rest}`, harmless, note: "percent-encoded" };
  yield { header: `${name}=${percent(percent(value))}${rest}`, harmless, note: "percent-encoded twice" };
  yield { header: `${name}=%${rest}`, harmless, note: "half a percent escape" };
  yield { header: `${name}=%FF%FE${rest}`, harmless, note: "percent escapes that are no UTF-8" };
}

/** Bytes as they are written in most languages: `\\x1f`. */
function shown(text: string): string {
  return text.replaceAll(/[^!-~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function percent(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function* manyCookies({ specimen: { pairs }, room }: Means): Generator<Mutant> {
  const genuine = headerOf(pairs);
  const harmless = true;
  for (const count of [10, 100, 1_000]) {
    const others = Array.from({ length: count }, (_, index) => `c${index}=1`).join("; ");
    if (others.length + genuine.length < room) {
      yield { header: `${others}; ${genuine}`, harmless, note: `after ${count} others` };
    }
  }
  yield { header: `${";".repeat(500)}${genuine}`, harmless, note: "after 500 semicolons" };
  yield { header: `${"=".repeat(500)}; ${genuine}`, harmless, note: "after 500 equals signs" };
  yield {
    header: `${pairs[0].name}=${"A".repeat(Math.min(room, 60_000) - 100)}`,
    harmless,
    note: "very long",
  };
}

/** How a cookie is put together, and what surrounds it. */
export const structure: readonly Attack[] = [
  forging("structure/two-of-one-name", "it came beside a genuine cookie of the same name", twins),
  forging("structure/separator", "a separator is missing, doubled, moved or another", separators),
  forging("structure/empty", "there is nothing in it", emptyOnes),
  forging("structure/extra-part", "it has parts that do not belong to it", extraParts),
  forging("structure/surroundings", "odd bytes or quotes surround it", around),
  forging("structure/header", "the header is odd", manyCookies),
];
