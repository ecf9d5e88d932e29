import { ok, type Result } from "../core/result.ts";
import { type JsonDialect, type JsonReading, readJson } from "./json-reader.ts";
import { writeJson as write } from "./json-writer.ts";
import type { Value } from "./values.ts";

/** JavaScript has no limit; no request header that Node takes by default holds a longer integer. */
const MAX_INTEGER_DIGITS = 16_384;

const dialect: JsonDialect = {
  constants: false,
  signedZero: true,
  maxDigits: MAX_INTEGER_DIGITS,
  spell: String,
};
const respelling: JsonDialect = { ...dialect, signedZero: false, respell: String };

/** Possibly an integer beyond 2^53. */
const LONG_NUMBER = /\d{16}/;

/**
 * Reads JSON as `JSON.parse` does, and loses nothing where that would: an integer beyond 2^53 is a `bigint`,
 * the spelling of other numbers and the order of keys are kept beside (see `sourceOf`). Duplicate keys: the
 * last value, at the first position.
 *
 * Fails with `bad-payload`, also on nesting deeper than `maxDepth` and integers of more than 16,384 digits.
 */
export function parseJson(text: string, { maxDepth, respell = false }: JsonReading): Result<Value> {
  const native = text.length <= maxDepth && !LONG_NUMBER.test(text) ? parseNatively(text) : undefined;
  return native === undefined ? readJson(text, maxDepth, respell ? respelling : dialect) : ok(native);
}

/** The native parser's value where it says all that the text says: it is written back as the same text. */
function parseNatively(text: string): Value | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes as `JSON.stringify(value)` without spaces; numbers that were not changed keep the spelling that they
 * were read with, a `bigint` is written as digits.
 * @throws {TypeError} on a value that JSON cannot hold, where `JSON.stringify` would write null or leave it out
 */
export function writeJson(value: Value): string {
  return write(value, { string: JSON.stringify, number: spellNumber });
}

function spellNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}`);
  return JSON.stringify(value);
}
