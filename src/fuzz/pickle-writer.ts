import { encodeUtf8 } from "../encoding/utf8.ts";
import { isObject, type Value } from "../encoding/values.ts";

const ascii = (text: string) => Array.from(text, (char) => char.charCodeAt(0));

/**
 * A pickle, protocol 2, of plain data: dicts, lists, text, numbers, booleans and None. Loading it builds these and
 * runs nothing. Undefined for anything else.
 * Source: Lib/pickletools.py
 */
export function writePickle(value: Value): Uint8Array | undefined {
  const bytes = [0x80, 2];
  if (!put(value, bytes)) return undefined;
  return Uint8Array.from([...bytes, ...ascii(".")]);
}

function put(value: Value, bytes: number[]): boolean {
  if (value === null) bytes.push(...ascii("N"));
  else if (typeof value === "boolean") bytes.push(value ? 0x88 : 0x89);
  else if (typeof value === "number")
    bytes.push(...ascii(`${Number.isInteger(value) ? "I" : "F"}${value}\n`));
  else if (typeof value === "string") putText(value, bytes);
  else if (Array.isArray(value)) return putAll(value, bytes, "](", "e");
  else if (isObject(value)) return putAll(Object.entries(value).flat(), bytes, "}(", "u");
  else return false;
  return true;
}

function putAll(items: readonly Value[], bytes: number[], open: string, close: string): boolean {
  bytes.push(...ascii(open));
  if (!items.every((item) => put(item, bytes))) return false;
  bytes.push(...ascii(close));
  return true;
}

function putText(text: string, bytes: number[]): void {
  const utf8 = encodeUtf8(text);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, utf8.length, true);
  bytes.push(...ascii("X"), ...length, ...utf8);
}
