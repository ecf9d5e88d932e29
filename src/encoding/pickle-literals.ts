import * as platform from "#platform";
import { toHex } from "./hex.ts";
import { PyBytes, PyFloat } from "./pickle-nodes.ts";
import { PickleFault } from "./pickle-reader.ts";

function decodeStrictly(bytes: Uint8Array): string {
  const text = platform.utf8(bytes);
  if (text === undefined) throw new PickleFault("a text is not UTF-8");
  return text;
}

/** UTF-8 with lone surrogates encoded like other characters: Python's "surrogatepass". */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = "";
  let start = 0;
  for (let lead = bytes.indexOf(0xed); lead >= 0; lead = bytes.indexOf(0xed, lead + 1)) {
    const second = bytes[lead + 1] ?? 0;
    const third = bytes[lead + 2] ?? 0;
    if (second >> 5 !== 0b101 || third >> 6 !== 0b10) continue;
    text += decodeStrictly(bytes.subarray(start, lead));
    text += String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    start = lead + 3;
  }
  return text + decodeStrictly(bytes.subarray(start));
}

/** Python's "raw-unicode-escape": Latin-1 in which only backslash-u and backslash-U are escapes. */
export function decodeRawUnicodeEscape(bytes: Uint8Array): string {
  const escapes = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g;
  return platform.latin1(bytes).replace(escapes, (whole, short?: string, long?: string, other?: string) => {
    if (other === "u" || other === "U") throw new PickleFault("a text has a broken escape");
    const code = Number.parseInt(short ?? long ?? "", 16);
    if (code > 0x10ffff) throw new PickleFault("a text has a broken escape");
    return Number.isNaN(code) ? whole : String.fromCodePoint(code);
  });
}

const CONTROL_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** The repr of a Python 2 `str`, quotes included. */
export function parseQuotedBytes(line: Uint8Array): PyBytes {
  const quoted = /^(['"])([\s\S]*)\1$/.exec(platform.latin1(line))?.[2];
  if (quoted === undefined) throw new PickleFault("a string is not quoted");
  const text = quoted.replace(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|([\s\S]?))/g,
    (whole, hex?: string, octal?: string, other?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (other === "x" || other === "") throw new PickleFault("a string has a broken escape");
      return CONTROL_ESCAPES[other ?? ""] ?? whole;
    },
  );
  return new PyBytes(platform.fromLatin1(text), "str");
}

/** As CPython limits the conversion of text to int. */
const MAX_DIGITS = 4300;
/** Larger ones could not be shown in reasonable time. */
const MAX_INTEGER_BYTES = 65_536;

function narrow(integer: bigint): number | bigint {
  const value = Number(integer);
  return Number.isSafeInteger(value) ? value : integer;
}

/** An int as Python source spells it, with an optional `L` at the end. */
export function parseInteger(line: Uint8Array): number | bigint {
  const text = platform.latin1(line);
  const match = /^\s*([+-]?)(0+|[1-9]\d*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)\s*L?$/.exec(text);
  const digits = match?.[2];
  if (digits === undefined || digits.length > MAX_DIGITS) throw new PickleFault("an integer is malformed");
  return narrow(match?.[1] === "-" ? -BigInt(digits) : BigInt(digits));
}

/** The index of a memo entry. */
export function parseIndex(line: Uint8Array): number {
  const index = parseInteger(line);
  if (typeof index !== "number" || index < 0) throw new PickleFault("a memo index is malformed");
  return index;
}

/** Little-endian two's complement of any length. */
export function decodeInteger(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw new PickleFault("an integer is too long");
  return narrow(BigInt.asIntN(8 * bytes.length, BigInt(`0x0${toHex(bytes.slice().reverse())}`)));
}

export function parseFloatLine(line: Uint8Array): PyFloat {
  const text = platform.latin1(line);
  if (/^[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return new PyFloat(Number(text));
  const named = /^([+-]?)(?:(inf|infinity)|nan)$/i.exec(text);
  if (named === null) throw new PickleFault("a float is malformed");
  if (named[2] === undefined) return new PyFloat(Number.NaN);
  return new PyFloat(named[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
}
