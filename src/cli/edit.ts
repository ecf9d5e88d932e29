import type { AnyFormat } from "../core/guide.ts";
import {
  isObject,
  keepSource,
  type Source,
  setKey,
  sourceOf,
  type Value,
  type ValueObject,
} from "../encoding/values.ts";
import { UsageError } from "./errors.ts";

/**
 * Applies one `--set key=value` to a payload, in place where it can, so that everything else keeps its order and
 * spelling. Dots go deeper (`\.` is a dot), numbers index lists; the value is JSON, else text.
 * @throws {UsageError} when the path leads nowhere
 */
export function applySet(root: Value, assignment: string, format: AnyFormat, options: object): Value {
  const equals = assignment.indexOf("=");
  if (equals < 1) throw new UsageError(`--set: "${assignment.slice(0, 40)}" is not key=value`);
  const path = splitPath(assignment.slice(0, equals));
  const { value, spelling } = readValue(assignment.slice(equals + 1), format, options);
  if (!isObject(root) && !Array.isArray(root)) throw new UsageError("--set: the payload is not an object");
  let container: ValueObject | Value[] = root as ValueObject | Value[];
  for (const key of path.slice(0, -1)) container = enter(container, key);
  put(container, path.at(-1) ?? "", value, spelling);
  return root;
}

function splitPath(text: string): string[] {
  return text.split(/(?<!\\)\./).map((key) => key.replaceAll("\\.", "."));
}

/** JSON as the format reads it, with the spelling of a number; else the text itself. */
export function readValue(
  text: string,
  format: AnyFormat,
  options: object,
): { value: Value; spelling: string | undefined } {
  const list = format.parseText(`[${text}]`, options);
  if (!list.ok || !Array.isArray(list.value) || list.value.length !== 1)
    return { value: text, spelling: undefined };
  return { value: list.value[0] as Value, spelling: sourceOf(list.value)?.spelling?.get("0") };
}

function enter(container: ValueObject | Value[], key: string): ValueObject | Value[] {
  const next = Array.isArray(container) ? container[index(container, key)] : ownValue(container, key);
  if (Array.isArray(next)) return next as Value[];
  if (next !== undefined && isObject(next)) return next;
  if (next !== undefined) throw new UsageError(`--set: "${key}" holds a value, not an object`);
  const created: ValueObject = {};
  put(container, key, created, undefined);
  return created;
}

function ownValue(container: ValueObject, key: string): Value | undefined {
  return Object.hasOwn(container, key) ? container[key] : undefined;
}

function index(list: readonly Value[], key: string): number {
  if (!/^\d{1,9}$/.test(key) || Number(key) > list.length) {
    throw new UsageError(`--set: "${key}" is not an index of a list of ${list.length}`);
  }
  return Number(key);
}

function put(
  container: ValueObject | Value[],
  key: string,
  value: Value,
  spelling: string | undefined,
): void {
  if (Array.isArray(container)) container[index(container, key)] = value;
  else setKey(container, key, value);
  const source = sourceOf(container);
  if (source === undefined && spelling === undefined) return;
  const spellings = new Map(source?.spelling);
  if (spelling === undefined) spellings.delete(key);
  else spellings.set(key, spelling);
  const { spelling: _replaced, ...rest }: Source = source ?? {};
  keepSource(container, { ...rest, spelling: spellings });
}
