import {
  asBytes,
  readDate,
  readDatetime,
  readTime,
  readTimedelta,
  readTimezone,
  ZONES,
} from "./pickle-datetime.ts";
import type { Entry, ObjectBuilder } from "./pickle-objects.ts";
import { floatRepr } from "./pickle-repr.ts";
import { Foreign, isObject, setKey, sourceOf, type Value, type ValueObject } from "./values.ts";

/** A call that a pickle describes, its parts as data. */
export interface Call {
  readonly name: string;
  /** The function, where it is itself the result of a call. */
  readonly callable: Value | undefined;
  readonly args: Value;
  readonly kwargs: Value | undefined;
  /** Set by BUILD. */
  readonly state: Value | undefined;
  /** Appended, or added to a set. */
  readonly items: Value | undefined;
  /** Set as keys. */
  readonly entries: Value | undefined;
}

type Reader = (args: readonly Value[]) => Value | undefined;

function readSet(args: readonly Value[]): Value | undefined {
  const [items] = args;
  if (args.length === 0) return new Set();
  return args.length === 1 && Array.isArray(items) ? new Set<Value>(items) : undefined;
}

function readBytes(args: readonly Value[]): Value | undefined {
  return args.length === 0 ? new Uint8Array() : undefined;
}

/** Of bytes, or of Latin-1 text with the encoding's name. */
function readByteArray(args: readonly Value[]): Value | undefined {
  if (args.length === 0) return new Uint8Array();
  return args.length === 1 ? asBytes(args[0]) : readEncoded(args);
}

/** `_codecs.encode(text, "latin1")`: how protocols 0 to 2 carry the bytes of Python 3. */
function readEncoded(args: readonly Value[]): Value | undefined {
  const [text, encoding] = args;
  if (args.length !== 2 || typeof text !== "string") return undefined;
  return encoding === "latin1" || encoding === "latin-1" ? asBytes(text) : undefined;
}

function readComplex(args: readonly Value[]): Value | undefined {
  const [real, imaginary] = args;
  if (args.length !== 2 || typeof real !== "number" || typeof imaginary !== "number") return undefined;
  const part = (value: number) => floatRepr(value).replace(/\.0$/, "");
  const imaginaryText = `${part(imaginary)}j`;
  if (Object.is(real, 0)) return new Foreign("builtins.complex", imaginaryText);
  const sign = imaginaryText.startsWith("-") ? "" : "+";
  return new Foreign("builtins.complex", `(${part(real)}${sign}${imaginaryText})`);
}

function readText(args: readonly Value[]): Value | undefined {
  const [text] = args;
  return args.length === 1 && typeof text === "string" ? text : undefined;
}

function readDecimal(args: readonly Value[]): Value | undefined {
  const text = readText(args);
  return text === undefined ? undefined : new Foreign("decimal.Decimal", text);
}

function readUuid(state: Value): Value | undefined {
  const integer = isObject(state) ? state.int : undefined;
  if (typeof integer !== "bigint" && (typeof integer !== "number" || !Number.isInteger(integer)))
    return undefined;
  const hex = BigInt(integer).toString(16).padStart(32, "0");
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return new Foreign("uuid.UUID", hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
}

/** Classes whose instances are made by their arguments alone. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["builtins.set", readSet],
  ["builtins.frozenset", readSet],
  ["builtins.bytes", readBytes],
  ["builtins.bytearray", readByteArray],
  ["builtins.complex", readComplex],
  ["_codecs.encode", readEncoded],
  ["datetime.date", readDate],
  ["datetime.datetime", readDatetime],
  ["datetime.time", readTime],
  ["datetime.timedelta", readTimedelta],
  ["datetime.timezone", readTimezone],
  ["decimal.Decimal", readDecimal],
  ["django.utils.safestring.SafeString", readText],
  ["django.utils.safestring.SafeText", readText],
  ["django.utils.safestring.SafeUnicode", readText],
]);

const OTHER_HARMLESS: ReadonlySet<string> = new Set([
  "builtins.object",
  "builtins.str",
  "__builtin__.unicode",
  "collections.OrderedDict",
  "copyreg._reconstructor",
  "uuid.UUID",
]);

/** Python 3 as protocols 0 to 2 call it, after Python 2. */
function modernName(name: string): string {
  return name.replace(/^__builtin__\./, "builtins.").replace(/^copy_reg\./, "copyreg.");
}

/** Whether a name stands for data that is read as such here. */
export function isHarmless(name: string): boolean {
  return [READERS, OTHER_HARMLESS, ZONES].some((names) => names.has(name) || names.has(modernName(name)));
}

/** What a call would have made, if that is well known to be data; otherwise its description. */
export function describeCall(call: Call, objects: ObjectBuilder): Value {
  const direct = withoutHelper(call);
  return readKnown(direct, objects) ?? new Foreign(direct.name, stateOf(direct));
}

/** Helpers of copyreg take the class as their first argument. */
function withoutHelper(call: Call): Call {
  if (!Array.isArray(call.args)) return call;
  const [target, ...rest]: readonly Value[] = call.args;
  if (!(target instanceof Foreign) || target.state !== null) return call;
  switch (modernName(call.name)) {
    case "copyreg._reconstructor":
      return { ...call, name: target.className, args: rest[1] == null ? [] : [rest[1]] };
    case "copyreg.__newobj__":
      return { ...call, name: target.className, args: rest };
    case "copyreg.__newobj_ex__":
      return { ...call, name: target.className, args: rest[0] ?? [], kwargs: rest[1] ?? {} };
    default:
      return call;
  }
}

function readKnown(call: Call, objects: ObjectBuilder): Value | undefined {
  const { args, state, items, entries } = call;
  const name = modernName(call.name);
  if (!Array.isArray(args) || call.kwargs !== undefined) return undefined;
  if (name === "uuid.UUID") return args.length === 0 && state !== undefined ? readUuid(state) : undefined;
  if (state !== undefined) return undefined;
  if (name === "collections.OrderedDict" && items === undefined)
    return readOrderedDict(args, entries, objects);
  const value = entries === undefined ? READERS.get(name)?.(args) : undefined;
  if (items === undefined) return value;
  return value instanceof Set && Array.isArray(items) ? new Set([...value, ...items]) : undefined;
}

/** Python 3 sets the entries afterwards; Python 2 passes a list of pairs. */
function readOrderedDict(
  args: readonly Value[],
  entries: Value | undefined,
  objects: ObjectBuilder,
): Value | undefined {
  if (args.length === 0) return entries ?? {};
  const [pairs] = args;
  if (args.length !== 1 || entries !== undefined || !Array.isArray(pairs)) return undefined;
  const read: Entry[] = [];
  for (const pair of pairs as readonly Value[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [key, value]: readonly Value[] = pair;
    const spelling = sourceOf(pair)?.spelling;
    read.push({
      key: key ?? null,
      value: value ?? null,
      keySpelling: spelling?.get("0"),
      valueSpelling: spelling?.get("1"),
    });
  }
  return objects.build(read);
}

function stateOf(call: Call): ValueObject {
  const { callable, args, kwargs, state, items, entries } = call;
  const parts = { callable, args, kwargs, state, items, entries };
  const present: ValueObject = {};
  for (const [part, value] of Object.entries(parts)) if (value !== undefined) setKey(present, part, value);
  return present;
}
