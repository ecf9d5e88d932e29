import type { CookieInput } from "./cookie.ts";
import type { AnyFormat, Guess } from "./guide.ts";

/** A format that a cookie looks like, with the options under which it does. */
export interface Detection extends Guess<object> {
  readonly format: string;
}

/** Below this, a likeness is coincidence. */
const THRESHOLD = 0.2;

/** What a cookie looks like, likeliest first; empty when no format recognises it. Needs no secret. */
export function detectAmong(input: CookieInput, formats: readonly AnyFormat[]): readonly Detection[] {
  return formats
    .flatMap((format) => format.recognise(input).map((guess) => ({ ...guess, format: format.id })))
    .filter(({ likeness }) => likeness >= THRESHOLD)
    .sort((a, b) => b.likeness - a.likeness);
}
