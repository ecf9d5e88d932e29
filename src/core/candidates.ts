import { accompanied } from "./companion.ts";
import type { CookieInput } from "./cookie.ts";
import type { CookieFormat } from "./format.ts";
import type { Layer, Pasted, PastedCookie } from "./pasted.ts";

/** One cookie out of what was pasted, with every way to read its value; the most literal first. */
export interface Candidate {
  readonly name: string | undefined;
  /** As it stands in the header. */
  readonly headerText: string;
  readonly inputs: readonly CookieReading[];
}

export interface CookieReading {
  readonly input: CookieInput;
  /** What was peeled off to get at the value. */
  readonly layers: readonly Layer[];
}

/** What a format knows of cookies beside its own, and of their texts. */
type Names = Pick<CookieFormat<never, never, never, object>, "companionSuffix" | "unquote">;

/**
 * The cookies of a pasted item that a format may read: its companions are kept beside, as siblings.
 * `wanted` names the cookie to look for; without a cookie of that name, all are candidates.
 */
export function candidates(pasted: Pasted, format: Names, wanted: string | undefined): readonly Candidate[] {
  const isCompanion = companionTest(pasted, format);
  const others = siblings(pasted, format);
  const own = pasted.cookies.filter(({ name }) => name === undefined || !isCompanion(name));
  const matching = own.filter(({ name }) => name !== undefined && name === wanted);
  const found = (matching.length > 0 ? matching : own).map((cookie) =>
    candidate(cookie, others(cookie), format),
  );
  const bare = pasted.bare && candidate(pasted.bare, undefined, format);
  if (bare === undefined) return found;
  const [first] = found;
  if (found.length !== 1 || first === undefined) return [...found, bare];
  const inputs = [...first.inputs, ...bare.inputs];
  return [{ ...first, inputs }];
}

function companionTest({ cookies }: Pasted, format: Names): (other: string) => boolean {
  const names = new Set(cookies.map(({ name }) => name));
  return (other) => {
    const name = accompanied(format, other);
    return name !== undefined && names.has(name);
  };
}

type Siblings = ReadonlyMap<string, string> | undefined;

function candidate(cookie: PastedCookie, siblings: Siblings, format: Names): Candidate {
  const { name, headerText } = cookie;
  const inputs = cookie.readings.map(({ value, layers }) => ({ input: { name, value, siblings }, layers }));
  const unquoted = name === undefined ? undefined : format.unquote?.(headerText);
  if (unquoted !== undefined && inputs.every(({ input }) => input.value !== unquoted)) {
    const layers = [...(inputs[0]?.layers ?? []), "quotes" as const];
    inputs.splice(1, 0, { input: { name, value: unquoted, siblings }, layers });
  }
  return { name, headerText, inputs };
}

/** Of so many cookies, each gets one map of all: maps of the others would take the square of the memory. */
const MANY = 100;

/** For each cookie of an item, the texts of the others by name. */
function siblings({ cookies }: Pasted, format?: Names): (cookie: PastedCookie) => Siblings {
  const texts = cookies.map(({ headerText, readings }) => {
    const text = readings[0]?.value ?? headerText;
    return format?.unquote?.(text) ?? text;
  });
  const without = (cookie: PastedCookie | undefined): Siblings => {
    const map = new Map<string, string>();
    for (const [index, other] of cookies.entries()) {
      if (other !== cookie && other.name !== undefined) map.set(other.name, texts[index] ?? "");
    }
    return map.size === 0 ? undefined : map;
  };
  const all = cookies.length > MANY ? without(undefined) : undefined;
  return (cookie) => all ?? without(cookie);
}

/** The first reading of every cookie, whatever its format. */
export function literalInputs(pasted: Pasted): readonly CookieInput[] {
  const all = pasted.bare === undefined ? pasted.cookies : [...pasted.cookies, pasted.bare];
  const others = siblings(pasted);
  return all.map((cookie) => ({
    name: cookie.name,
    value: cookie.readings[0]?.value ?? cookie.headerText,
    siblings: others(cookie),
  }));
}
