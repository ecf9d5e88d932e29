import { Foreign, keysInOrder, sourceOf, type Value, type ValueObject } from "./values.ts";

/** How a dialect spells what JSON leaves open. */
export interface JsonSpelling {
  string(text: string): string;
  number(value: number): string;
  readonly sortKeys?: boolean;
}

/** Deeper values are taken for a cycle. */
const MAX_DEPTH = 1_200;

/**
 * Writes compact JSON: keys in the order of their source, numbers that were not changed as they were spelled.
 * @throws {TypeError} naming the place of a value that JSON cannot hold
 */
export function writeJson(value: Value, spelling: JsonSpelling): string {
  return write(value, spelling, "", 0);
}

function write(value: Value, spelling: JsonSpelling, path: string, depth: number): string {
  switch (typeof value) {
    case "string":
      return spelling.string(value);
    case "number":
      return spelling.number(value);
    case "boolean":
    case "bigint":
      return String(value);
    case "object":
      if (value === null) return "null";
      if (depth > MAX_DEPTH) throw new TypeError(`the payload is nested deeper than ${MAX_DEPTH} levels`);
      return writeContainer(value, spelling, path, depth);
    default:
      throw unwritable(value, path);
  }
}

function writeContainer(value: object, spelling: JsonSpelling, path: string, depth: number): string {
  const spelled = sourceOf(value)?.spelling;
  if (Array.isArray(value)) {
    let text = "[";
    for (let index = 0; index < value.length; index++) {
      if (index > 0) text += ",";
      const item: Value = value[index];
      text +=
        kept(spelled?.get(String(index)), item) ?? write(item, spelling, `${path}[${index}]`, depth + 1);
    }
    return `${text}]`;
  }
  if (!isPlain(value)) throw unwritable(value, path);
  const keys = keysInOrder(value);
  let text = "{";
  for (const key of spelling.sortKeys ? [...keys].sort(byCodePoint) : keys) {
    const item = value[key] as Value;
    if (text.length > 1) text += ",";
    text += `${spelling.string(key)}:`;
    text +=
      kept(spelled?.get(key), item) ?? write(item, spelling, path === "" ? key : `${path}.${key}`, depth + 1);
  }
  return `${text}}`;
}

/** The spelling of a number that still has the value it was read with. */
function kept(token: string | undefined, value: Value): string | undefined {
  return token !== undefined && typeof value === "number" && Number(token) === value ? token : undefined;
}

function isPlain(value: object): value is ValueObject {
  if (value instanceof Foreign) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype as object) === null;
}

/** Python sorts by code point, JavaScript by UTF-16 code unit. */
function byCodePoint(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let index = 0; index < left.length && index < right.length; index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function unwritable(value: unknown, path: string): TypeError {
  const kind = typeof value === "object" && value !== null ? value.constructor?.name : typeof value;
  return new TypeError(`JSON cannot hold ${kind ?? "this object"}${path === "" ? "" : ` (at ${path})`}`);
}
