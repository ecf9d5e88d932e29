import type { CookieInput, CookiePair } from "../core/cookie.ts";
import type { Failure } from "../core/failure.ts";
import type { Parsed } from "../core/format.ts";
import type { AnyFormat } from "../core/guide.ts";
import { ok, type Result } from "../core/result.ts";

/** A named stretch of one of the specimen's cookies. */
export interface Field {
  /** `payload`, `timestamp`, `signature` … */
  readonly name: string;
  /** Which of the cookies. */
  readonly cookie: number;
  readonly start: number;
  readonly end: number;
}

/** A genuine session, taken apart. */
export interface Specimen {
  readonly format: AnyFormat;
  /** Settled. */
  readonly options: object;
  /** The session's cookies, the main one first. */
  readonly pairs: readonly [CookiePair, ...CookiePair[]];
  readonly fields: readonly Field[];
  readonly parsed: Parsed<unknown>;
}

/** Fails as the format's `parse`. */
export function takeApart(
  format: AnyFormat,
  options: object,
  pairs: readonly [CookiePair, ...CookiePair[]],
): Result<Specimen, Failure> {
  const parsed = format.parse(toInput(pairs), options);
  if (!parsed.ok) return parsed;
  const [, ...companions] = pairs;
  const fields = [
    ...parsed.value.segments.map((segment) => ({ ...segment, cookie: 0 })),
    ...companions.map(({ value }, index) => ({
      ...{ name: "signature", cookie: index + 1 },
      ...{ start: 0, end: value.length },
    })),
  ];
  return ok({ format, options, pairs, fields, parsed: parsed.value });
}

export function toInput([main, ...companions]: readonly [CookiePair, ...CookiePair[]]): CookieInput {
  return {
    ...main,
    siblings:
      companions.length === 0 ? undefined : new Map(companions.map(({ name, value }) => [name, value])),
  };
}

export function headerOf(pairs: readonly CookiePair[]): string {
  return pairs.map(({ name, value }) => `${name}=${value}`).join("; ");
}

export function fieldsNamed({ fields }: Specimen, ...names: readonly string[]): readonly Field[] {
  return fields.filter(({ name }) => names.includes(name));
}

export function textOf({ pairs }: Specimen, { cookie, start, end }: Field): string {
  return pairs[cookie]?.value.slice(start, end) ?? "";
}

/** The specimen's cookies with one stretch replaced. */
export function replaceField(
  { pairs }: Specimen,
  { cookie, start, end }: Pick<Field, "cookie" | "start" | "end">,
  text: string,
): CookiePair[] {
  return pairs.map((pair, index) =>
    index === cookie
      ? { name: pair.name, value: pair.value.slice(0, start) + text + pair.value.slice(end) }
      : pair,
  );
}

/** Whether cookies say and prove the same as the specimen, so that accepting them is no fault. */
export function isEquivalent(
  { format, options, parsed, pairs }: Specimen,
  others: readonly CookiePair[],
): boolean {
  const [main, ...companions] = others;
  if (main === undefined || main.name !== pairs[0].name) return false;
  const input = toInput([main, ...companions]);
  const other = format.parse(input, options);
  if (!other.ok) return false;
  if (format.equivalent !== undefined) return format.equivalent(parsed, other.value);
  return headerOf(pairs) === headerOf(others);
}
