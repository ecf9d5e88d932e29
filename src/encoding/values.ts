/**
 * What a payload is made of once decoded. Objects are ordinary objects in which `__proto__` and `constructor`
 * are keys like any other; lists and tuples are arrays; moments are `Date`s; bytes are `Uint8Array`s; integers
 * beyond 2^53 are `bigint`s; objects of a foreign class are inert descriptions.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | ReadonlySet<Value>
  | readonly Value[]
  | Foreign
  | ValueObject;

/** An object of a payload: its own keys alone, `__proto__` like any other. */
export interface ValueObject {
  readonly [key: string]: Value;
}

/** An object or a call of another language's class: described, never built or run. */
export class Foreign {
  /** Dotted name in its own language: "decimal.Decimal". */
  readonly className: string;
  /** What it was made from: constructor arguments or state, as data. */
  readonly state: Value;

  constructor(className: string, state: Value) {
    this.className = className;
    this.state = state;
  }
}

export function isObject(value: Value): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Set) &&
    !(value instanceof Foreign)
  );
}

/** Sets a key as data, `__proto__` included. */
export function setKey(target: ValueObject, key: string, value: Value): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    (target as Record<string, Value>)[key] = value;
  }
}

/** What a JavaScript value cannot say about the text it was read from. */
export interface Source {
  /** An array that was a tuple. */
  readonly tuple?: true;
  /** An object's keys in the order of the text; JavaScript moves integer-like keys to the front. */
  readonly order?: readonly string[];
  /** How numbers that are directly inside were spelled, by key or index: `1.0`, `1e5`. */
  readonly spelling?: ReadonlyMap<string, string>;
  /** Keys that were no text and are one here: such as JSON makes text too, or also others. */
  readonly keys?: "json" | "foreign";
}

const sources = new WeakMap<object, Source>();

/** Keeps, beside an array or object, what its source said. Survives edits in place; a copy loses it. */
export function keepSource<T extends object>(container: T, source: Source): T {
  sources.set(container, source);
  return container;
}

export function sourceOf(container: object): Source | undefined {
  return sources.get(container);
}

/** An object's keys in the order in which they should be written: the source's, then what was added. */
export function keysInOrder(object: ValueObject): readonly string[] {
  const order = sources.get(object)?.order;
  const keys = Object.keys(object);
  if (order === undefined) return keys;
  const present = new Set(keys);
  const kept = order.filter((key) => present.delete(key));
  return [...kept, ...present];
}

/** A copy that shares no list or object with the value, and keeps what their sources said. Not for cycles. */
export function copyValue(value: Value): Value {
  if (Array.isArray(value)) return withSourceOf(value, value.map(copyValue));
  if (!isObject(value)) return value;
  const copy = { ...value };
  for (const key of Object.keys(copy)) {
    const member = copy[key] as Value;
    if (typeof member === "object") setKey(copy, key, copyValue(member));
  }
  return withSourceOf(value, copy);
}

function withSourceOf<T extends object>(original: object, copy: T): T {
  const source = sources.get(original);
  return source === undefined ? copy : keepSource(copy, source);
}
