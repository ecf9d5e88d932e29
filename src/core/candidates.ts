import type { AnyFormat, CookieInput } from "./format.ts";
import type { Layer, Pasted, PastedCookie } from "./pasted.ts";

/** One cookie out of what was pasted, with every way to read its value; the most literal first. */
export interface Candidate {
  readonly name: string | undefined;
  readonly inputs: readonly CookieReading[];
}

export interface CookieReading {
  readonly input: CookieInput;
  /** What was peeled off to get at the value. */
  readonly layers: readonly Layer[];
}

/**
 * The cookies of a pasted item that a format may read: its companions are kept beside, as siblings.
 * `wanted` names the cookie to look for; without a cookie of that name, all are candidates.
 */
export function candidates(
  pasted: Pasted,
  format: AnyFormat,
  wanted: string | undefined,
): readonly Candidate[] {
  const names = pasted.cookies.flatMap(({ name }) => name ?? []);
  const isCompanion = (other: string) => names.some((name) => format.companions?.(name, other));
  const own = pasted.cookies.filter(({ name }) => name === undefined || !isCompanion(name));
  const matching = own.filter(({ name }) => name !== undefined && name === wanted);
  const found = (matching.length > 0 ? matching : own).map((cookie) => candidate(cookie, pasted, format));
  const bare = pasted.bare && candidate(pasted.bare, { ...pasted, cookies: [] }, format);
  if (bare === undefined) return found;
  const [first] = found;
  if (found.length !== 1 || first === undefined) return [...found, bare];
  const inputs = matching.length > 0 ? [...first.inputs, ...bare.inputs] : [...bare.inputs, ...first.inputs];
  return [{ name: first.name, inputs }];
}

function candidate(cookie: PastedCookie, pasted: Pasted, format: AnyFormat): Candidate {
  const { name } = cookie;
  const siblings = siblingsOf(cookie, pasted, format);
  const inputs = cookie.readings.map(({ value, layers }) => ({ input: { name, value, siblings }, layers }));
  const unquoted = name === undefined ? undefined : format.unquote?.(cookie.headerText);
  if (unquoted !== undefined && inputs.every(({ input }) => input.value !== unquoted)) {
    const layers = [...(inputs[0]?.layers ?? []), "quotes" as const];
    inputs.splice(1, 0, { input: { name, value: unquoted, siblings }, layers });
  }
  return { name, inputs };
}

function siblingsOf(
  cookie: PastedCookie,
  { cookies }: Pasted,
  format?: AnyFormat,
): ReadonlyMap<string, string> | undefined {
  const siblings = new Map<string, string>();
  for (const other of cookies) {
    if (other === cookie || other.name === undefined) continue;
    const text = other.readings[0]?.value ?? other.headerText;
    siblings.set(other.name, format?.unquote?.(text) ?? text);
  }
  return siblings.size === 0 ? undefined : siblings;
}

/** The first reading of every cookie, whatever its format. */
export function literalInputs(pasted: Pasted): readonly CookieInput[] {
  const all = pasted.bare === undefined ? pasted.cookies : [...pasted.cookies, pasted.bare];
  return all.map((cookie) => ({
    name: cookie.name,
    value: cookie.readings[0]?.value ?? cookie.headerText,
    siblings: siblingsOf(cookie, pasted),
  }));
}
