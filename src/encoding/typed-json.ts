import * as platform from "#platform";
import {
  Foreign,
  isObject,
  keepSource,
  keysInOrder,
  setKey,
  sourceOf,
  type Value,
  type ValueObject,
} from "./values.ts";

/**
 * A value as plain JSON can hold it, nothing lost: `{"$bytes": base64}`, `{"$date": iso}`, `{"$set": […]}`,
 * `{"$tuple": […]}`, `{"$class": name, "state": …}`, and `"NaN"`, `"Infinity"`, `"-Infinity"`. Integers stay
 * integers of any size; key order and the spelling of numbers are kept.
 */
export function toTyped(value: Value): Value {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date)
    return { $date: Number.isNaN(value.getTime()) ? "invalid" : value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: platform.base64(value) };
  if (value instanceof Foreign) return { $class: value.className, state: toTyped(value.state) };
  if (value instanceof Set) return { $set: [...(value as ReadonlySet<Value>)].map(toTyped) };
  const source = sourceOf(value);
  if (Array.isArray(value)) {
    const items = value.map(toTyped);
    if (source?.spelling) keepSource(items, { spelling: source.spelling });
    return source?.tuple ? { $tuple: items } : items;
  }
  return mapObject(value as ValueObject, toTyped);
}

/** The reverse, for formats that hold more than JSON does. Only objects of exactly these shapes are changed. */
export function fromTyped(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(fromTyped);
    const source = sourceOf(value);
    return source === undefined ? items : keepSource(items, source);
  }
  if (!isObject(value)) return value;
  return untag(value) ?? mapObject(value, fromTyped);
}

function untag(value: ValueObject): Value | undefined {
  const keys = Object.keys(value);
  if (keys.length === 2 && typeof value.$class === "string" && value.state !== undefined) {
    return new Foreign(value.$class, fromTyped(value.state));
  }
  if (keys.length !== 1) return undefined;
  const { $tuple, $set, $date, $bytes } = value;
  if (Array.isArray($tuple)) return keepSource($tuple.map(fromTyped), { ...sourceOf($tuple), tuple: true });
  if (Array.isArray($set)) return new Set($set.map(fromTyped));
  if (typeof $date === "string" && !Number.isNaN(Date.parse($date))) return new Date($date);
  if (typeof $bytes === "string") return fromBase64($bytes);
  return undefined;
}

function fromBase64(text: string): Uint8Array | undefined {
  const bytes = platform.fromBase64(text.replace(/=+$/, ""));
  return bytes && Uint8Array.from(bytes);
}

function mapObject(value: ValueObject, change: (item: Value) => Value): ValueObject {
  const mapped: ValueObject = {};
  for (const key of keysInOrder(value)) setKey(mapped, key, change(value[key] as Value));
  const source = sourceOf(value);
  return source === undefined ? mapped : keepSource(mapped, source);
}
