import { ok, type Result } from "../core/result.ts";
import { type JsonDialect, type JsonReading, readJson } from "./json-reader.ts";
import { writeJson } from "./json-writer.ts";
import type { Value, ValueObject } from "./values.ts";

/** CPython's default sys.get_int_max_str_digits(). */
const MAX_INT_DIGITS = 4300;

const dialect: JsonDialect = {
  constants: true,
  signedZero: false,
  maxDigits: MAX_INT_DIGITS,
  spell: spellNumber,
};
const respelling: JsonDialect = { ...dialect, respell: spellFloat };

/** Numbers that JSON.parse would change. Also true of some texts that it would not, since strings are not told apart. */
const NEEDS_CARE = /[[:,\s]-?(?:\d+[.eE]|\d{16})|[[:,\s]-0|^\s*-?\d/;

/**
 * Reads JSON as Python's `json.loads` does: `NaN` and infinities, integers of any size up to 4300 digits,
 * strict strings, duplicate keys (last value, first position).
 *
 * Fails with `bad-payload`. Source: CPython Lib/json/decoder.py and Modules/_json.c.
 */
export function parsePythonJson(text: string, { maxDepth, respell = false }: JsonReading): Result<Value> {
  const native = text.length <= maxDepth ? parseNatively(text) : undefined;
  return native === undefined ? readJson(text, maxDepth, respell ? respelling : dialect) : ok(native);
}

/** The native parser's value where nothing is lost by it. */
function parseNatively(text: string): Value | undefined {
  try {
    const value = JSON.parse(text) as Value;
    const lost = lossesIn(value);
    return lost === "keys" || (lost === "numbers" && NEEDS_CARE.test(text)) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** What may have been lost: the spelling of numbers, or the place of integer-like keys. */
function lossesIn(value: Value): "nothing" | "numbers" | "keys" {
  if (typeof value === "number") return "numbers";
  if (typeof value !== "object" || value === null) return "nothing";
  let worst: "nothing" | "numbers" = "nothing";
  for (const key of Object.keys(value)) {
    const first = key.charCodeAt(0);
    if (first >= DIGIT_0 && first <= DIGIT_9 && !Array.isArray(value)) return "keys";
    const lost = lossesIn((value as ValueObject)[key] as Value);
    if (lost === "keys") return lost;
    if (lost === "numbers") worst = lost;
  }
  return worst;
}

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

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

/** As `json.dumps` writes a float, also one that is integral: "1.0", "1e+16", "Infinity". */
export function spellFloat(value: number): string {
  const isInteger = Number.isSafeInteger(value) && !Object.is(value, -0);
  return isInteger ? `${value}.0` : spellNumber(value);
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
