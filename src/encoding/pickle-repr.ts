import { PickleFault } from "./pickle-reader.ts";
import { spellFloat } from "./python-json.ts";
import { Foreign, sourceOf, type Value } from "./values.ts";

/** A float as Python's repr spells it: "1.0", "1e+16", "-0.0", "nan". */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return spellFloat(value);
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\\": "\\\\",
  "'": "\\'",
};

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return NAMED_ESCAPES[character] ?? (code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`);
}

function quote(text: string, escaped: RegExp): string {
  if (text.includes("'") && !text.includes('"')) {
    return `"${text.replace(escaped, (found) => (found === "'" ? found : escapeCharacter(found)))}"`;
  }
  return `'${text.replace(escaped, escapeCharacter)}'`;
}

/** Follows CPython's Objects/unicodeobject.c, except that unusual letters count as printable. */
function textRepr(text: string): string {
  return quote(text, /[\x00-\x1f'\\\x7f-\xa0\xad\ud800-\udfff]/gu);
}

function bytesRepr(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `b${quote(text, /[\x00-\x1f'\\\x7f-\xff]/g)}`;
}

/** Deepest nesting of a key. */
const MAX_DEPTH = 100;

/**
 * The repr of a hashable value; a foreign object's is its name with its text. `spend` is told the length of
 * each part before it is written, and throws to stop.
 * @throws {PickleFault} when the value has no hash in Python, or is nested deeper than 100 levels
 */
export function keyRepr(value: Value, spelling: string | undefined, spend: (length: number) => void): string {
  return repr(value, spelling, spend, 0);
}

function repr(
  value: Value,
  spelling: string | undefined,
  spend: (length: number) => void,
  depth: number,
): string {
  if (depth > MAX_DEPTH) throw new PickleFault("a key is nested too deeply");
  const nested = (items: Iterable<Value>, spellings?: ReadonlyMap<string, string>) =>
    Array.from(items, (item, index) => repr(item, spellings?.get(String(index)), spend, depth + 1));
  spend(typeof value === "string" || value instanceof Uint8Array ? value.length : 1);
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return spelling ?? (Number.isInteger(value) ? `${value}` : floatRepr(value));
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "string") return textRepr(value);
  if (value instanceof Uint8Array) return bytesRepr(value);
  if (value instanceof Date) return `<datetime ${sourceOf(value)?.spelling?.get("") ?? ""}>`;
  if (value instanceof Set) return `frozenset({${nested(value).join(", ")}})`;
  if (value instanceof Foreign) return foreignRepr(value, spend);
  if (!Array.isArray(value)) throw new PickleFault("a dict is used as a key");
  const source = sourceOf(value);
  if (source?.tuple !== true) throw new PickleFault("a list is used as a key");
  const items = nested(value, source.spelling);
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
}

function foreignRepr(value: Foreign, spend: (length: number) => void): string {
  spend(value.className.length);
  if (typeof value.state !== "string") return `<${value.className}>`;
  spend(value.state.length);
  return `${value.className}(${textRepr(value.state)})`;
}
