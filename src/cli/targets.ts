import { type Candidate, type CookieReading, candidates } from "../core/candidates.ts";
import { accompanied } from "../core/companion.ts";
import { type Detection, detectAmong } from "../core/detect.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { AnyFormat } from "../core/guide.ts";
import type { Pasted, PastedCookie } from "../core/pasted.ts";
import { unreadKind } from "../formats/index.ts";
import { formats } from "./options.ts";

/** One cookie to work on and the format to do it with. */
export interface Target {
  readonly format: AnyFormat;
  readonly candidate: Candidate;
  /** What it looks like; undefined when only --format says so. */
  readonly guess: Detection | undefined;
  /** The readings, first the one that looks most like it, else the most literal one. */
  readonly likeliest: readonly CookieReading[];
  /** Other formats that it looks like. */
  readonly alsoPossible: readonly string[];
}

/** A target, or why there is none. */
export type AnyTarget = Target | (Failure & { readonly name: string | undefined });

export interface Selection {
  readonly targets: readonly AnyTarget[];
  /** Names of cookies that were passed over: no session cookies. */
  readonly skipped: readonly string[];
}

/** From this likeness on, a cookie is surely a session. */
const SURE = 0.5;

interface Choice extends Target {
  readonly likeness: number;
}

/**
 * Picks the cookies of a pasted item that are worth working on. One alone is always worked on; of several, those
 * of the wanted name, else those that a format recognises. What is `listed` among others is passed over when nothing
 * says that it is a session: neither its value nor its name.
 */
export function selectTargets(
  pasted: Pasted,
  wanted: AnyFormat | undefined,
  name: string | undefined,
  listed = false,
): Selection {
  const able = wanted === undefined ? Object.values(formats) : [wanted];
  const groups = new Map<string, Choice[]>();
  for (const format of able) {
    const seen = new Map<string | undefined, number>();
    for (const candidate of candidates(pasted, format, name)) {
      const nth = (seen.get(candidate.name) ?? 0) + 1;
      seen.set(candidate.name, nth);
      // The same cookie for another format: a header may hold several of one name.
      const key = candidate.name === undefined ? `=${firstValue(candidate)}` : `${nth} ${candidate.name}`;
      groups.set(key, [...(groups.get(key) ?? []), assess(candidate, format)]);
    }
  }
  const best = withoutWhole([...groups.values()].map(pick), pasted);
  const alone = best.length === 1 && !listed;
  const known = best.filter((choice) => choice.likeness > 0 && (alone || !isBystander(choice)));
  if (
    listed &&
    known.length === 0 &&
    !best.some(({ candidate }) => isSessionName(candidate.name, name, able))
  ) {
    return { targets: [], skipped: skippedNames(best, []) };
  }
  const chosen = preferred(
    known.length > 0 ? known : wanted === undefined || best.length > 1 ? [] : best,
    name,
  );
  if (chosen.length > 0) return { targets: chosen, skipped: skippedNames(best, chosen) };
  if (wanted !== undefined && best.length > 0) return { targets: best, skipped: [] };
  return { targets: [unknown(pasted)], skipped: [] };
}

function isSessionName(
  name: string | undefined,
  wanted: string | undefined,
  able: readonly AnyFormat[],
): boolean {
  return (
    name === undefined ||
    name === wanted ||
    able.some((format) => format.cookieName(format.defaults) === name)
  );
}

/** A cookie that is known for holding no session. */
function isBystander({ guess, likeness }: Choice): boolean {
  return guess?.opaque !== undefined && likeness < SURE;
}

/** Why a cookie that is recognised has nothing in it to work on; undefined for one that has. */
export function emptiness({ guess }: Target): Failure | undefined {
  const { opaque, instead } = guess ?? {};
  if (opaque === undefined) return undefined;
  return fail("unsupported", opaque, instead === undefined ? {} : { hint: instead });
}

/** What to say of a refused cookie that surely is of another format than the one that was asked for. */
export function formatHint({ format, likeliest }: Target): { readonly hint?: string } {
  const [best] = likeliest
    .flatMap(({ input }) => detectAmong(input, Object.values(formats)))
    .sort((one, other) => other.likeness - one.likeness);
  if (best === undefined || best.likeness < SURE || best.format === format.id) return {};
  return { hint: `it looks like ${formats[best.format]?.title}: --format ${best.format}` };
}

