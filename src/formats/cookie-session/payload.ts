import * as platform from "#platform";
import type { Limits, Note, Payload } from "../../core/cookie.ts";
import { fail } from "../../core/failure.ts";
import { ok, type Result } from "../../core/result.ts";
import { parseJson, writeJson } from "../../encoding/js-json.ts";
import { decodeNodeBase64 } from "../../encoding/node-base64.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import {
  isObject,
  keepSource,
  setKey,
  sourceOf,
  type Value,
  type ValueObject,
} from "../../encoding/values.ts";

/** Keys that cookie-session 2.1 leaves out: those that every session object already has. */
const RESERVED = new Set([
  ...["_ctx", "isChanged", "isNew", "isPopulated"],
  ...["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString"],
  ...["valueOf", "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"],
]);

/**
 * Reads a cookie's value as `req.session` shows it: base64 as Node reads it, invalid UTF-8 replaced, and a JSON
 * value that is no object turned into one. Fails with `bad-payload` where the middleware starts a new session.
 */
export function readSession(
  value: string,
  limits: Pick<Limits, "maxDepth" | "maxInflated">,
): Result<Payload> {
  if (value === "") return fail("bad-payload", "the cookie is empty, which is how a session is cleared");
  const bytes = decodeNodeBase64(value);
  if (bytes.length > limits.maxInflated) {
    return fail("bad-payload", `the payload is larger than ${limits.maxInflated} bytes`);
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const parsed = parseJson(text, limits);
  if (!parsed.ok) return parsed;
  const warnings: Note[] = [];
  const session = toSession(parsed.value, warnings);
  if (LONG_NUMBER.test(text) && holdsRoundedInteger(session)) warnings.push(ROUNDED);
  return ok({
    type: "json",
    value: session,
    compressed: false,
    size: bytes.length,
    ...(warnings.length > 0 && { warnings }),
  });
}

/**
 * The cookie's value for a session.
 * @throws {TypeError} on anything but an object, a key that the middleware would drop, and what JSON cannot hold
 */
export function writeSession(session: Value): string {
  if (!isObject(session)) throw new TypeError("a cookie-session payload must be an object");
  const dropped = Object.keys(session).find((key) => RESERVED.has(key));
  if (dropped !== undefined) throw new TypeError(`cookie-session drops the key ${JSON.stringify(dropped)}`);
  return platform.base64(encodeUtf8(writeJson(session)));
}

function toSession(value: Value, warnings: Note[]): ValueObject {
  if (isObject(value)) {
    dropReserved(value, warnings);
    return value;
  }
  warnings.push(NOT_AN_OBJECT);
  return typeof value === "string" || Array.isArray(value) ? fromIndexed(value) : {};
}

function dropReserved(session: ValueObject, warnings: Note[]): void {
  const dropped = Object.keys(session).filter((key) => RESERVED.has(key));
  if (dropped.length === 0) return;
  for (const key of dropped) Reflect.deleteProperty(session, key);
  const text = `cookie-session drops these keys of the cookie: ${dropped.join(", ")}.`;
  warnings.push({ level: "warning", code: "dropped-keys", text });
}

/** `for (key in value)` goes through the indexes of an array or a text. */
function fromIndexed(value: string | readonly Value[]): ValueObject {
  const session: ValueObject = {};
  for (let index = 0; index < value.length; index++) setKey(session, String(index), value[index] as Value);
  const spelling = typeof value === "string" ? undefined : sourceOf(value)?.spelling;
  return spelling === undefined ? session : keepSource(session, { spelling });
}

const LONG_NUMBER = /\d{16}/;

/** Whether JavaScript itself would show an integer other than the text's. */
function holdsRoundedInteger(session: ValueObject): boolean {
  const pending: Value[] = [session];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === "bigint" && String(Number(value)) !== String(value)) return true;
    if (typeof value !== "object" || value === null) continue;
    for (const item of Object.values(value)) pending.push(item);
  }
  return false;
}

const ROUNDED: Note = {
  level: "warning",
  code: "rounded-integer",
  text: "An integer beyond 2^53 is shown in full; the server, which reads it as a double, sees it rounded.",
};

const NOT_AN_OBJECT: Note = {
  level: "warning",
  code: "not-an-object",
  text: "The cookie's JSON is no object; what is shown is the session that cookie-session makes of it.",
};
