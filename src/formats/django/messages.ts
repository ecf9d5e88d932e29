import { isObject, keysInOrder, setKey, type Value, type ValueObject } from "../../encoding/values.ts";
import type { Era } from "./era.ts";

const MESSAGE_KEY = "__json_message";

/** `CookieStorage.not_finished`, the last item of a list that did not fit into the cookie as a whole. */
const NOT_FINISHED = "__messagesnotfinished__";

/**
 * `MessageDecoder`: every `["__json_message", safe, level, text, tags?]` becomes
 * `{ level, message, extra_tags, safe }`; anything else stays.
 */
function messagesFromJson(value: Value): Value {
  if (Array.isArray(value)) {
    const [key, safe, level, message, tags = null] = value as readonly Value[];
    if (key !== MESSAGE_KEY) return value.map(messagesFromJson);
    return { level: level ?? null, message: message ?? null, extra_tags: tags, safe: isTruthy(safe) };
  }
  return isObject(value) ? mapValues(value, messagesFromJson) : value;
}

function mapValues(object: ValueObject, change: (value: Value) => Value): ValueObject {
  const mapped: ValueObject = {};
  for (const key of keysInOrder(object)) setKey(mapped, key, change(object[key] as Value));
  return mapped;
}

/** A message of another length makes `MessageDecoder` raise TypeError or IndexError. */
function isIntact(value: Value): boolean {
  if (Array.isArray(value)) {
    return value[0] === MESSAGE_KEY ? value.length === 4 || value.length === 5 : value.every(isIntact);
  }
  return !isObject(value) || Object.values(value).every(isIntact);
}

/** The messages that `CookieStorage._get` hands out, and whether they are all there were; undefined where it raises. */
export function takeMessages(
  value: Value,
): { readonly messages: Value; readonly finished: boolean } | undefined {
  if (!isIntact(value)) return undefined;
  const messages = messagesFromJson(value);
  if (!Array.isArray(messages) || messages.at(-1) !== NOT_FINISHED) return { messages, finished: true };
  return { messages: messages.slice(0, -1), finished: false };
}

function isTruthy(value: Value | undefined): boolean {
  return value !== 0 && Boolean(value);
}

/** `MessageEncoder`, with the version's rule for empty tags. */
export function messagesToJson(value: Value, era: Era): Value {
  if (Array.isArray(value)) return value.map((item: Value) => messagesToJson(item, era));
  if (!isObject(value) || !isMessage(value)) return value;
  const tags = value.extra_tags ?? null;
  const written = era.messages.keepsEmptyTags ? tags !== null : tags !== null && tags !== "";
  const encoded = [MESSAGE_KEY, value.safe === true ? 1 : 0, value.level ?? null, value.message ?? null];
  return written ? [...encoded, tags] : encoded;
}

function isMessage(value: ValueObject): boolean {
  return Object.hasOwn(value, "level") && Object.hasOwn(value, "message");
}
