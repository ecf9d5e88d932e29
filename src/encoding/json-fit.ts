import { Foreign, isObject, keysInOrder, sourceOf, type Value } from "./values.ts";

/** What of a value JSON does not say. */
export interface JsonFit {
  /** The first value that has no JSON form, and its place: `cart[0].price`; empty for the value itself. */
  readonly misfit: { readonly path: string; readonly what: string } | undefined;
  /** Some arrays were tuples. */
  readonly tuples: boolean;
  /** Some keys were numbers, booleans or null, which JSON makes text. */
  readonly keys: boolean;
}

/** A longer path is cut. In UTF-16 code units. */
const LONGEST_PATH = 200;

interface Place {
  readonly value: Value;
  readonly parent: Place | undefined;
  readonly key: string | number;
}

/**
 * Looks for what is lost when a value is written as Python's JSON, `NaN` and infinities included. What is shared
 * is looked at wherever it stands; the value has no cycles.
 */
export function fitJson(root: Value): JsonFit {
  const stack: Place[] = [{ value: root, parent: undefined, key: "" }];
  let tuples = false;
  let keys = false;
  for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
    const { value } = place;
    const what = misfitOf(value);
    if (what !== undefined) return { misfit: { path: pathOf(place), what }, tuples, keys };
    if (typeof value !== "object" || value === null) continue;
    const source = sourceOf(value);
    tuples ||= source?.tuple === true;
    keys ||= source?.keys !== undefined;
    pushItems(place, stack);
  }
  return { misfit: undefined, tuples, keys };
}

/** In reverse, so that the first comes off the stack first. */
function pushItems(parent: Place, stack: Place[]): void {
  const { value } = parent;
  if (Array.isArray(value)) {
    for (let index = value.length - 1; index >= 0; index--) {
      stack.push({ value: value[index] as Value, parent, key: index });
    }
  } else if (isObject(value)) {
    for (const key of [...keysInOrder(value)].reverse()) {
      stack.push({ value: value[key] as Value, parent, key });
    }
  }
}

function misfitOf(value: Value): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Date) return "a date";
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof Set) return "a set";
  if (value instanceof Foreign) return value.className.slice(0, LONGEST_PATH);
  return sourceOf(value)?.keys === "foreign" ? "an object whose keys are no text" : undefined;
}

function pathOf(place: Place): string {
  const steps: string[] = [];
  let length = 0;
  for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) {
    const step = typeof at.key === "number" ? `[${at.key}]` : `.${at.key}`;
    length += step.length;
    steps.push(step);
  }
  const path = steps.reverse().join("").replace(/^\./, "");
  return length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
}
