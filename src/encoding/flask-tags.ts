import * as platform from "#platform";
import { formatHttpDate, parseHttpDate } from "./http-date.ts";
import { decodePythonBase64 } from "./python-base64.ts";
import {
  Foreign,
  isObject,
  keepSource,
  keysInOrder,
  setKey,
  sourceOf,
  type Value,
  type ValueObject,
} from "./values.ts";

/** A tag's value for which Flask raises an exception. */
export class TagFault extends Error {}

const MARKUP = "markupsafe.Markup";
const UUID = "uuid.UUID";

/**
 * What each tag makes of its value, in which tags have been read already; throws `TagFault` where `to_python`
 * raises. Source: Flask src/flask/json/tag.py.
 */
export const TAG_READERS: ReadonlyMap<string, (value: Value) => Value> = new Map([
  [" t", toTuple],
  [" b", toBytes],
  [" m", toMarkup],
  [" u", toUuid],
  [" d", toDate],
  [" di", toDict],
]);

/** A value that is neither list nor object, tagged; undefined where Flask has no tag for it. */
export function tagScalar(value: Value): Value | undefined {
  if (value instanceof Uint8Array) return { " b": platform.base64(value) };
  if (value instanceof Date) return { " d": formatHttpDate(value) };
  if (!(value instanceof Foreign)) return undefined;
  if (value.className === MARKUP) return { " m": value.state };
  if (value.className === UUID) return { " u": uuidHex(value.state) };
  return undefined;
}

/** An object under other keys; keeps the spelling of its numbers. */
export function renameKeys(object: ValueObject, rename: (key: string) => string): ValueObject {
  const renamed: ValueObject = {};
  for (const [key, item] of Object.entries(object)) setKey(renamed, rename(key), item);
  const spelling = sourceOf(object)?.spelling;
  if (spelling === undefined) return renamed;
  return keepSource(renamed, {
    spelling: new Map([...spelling].map(([key, token]) => [rename(key), token])),
  });
}

/** A str or a Markup, which is one. */
function textOf(value: Value): string | undefined {
  if (value instanceof Foreign && value.className === MARKUP) return textOf(value.state);
  return typeof value === "string" ? value : undefined;
}

/** `tuple(value)`, for whatever Python can iterate over. */
function toTuple(value: Value): Value {
  if (Array.isArray(value)) return keepSource(value, { ...sourceOf(value), tuple: true });
  const text = textOf(value);
  if (text !== undefined) return keepSource(Array.from(text), { tuple: true });
  if (value instanceof Uint8Array) return keepSource(Array.from(value), { tuple: true });
  if (isObject(value)) return keepSource([...keysInOrder(value)], { tuple: true });
  throw new TagFault("a tuple's tag holds something that is not iterable");
}

/** `base64.b64decode`: characters outside the alphabet are skipped, missing padding is refused. */
function toBytes(value: Value): Value {
  if (value instanceof Uint8Array) return toBytes(platform.latin1(value).replace(NOT_ASCII, ""));
  const text = textOf(value);
  if (text === undefined || text.search(NOT_ASCII) >= 0)
    throw new TagFault("a bytes tag holds no ASCII text");
  const known = text.replace(/[^A-Za-z0-9+/=]/g, "");
  // The lenient decoder completes the padding up to a multiple of four; skipped characters fill it instead.
  const bytes = decodePythonBase64(known + "!".repeat(-known.length & 3));
  if (bytes === undefined) throw new TagFault("a bytes tag holds text that is not base64");
  return Uint8Array.from(bytes);
}

const NOT_ASCII = /[^\0-\x7f]/g;

function toMarkup(value: Value): Value {
  return new Foreign(MARKUP, textOf(value) ?? value);
}

function toUuid(value: Value): Value {
  return new Foreign(UUID, canonicalUuid(value));
}

function canonicalUuid(value: Value): string {
  const hex = hexDigits(textOf(value) ?? "");
  if (hex === undefined) throw new TagFault("a UUID's tag does not hold 32 hexadecimal digits");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const LONGEST_UUID = 200;

/** As `uuid.UUID(text)` takes it, down to what `int(text, 16)` tolerates. */
function hexDigits(text: string): string | undefined {
  if (text.length > LONGEST_UUID) return undefined;
  const bare = text
    .replaceAll("urn:", "")
    .replaceAll("uuid:", "")
    .replace(/^[{}]+|[{}]+$/g, "")
    .replaceAll("-", "");
  if (bare.length !== 32) return undefined;
  const digits = /^\s*\+?(?:0x_?)?([0-9a-f]+(?:_[0-9a-f]+)*)\s*$/i.exec(bare)?.[1];
  return digits?.replaceAll("_", "").toLowerCase().padStart(32, "0");
}

function uuidHex(state: Value): string {
  const hex = hexDigits(textOf(state) ?? "");
  if (hex === undefined) throw new TypeError("a uuid.UUID must hold 32 hexadecimal digits");
  return hex;
}

/** `werkzeug.http.parse_date`: None for what is empty, false or no date. */
function toDate(value: Value): Value {
  const text = textOf(value);
  if (text !== undefined) return parseHttpDate(text) ?? null;
  const falsy = value === null || value === false || value === 0 || value instanceof Uint8Array;
  const empty = isObject(value)
    ? Object.keys(value).length === 0
    : Array.isArray(value) && value.length === 0;
  if (falsy || empty) return null;
  throw new TagFault("a date's tag holds something that is not text");
}

/** Undoes the wrapping of an object whose only key looks like a tag; drops further keys, as Flask does. */
function toDict(value: Value): Value {
  const key = isObject(value) ? keysInOrder(value)[0] : undefined;
  if (key === undefined || !isObject(value)) throw new TagFault("a dict's tag does not hold an object");
  const single: ValueObject = {};
  setKey(single, key, value[key] ?? null);
  const token = sourceOf(value)?.spelling?.get(key);
  if (token !== undefined) keepSource(single, { spelling: new Map([[key, token]]) });
  return renameKeys(single, (name) => Array.from(name).slice(0, -2).join(""));
}
