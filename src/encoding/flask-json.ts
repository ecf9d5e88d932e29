import { fail } from "../core/failure.ts";
import { ok, type Result } from "../core/result.ts";
import { renameKeys, TAG_READERS, TagFault, tagScalar } from "./flask-tags.ts";
import type { JsonReading } from "./json-reader.ts";
import { parsePythonJson, writePythonJson } from "./python-json.ts";
import {
  isObject,
  keepSource,
  type Source,
  setKey,
  sourceOf,
  type Value,
  type ValueObject,
} from "./values.ts";

/** How a release of Flask tags. */
export interface Tagging {
  /** Since Flask 1.0 an object whose only key looks like a tag is wrapped in ` di`. */
  readonly dictTag: boolean;
}

/** Python's recursion limit: deeper payloads are refused by Flask too, some from about 490 levels on. */
const MAX_DEPTH = 1000;

/**
 * Reads what `TaggedJSONSerializer.dumps` wrote: tuples are arrays (see `sourceOf`), bytes `Uint8Array`s,
 * datetimes `Date`s or null where Flask gets None, Markup and UUID `Foreign`s. Unknown tags stay objects.
 *
 * Fails with `bad-payload` on what Python's json or a tag refuses, and on nesting beyond 1000 or `maxDepth`.
 * Source: Flask src/flask/json/tag.py; before 1.0, flask/sessions.py.
 */
export function readTaggedJson(text: string, tagging: Tagging, reading: JsonReading): Result<Value> {
  const plain = parsePythonJson(text, { ...reading, maxDepth: Math.min(reading.maxDepth, MAX_DEPTH) });
  if (!plain.ok) return plain;
  try {
    return ok(untagged(plain.value, tagging));
  } catch (fault) {
    if (!(fault instanceof TagFault)) throw fault;
    return fail("bad-payload", fault.message);
  }
}

/** Recursion is bounded by the reader's depth. */
function untagged(value: Value, tagging: Tagging): Value {
  if (Array.isArray(value)) {
    return withSource(
      value.map((item: Value) => untagged(item, tagging)),
      sourceOf(value),
    );
  }
  if (!isObject(value)) return value;
  const items = mapObject(value, (item) => untagged(item, tagging));
  const [only, second] = Object.entries(items);
  if (only === undefined || second !== undefined) return items;
  const [key, item] = only;
  if (key === " di" && !tagging.dictTag) return items;
  const read = TAG_READERS.get(key);
  return read === undefined ? items : read(item);
}

function withSource<T extends object>(container: T, source: Source | undefined): T {
  return source === undefined ? container : keepSource(container, source);
}

function mapObject(value: ValueObject, change: (item: Value) => Value): ValueObject {
  const copy: ValueObject = {};
  for (const [key, item] of Object.entries(value)) setKey(copy, key, change(item));
  return withSource(copy, sourceOf(value));
}

/**
 * Writes as `TaggedJSONSerializer.dumps` does within an application: compact, ASCII, keys sorted.
 * @throws {TypeError} on a value that Flask's session cannot hold
 */
export function writeTaggedJson(value: Value, tagging: Tagging): string {
  return writePythonJson(tagged(value, tagging, 0), { sortKeys: true });
}

/** What JSON cannot hold is left to the writer, which names its place. */
function tagged(value: Value, tagging: Tagging, depth: number): Value {
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) throw new TypeError(`the payload is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    const source = sourceOf(value);
    const items = withSource(
      value.map((item: Value) => tagged(item, tagging, depth + 1)),
      source,
    );
    return source?.tuple ? { " t": items } : items;
  }
  if (!isObject(value)) return tagScalar(value) ?? value;
  if (!isPlain(value)) return value;
  const items = mapObject(value, (item) => tagged(item, tagging, depth + 1));
  const [key, second] = Object.keys(items);
  if (!tagging.dictTag || key === undefined || second !== undefined || !TAG_READERS.has(key)) return items;
  return { " di": renameKeys(items, (name) => `${name}__`) };
}

function isPlain(value: ValueObject): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
