import { PickleFault } from "./pickle-reader.ts";
import { keyRepr } from "./pickle-repr.ts";
import { writePythonJson } from "./python-json.ts";
import { keepSource, type Source, setKey, type Value, type ValueObject } from "./values.ts";

/** One entry of a dict; the spellings are those of floats that JavaScript would take for integers. */
export interface Entry {
  readonly key: Value;
  readonly value: Value;
  readonly keySpelling: string | undefined;
  readonly valueSpelling: string | undefined;
}

/** All keys of one pickle that are not text, together, in UTF-16 code units. */
const MAX_TEXT = 1_000_000;
const INTEGER_LIKE = /^\d+$/;

/**
 * Turns dicts into objects. Keys that JSON has a text for get it ("1", "1.5", "null", "true"), others the text
 * of their repr. Where another key of the dict has that text already, the type follows: "1 (int)".
 */
export class ObjectBuilder {
  #textLeft = MAX_TEXT;

  build(entries: readonly Entry[]): ValueObject {
    const target: ValueObject = {};
    const order = new Set<string>();
    const spelling = new Map<string, string>();
    const owners = new Map<string, string>();
    let kind: Source["keys"];
    for (const { key } of entries) if (typeof key === "string") owners.set(key, "str");
    for (const entry of entries) {
      const key = typeof entry.key === "string" ? entry.key : this.#keyText(entry, owners);
      if (key !== entry.key && kind !== "foreign") kind = isJsonKey(entry.key, key) ? "json" : "foreign";
      order.add(key);
      setKey(target, key, entry.value);
      spelling.delete(key);
      if (entry.valueSpelling !== undefined) spelling.set(key, entry.valueSpelling);
    }
    const keys = [...order];
    const reordered = keys.some((key) => INTEGER_LIKE.test(key));
    if (!reordered && spelling.size === 0 && kind === undefined) return target;
    return keepSource(target, {
      ...(reordered && { order: keys }),
      ...(spelling.size > 0 && { spelling }),
      ...(kind !== undefined && { keys: kind }),
    });
  }

  #keyText({ key, keySpelling }: Entry, owners: Map<string, string>): string {
    const type = typeName(key, keySpelling);
    let text = this.#plainText(key, keySpelling);
    while ((owners.get(text) ?? type) !== type) text = `${text} (${type})`;
    owners.set(text, type);
    return text;
  }

  #plainText(key: Value, spelling: string | undefined): string {
    const spend = (length: number) => {
      this.#textLeft -= length;
      if (this.#textLeft < 0) throw new PickleFault("its keys are too long");
    };
    if (key === null || typeof key === "boolean") return String(key);
    if (typeof key !== "number" && typeof key !== "bigint") return keyRepr(key, undefined, spend);
    const text = spelling ?? writePythonJson(key);
    spend(text.length);
    return text;
  }
}

/** JSON writes this key as this text: it has a form there, and no other key has taken it. */
function isJsonKey(key: Value, text: string): boolean {
  return (typeof key !== "object" || key === null) && !text.endsWith(")");
}

function typeName(key: Value, spelling: string | undefined): string {
  if (key === null) return "None";
  if (typeof key === "boolean") return "bool";
  if (typeof key === "bigint") return "int";
  if (typeof key === "number") return spelling === undefined && Number.isInteger(key) ? "int" : "float";
  return Array.isArray(key) ? "tuple" : "object";
}
