import type { CookieReading } from "../core/candidates.ts";
import type { Note } from "../core/cookie.ts";
import { type Failure, fail, isUnauthentic } from "../core/failure.ts";
import type { AnyFormat } from "../core/guide.ts";
import { type Verified, verify } from "../core/verify.ts";
import type { AnyBinding } from "./settings.ts";
import { emptiness, type Target } from "./targets.ts";

/** A reading of a cookie and what was found of it. */
export interface Finding {
  readonly verdict: Verified | Failure;
  readonly reading: CookieReading;
}

/** The first reading that is valid; the verdict on the most literal one otherwise. */
export function firstValid(target: Target, binding: AnyBinding, now: number): Finding {
  let first: { readonly verdict: Failure; readonly reading: CookieReading } | undefined;
  for (const reading of target.candidate.inputs) {
    const verdict = verify(reading.input, binding, now);
    if (verdict.ok) return { verdict, reading };
    if (first === undefined || (isUnauthentic(first.verdict) && !isUnauthentic(verdict))) {
      first = { verdict, reading };
    }
  }
  const reading = first?.reading ?? { input: { value: "" }, layers: [] };
  const verdict = emptiness(target) ?? first?.verdict ?? fail("malformed", "it is empty");
  return { verdict, reading };
}

/**
 * Whether a server that gets the text as it stands comes to another value: it was encoded or damaged on its way.
 * Around a value that came alone, quotes and the like are only how it was pasted.
 */
export function isRepaired({ input, layers }: CookieReading, { candidate, format }: Target): boolean {
  if (input.name === undefined) return layers.includes("percent-encoding");
  const text = candidate.headerText.trim();
  return ![text, format.unquote?.(text)].includes(input.value) && !layers.includes("line-breaks");
}

export function repairedNote({ title }: AnyFormat): Note {
  return {
    level: "warning",
    code: "refused-as-it-stands",
    text: `Sent as it stands here it is refused: ${title} does not peel all of that off.`,
  };
}
