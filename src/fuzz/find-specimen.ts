import { type Candidate, candidates } from "../core/candidates.ts";
import { accompanied } from "../core/companion.ts";
import type { CookiePair } from "../core/cookie.ts";
import { readPasted } from "../core/cookie-input.ts";
import { type Detection, detectAmong } from "../core/detect.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { AnyFormat } from "../core/guide.ts";
import { ok, type Result } from "../core/result.ts";
import { type Specimen, takeApart } from "./specimen.ts";

/** What is known of the cookie besides its text. */
export interface Wanted {
  /** Of these formats, the one that it looks like. */
  readonly formats: readonly AnyFormat[];
  readonly name?: string | undefined;
  /** In place of the options under which it is recognised. */
  optionsFor(format: AnyFormat): object;
}

/** A session's cookie in a text, and the text of the other cookies beside it. */
export interface Found {
  readonly specimen: Specimen;
  /** Other cookies of the header, to be sent along: "csrftoken=…; theme=dark". */
  readonly others: string;
}

/** A header with one session in it, or a bare value. Fails where no format recognises one, or several. */
export function findSpecimen(text: string, wanted: Wanted): Result<Found> {
  const pasted = readPasted(text);
  const choices = wanted.formats.flatMap((format) =>
    candidates(pasted, format, wanted.name).map((candidate) => ({ format, ...likeliest(candidate, format) })),
  );
  const [best] = choices.sort((one, other) => (other.guess?.likeness ?? 0) - (one.guess?.likeness ?? 0));
  if (best === undefined) return fail("malformed", "there is no cookie in it");
  if (best.guess === undefined && wanted.formats.length > 1) {
    return fail("unknown-format", "no format recognises the cookie", { hint: "--format ID names it" });
  }
  if (best.guess?.opaque !== undefined) return fail("unsupported", best.guess.opaque);
  const { format, input } = best;
  const options = format.settle({ ...best.guess?.options, ...wanted.optionsFor(format) });
  const name = input.name ?? wanted.name ?? format.cookieName(options) ?? "session";
  const isOwn = (other: string) => other === name || accompanied(format, other) === name;
  const companions = [...(input.siblings ?? [])].filter(([other]) => isOwn(other) && other !== name);
  const pairs: readonly [CookiePair, ...CookiePair[]] = [
    { name, value: input.value },
    ...companions.map(([other, value]) => ({ name: other, value })),
  ];
  const specimen = takeApart(format, options, pairs);
  if (!specimen.ok) return specimen as Failure;
  const others = pasted.cookies
    .filter((cookie) => cookie.name !== undefined && !isOwn(cookie.name))
    .map((cookie) => `${cookie.name}=${cookie.headerText}`);
  return ok({ specimen: specimen.value, others: others.join("; ") });
}

function likeliest(
  { inputs }: Candidate,
  format: AnyFormat,
): { readonly input: Candidate["inputs"][number]["input"]; readonly guess: Detection | undefined } {
  const guesses = inputs.map(({ input }) => ({ input, guess: detectAmong(input, [format])[0] }));
  const [best] = guesses.sort((one, other) => (other.guess?.likeness ?? 0) - (one.guess?.likeness ?? 0));
  return best ?? { input: { value: "" }, guess: undefined };
}
