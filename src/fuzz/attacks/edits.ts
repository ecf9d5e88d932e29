import type { CookiePair } from "../../core/cookie.ts";
import { DEFAULT_LIMITS } from "../../core/limits.ts";
import { isObject, setKey, type Value } from "../../encoding/values.ts";
import type { Attack, Means, Mutant } from "../attack.ts";
import type { Random } from "../random.ts";
import {
  type Field,
  fieldsNamed,
  headerOf,
  replaceField,
  type Specimen,
  takeApart,
  textOf,
} from "../specimen.ts";

export const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export type Pairs = readonly [CookiePair, ...CookiePair[]];

/** An attack whose every accepted case is a forgery. */
export function forging(id: Attack["id"], title: string, cases: (means: Means) => Iterable<Mutant>): Attack {
  return { id, title, finding: "accepted-forgery", cases };
}

export function mutant(pairs: readonly CookiePair[], note?: string): Mutant {
  return { header: headerOf(pairs), pairs, note };
}

/** The specimen with one field's text changed. */
export function edited(specimen: Specimen, field: Field, text: string, note?: string): Mutant {
  return mutant(replaceField(specimen, field, text), note);
}

/** Characters that a cookie's value may hold anywhere, and that no server strips, splits at or decodes. */
export function isPlain(text: string): boolean {
  return /^[!#$&'()*+\-./0-9:<>?@A-Z[\]^_`a-z{|}~]+$/.test(text);
}

export function splice(text: string, start: number, end: number, middle: string): string {
  return text.slice(0, start) + middle + text.slice(end);
}

/** Forged cookies with the signatures of the specimen, as somebody makes them who has no secret. */
export function underOldSignature(specimen: Specimen, forged: Pairs | undefined): Pairs | undefined {
  if (forged === undefined) return undefined;
  const taken = takeApart(specimen.format, specimen.options, forged);
  if (!taken.ok) return undefined;
  const [signature] = fieldsNamed(taken.value, "signature");
  const [original] = fieldsNamed(specimen, "signature");
  if (signature === undefined || original === undefined) return undefined;
  return replaceField(taken.value, signature, textOf(specimen, original)) as unknown as Pairs;
}

/** The specimen's payload, as it is and as its format says; undefined where it cannot be read without the secret. */
export function payloadOf({ format, options, parsed }: Specimen): Value | undefined {
  const opened = format.peek?.(parsed, options);
  if (!opened?.ok) return undefined;
  const payload = format.read(opened.value, options, DEFAULT_LIMITS);
  return payload.ok ? payload.value.value : undefined;
}

/** A key that no application reads. */
export const MARK = "cookiesess_fuzz";

/** The specimen's payload with one more key, so that a server that reads it sees the same user. */
export function markedPayload(specimen: Specimen, value: Value = 1): Value | undefined {
  const payload = payloadOf(specimen);
  if (payload === undefined || !isObject(payload)) return undefined;
  const marked = { ...payload };
  setKey(marked, MARK, value);
  return marked;
}

/** A payload that was edited by somebody without the secret. */
export function editedPayload({ specimen, forger }: Means, value: Value = 1): Pairs | undefined {
  const payload = markedPayload(specimen, value);
  return payload === undefined ? undefined : underOldSignature(specimen, forger.sign(payload));
}

/** Endless, each item of a list in an order of its own, then again. */
export function* forever<Item>(items: readonly Item[], random: Random): Generator<Item> {
  while (items.length > 0) yield* random.shuffle(items);
}