function firstValue({ inputs }: Candidate): string {
  return inputs[0]?.input.value ?? "";
}

/** Of a text that may be a header or one value, drops the one value where a cookie is as likely. */
function withoutWhole(choices: readonly Choice[], { bare, cookies }: Pasted): readonly Choice[] {
  if (bare === undefined || cookies.length < 2) return choices;
  const isWhole = ({ candidate }: Choice) => firstValue(candidate) === bare.readings[0]?.value;
  const whole = choices.find(isWhole);
  const likely = choices.some((choice) => choice !== whole && choice.likeness >= (whole?.likeness ?? 0));
  return likely ? choices.filter((choice) => choice !== whole) : choices;
}

function skippedNames(choices: readonly Choice[], chosen: readonly Choice[]): string[] {
  const names = choices
    .filter((choice) => !chosen.includes(choice))
    .flatMap((choice) => choice.candidate.name ?? []);
  return [...new Set(names)].filter(
    (other) =>
      !chosen.some(({ format, candidate }) => accompanied(format, other) === (candidate.name ?? null)),
  );
}

function assess(candidate: Candidate, format: AnyFormat): Choice {
  const guesses = candidate.inputs
    .map((reading) => ({ reading, guess: detectAmong(reading.input, [format])[0] }))
    .sort((one, other) => (other.guess?.likeness ?? 0) - (one.guess?.likeness ?? 0));
  const guess = guesses[0]?.guess;
  const likeliest = guesses.map(({ reading }) => reading);
  return { format, candidate, guess, likeliest, alsoPossible: [], likeness: guess?.likeness ?? 0 };
}

function pick(group: readonly Choice[]): Choice {
  const sorted = [...group].sort((a, b) => b.likeness - a.likeness);
  const [first, ...others] = sorted as [Choice, ...Choice[]];
  const alsoPossible = others.filter(({ likeness }) => likeness > 0).map(({ format }) => format.id);
  return { ...first, alsoPossible };
}

/** Drops what only might be a session where something surely is one. */
function preferred(known: readonly Choice[], name: string | undefined): readonly Choice[] {
  const named = known.filter(({ candidate }) => name !== undefined && candidate.name === name);
  if (named.length > 0) return named;
  const sure = known.filter(({ likeness }) => likeness >= SURE);
  return sure.length > 0 ? sure : known;
}

function unknown({ cookies }: Pasted): UnknownFailure {
  const [only, second] = cookies;
  if (only === undefined || second !== undefined) return unreadFailure(cookies) ?? unknownFailure(true);
  const hint = fileHint(only.headerText);
  return unreadFailure(cookies) ?? { ...unknownFailure(false), name: only.name, ...(hint && { hint }) };
}

type UnknownFailure = Failure & { readonly name: string | undefined };

/** No format recognises a cookie, or any of several. */
export function unknownFailure(several: boolean): UnknownFailure {
  const message = several
    ? "none of these cookies is of a format that is known"
    : "no known format looks like this";
  const hint = `say which it is with --format: ${Object.keys(formats).join(", ")}`;
  return { ...fail("unknown-format", message, { hint }), name: undefined };
}

/** What the first of the cookies is whose kind is known, though no format reads it. */
function unreadFailure(cookies: readonly PastedCookie[]): UnknownFailure | undefined {
  for (const { name, readings } of cookies) {
    for (const { value } of readings) {
      const kind = unreadKind(value, name);
      if (kind === undefined) continue;
      return { ...fail("unknown-format", `this is ${kind.what}`, { hint: kind.instead }), name };
    }
  }
  return undefined;
}

/** How to read a file, for a text that looks like the name of one. */
function fileHint(text: string): string | undefined {
  if (!/^[^\s=;:"'{}]{1,200}\.(?:har|txt|json|log|jar|cookies)$/i.test(text)) return undefined;
  return `a file is read with ${/\.har$/i.test(text) ? "--har" : "<"} ${text}`;
}
