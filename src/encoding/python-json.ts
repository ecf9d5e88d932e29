import { ok, type Result } from "../core/result.ts";
import { type JsonDialect, readJson } from "./json-reader.ts";
import { writeJson } from "./json-writer.ts";
import type { Value } from "./values.ts";

/** CPython's default sys.get_int_max_str_digits(). */
const MAX_INT_DIGITS = 4300;

const dialect: JsonDialect = {
  constants: true,
  signedZero: false,
  maxDigits: MAX_INT_DIGITS,
  spell: spellNumber,
};

/**
 * What JSON.parse would change: floats, long integers, negative zero, integer-like keys. Also true of some
 * texts that it would not, since strings are not told apart.
 */
const NEEDS_CARE = /[[:,\s]-?(?:\d+[.eE]|\d{16})|[[:,\s]-0|^\s*-?\d|"\d+"\s*:/;

/**
 * Reads JSON as Python's `json.loads` does: `NaN` and infinities, integers of any size up to 4300 digits,
 * strict strings, duplicate keys (last value, first position).
 *
 * Fails with `bad-payload`. Source: CPython Lib/json/decoder.py and Modules/_json.c.
 */
export function parsePythonJson(text: string, limits: { readonly maxDepth: number }): Result<Value> {
  if (text.length <= limits.maxDepth && !NEEDS_CARE.test(text)) {
    try {
      return ok(JSON.parse(text) as Value);
    } catch {
      return readJson(text, limits.maxDepth, dialect);
    }
  }
  return readJson(text, limits.maxDepth, dialect);
}

/**
 * Writes as `json.dumps(value, separators=(",", ":"))`: ASCII only, Python's spelling of floats.
 * @throws {TypeError} naming the place of a value that JSON cannot hold
 */
export function writePythonJson(value: Value, options?: { readonly sortKeys?: boolean }): string {
  return writeJson(value, options?.sortKeys ? sortedSpelling : spelling);
}

const spelling = { string: quoteAscii, number: spellNumber };
const sortedSpelling = { ...spelling, sortKeys: true };

const PLAIN_ASCII = /^[ !#-[\]-~]*$/;
const NOT_ASCII = /[\u007f-\uffff]/g;

function quoteAscii(text: string): string {
  if (PLAIN_ASCII.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    NOT_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An integral double within 2^53 is written as an int, any other as `float.__repr__` does. */
function spellNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  const [mantissa, exponentText] = value.toExponential().split("e") as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  if (Object.is(value, -0)) return "-0.0";
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
