import { Foreign, isObject, keysInOrder, sourceOf, type Value } from "../../src/encoding/values.ts";

/** A value in the notation of fixtures/generate/flask.py, numbers aside, which stand as their text. */
export function notation(value: Value): unknown {
  if (Array.isArray(value)) {
    const items = value.map(notation);
    return sourceOf(value)?.tuple ? { $tuple: items } : items;
  }
  if (value instanceof Uint8Array) return { $bytes: hex(value) };
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Foreign) return { $class: value.className, state: notation(value.state) };
  if (isObject(value))
    return { $object: keysInOrder(value).map((key) => [key, notation(value[key] ?? null)]) };
  return typeof value === "number" || typeof value === "bigint" ? numberText(value) : value;
}

/** A fixture's value with its numbers as JavaScript's text of them. */
export function withNumberTexts(value: unknown): unknown {
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return value.map(withNumberTexts);
  if (typeof value !== "object" || value === null) return value;
  if ("$int" in value) return numberText(BigInt(String(value.$int)));
  if ("$float" in value) return numberText(Number(String(value.$float).replace("inf", "Infinity")));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNumberTexts(item)]));
}

function numberText(value: number | bigint): string {
  return `number ${Object.is(value, -0) ? "0" : value}`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
