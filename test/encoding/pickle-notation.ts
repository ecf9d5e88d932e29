import { Foreign, keysInOrder, sourceOf, type Value } from "../../src/encoding/values.ts";

/** A value in the tagged JSON of fixtures/generate/pickle.py. */
export function notation(value: Value, spelling?: string): unknown {
  if (typeof value === "number") return numberNotation(value, spelling);
  if (typeof value === "bigint") return { $int: String(value) };
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return { $date: value.toISOString(), text: sourceOf(value)?.spelling?.get("") };
  if (value instanceof Uint8Array) return { $bytes: hex(value) };
  if (value instanceof Set) return { $set: [...value].map((item) => notation(item)) };
  if (value instanceof Foreign) {
    const state = value.state;
    const isParts = typeof state === "object" && state !== null && !Array.isArray(state);
    return { $class: value.className, state: isParts ? partsNotation(state) : notation(state) };
  }
  const source = sourceOf(value);
  if (Array.isArray(value)) {
    const items = value.map((item: Value, index) => notation(item, source?.spelling?.get(String(index))));
    return source?.tuple ? { $tuple: items } : items;
  }
  return {
    $object: entriesOf(value).map(([key, item]) => [key, notation(item, source?.spelling?.get(key))]),
  };
}

function entriesOf(object: object): [string, Value][] {
  const values = new Map<string, Value>(Object.entries(object));
  return keysInOrder(object as Record<string, Value>).map((key) => [key, values.get(key) ?? null]);
}

function numberNotation(value: number, spelling: string | undefined): unknown {
  if (spelling !== undefined) return { $float: spelling };
  return Number.isInteger(value) ? value : { $number: value };
}

/** Arguments are a tuple in Python; the fixtures list them. */
function partsNotation(state: object): unknown {
  return Object.fromEntries(
    entriesOf(state).map(([part, value]) => {
      const text = notation(value, sourceOf(state)?.spelling?.get(part));
      const tuple = (text as { $tuple?: unknown } | null)?.$tuple;
      return [part, part === "args" && tuple !== undefined ? tuple : text];
    }),
  );
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const NAMED_NUMBERS: ReadonlyMap<unknown, number> = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["nan", Number.NaN],
]);

/** The fixture's notation with the texts of numbers as numbers. */
export function withNumbers(expected: unknown): unknown {
  if (expected === null || typeof expected !== "object") return expected;
  if (Array.isArray(expected)) return expected.map(withNumbers);
  const entries = Object.entries(expected).map(([key, value]) => [
    key,
    key === "$number" ? (NAMED_NUMBERS.get(value) ?? Number(value)) : withNumbers(value),
  ]);
  return Object.fromEntries(entries);
}
