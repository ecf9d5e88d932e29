import * as platform from "#platform";
import type { Limits, Note, Payload } from "../../core/cookie.ts";
import { fail } from "../../core/failure.ts";
import type { Opened } from "../../core/format.ts";
import { ok, type Result } from "../../core/result.ts";
import { decodePythonBase64 } from "../../encoding/python-base64.ts";
import { parsePythonJson, writePythonJson } from "../../encoding/python-json.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import type { Value } from "../../encoding/values.ts";
import type { DjangoBody } from "./layout.ts";
import { messagesToJson, takeMessages } from "./messages.ts";
import { type DjangoOptions, type Plan, planOf } from "./options.ts";

/** Reads pickles as data. */
export interface Unpickler {
  recognises(data: Uint8Array): boolean;
  read(data: Uint8Array, limits: Limits): Result<Pick<Payload, "value" | "warnings">>;
}

const NO_PICKLES: Unpickler = {
  recognises: () => false,
  read: () =>
    fail("unsupported", "the payload is a pickle, which this bundle leaves out", {
      hint: 'createCodec({ format: "django" }) of "cookiesess" reads it',
    }),
};

interface Reader {
  readonly plan: Plan;
  readonly limits: Limits;
  readonly unpickler: Unpickler | undefined;
}

/** `unsign_object` after the signature and the age: base64, inflation, the serializer. */
export function readPayload(
  { body }: Opened<DjangoBody>,
  options: Readonly<DjangoOptions>,
  limits: Limits,
  unpickler?: Unpickler,
): Result<Payload> {
  const plan = planOf(options);
  const reader = { plan, limits, unpickler };
  if (body.layout === "hashed") return deserialize(body.data, false, reader);
  if (plan.serializer === "string") {
    return ok({ type: "text", value: body.text, compressed: false, size: body.text.length });
  }
  const payload = readObject(body.text, reader);
  if (!payload.ok && plan.backend === "messages" && plan.era.messages.readsText) {
    // Django 3.1 signed the JSON text itself.
    const text = deserialize(encodeUtf8(body.text), false, reader);
    if (text.ok) return text;
  }
  return payload;
}

function readObject(text: string, reader: Reader): Result<Payload> {
  const { maxInflated } = reader.limits;
  const compressed = text.startsWith(".");
  const bytes = decodePythonBase64(compressed ? text.slice(1) : text);
  if (bytes === undefined) return fail("bad-payload", "the payload is not base64");
  if (!compressed) return deserialize(bytes, false, reader);
  const data = platform.inflate(bytes, maxInflated);
  if (data === "corrupt")
    return fail("bad-payload", "the payload is marked as compressed and is not a zlib stream");
  if (data === "too-large") {
    return fail("bad-payload", `the payload inflates to more than ${maxInflated} bytes`, {
      hint: "raise the limit with --max-inflated BYTES (maxInflated) if this is expected",
    });
  }
  return deserialize(data, true, reader);
}

function deserialize(data: Uint8Array, compressed: boolean, reader: Reader): Result<Payload> {
  const { plan, limits, unpickler = NO_PICKLES } = reader;
  const size = data.length;
  if (plan.serializer === "pickle") {
    const unpickled = unpickler.read(data, limits);
    return unpickled.ok ? ok({ type: "pickle", compressed, size, ...unpickled.value }) : unpickled;
  }
  const value = parsePythonJson(platform.latin1(data), limits);
  if (!value.ok) {
    if (!unpickler.recognises(data)) return value;
    return fail("bad-payload", "the payload is a pickle, not JSON", {
      hint: "--serializer pickle reads it as data",
    });
  }
  if (plan.backend !== "messages") return ok({ type: "json", value: value.value, compressed, size });
  const taken = takeMessages(value.value);
  if (taken === undefined) return fail("bad-payload", "one of the messages has too few or too many parts");
  return ok({
    type: "messages",
    value: taken.messages,
    compressed,
    size,
    warnings: taken.finished ? [] : [NOT_ALL_MESSAGES],
  });
}

const NOT_ALL_MESSAGES: Note = {
  level: "info",
  code: "messages-not-finished",
  text: "Not all messages fitted into this cookie: the others were dropped, or are in the session.",
};

/**
 * `sign_object` up to the signature: serializes, and compresses where that saves.
 * @throws {TypeError} on a value that the serializer cannot hold
 */
export function writePayload(value: Value, plan: Plan): Result<string> {
  if (plan.serializer === "pickle") {
    return fail("unsupported", "pickle is read but never written: loading one runs what it says", {
      hint: 'sign JSON and set SESSION_SERIALIZER to "django.contrib.sessions.serializers.JSONSerializer"',
    });
  }
  if (plan.serializer === "string") {
    if (typeof value !== "string") throw new TypeError("this backend signs a text, not an object");
    return ok(value);
  }
  return ok(serialize(value, plan));
}

function serialize(value: Value, plan: Plan): string {
  return writePythonJson(plan.backend === "messages" ? messagesToJson(value, plan.era) : value);
}

/** base64url with Django's rule of when compression pays. */
export function encodeObject(data: Uint8Array, compress: boolean): string {
  if (compress) {
    const compressed = platform.deflate(data);
    if (compressed.length < data.length - 1) return `.${platform.base64url(compressed)}`;
  }
  return platform.base64url(data);
}

/** Whether whoever wrote this did not ask for compression, although it would have saved. */
export function leavesUncompressed(body: DjangoBody): boolean {
  if (body.layout === "hashed" || body.text.startsWith(".")) return false;
  const data = decodePythonBase64(body.text);
  return data !== undefined && encodeObject(data, true).startsWith(".");
}
