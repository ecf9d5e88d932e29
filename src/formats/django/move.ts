import * as platform from "#platform";
import type { Note, Payload } from "../../core/cookie.ts";
import { fail } from "../../core/failure.ts";
import type { Move, Moved } from "../../core/flags.ts";
import { ok, type Result } from "../../core/result.ts";
import { fitJson } from "../../encoding/json-fit.ts";
import { decodePythonBase64 } from "../../encoding/python-base64.ts";
import { isObject, setKey, type Value } from "../../encoding/values.ts";
import { renewAuthHash } from "./auth.ts";
import { USER_HASH } from "./auth-keys.ts";
import type { DjangoBody } from "./layout.ts";
import type { DjangoOptions } from "./options.ts";
import { encodeObject } from "./payload.ts";

const TUPLES: Note = {
  level: "info",
  code: "tuples-are-lists",
  text: "JSON has no tuples: they are lists now.",
};

const KEYS: Note = {
  level: "info",
  code: "keys-are-text",
  text: "JSON has no keys but text: numbers, booleans and None as keys are text now.",
};

/** From pickle to JSON, and `_auth_user_hash` from one secret to another (`fixAuthHash` and `passwordHash`). */
export function move(given: Move<DjangoBody, DjangoOptions>): Result<Moved<DjangoBody>> {
  const { payload, rewrite, renew } = given;
  const fit = rewrite ? fitJson(payload.value) : undefined;
  if (fit?.misfit !== undefined) return cannotHold(fit.misfit);
  const notes = [...(fit?.tuples ? [TUPLES] : []), ...(fit?.keys ? [KEYS] : [])];
  if (renew?.asked.fixAuthHash !== true) return ok({ content: rewritten(payload, rewrite), notes });
  const renewed = renewAuthHash(payload.value, renew, given.to);
  if (!renewed.ok) return renewed;
  if (renewed.value === undefined) return ok({ content: rewritten(payload, rewrite), notes });
  const { hash, fresh } = renewed.value;
  const body = rewrite ? undefined : exchange(given.body, payload, hash, fresh);
  if (body !== undefined) return ok({ content: { kind: "body", body }, notes });
  if (isObject(payload.value)) setKey(payload.value, USER_HASH, fresh);
  return ok({ content: { kind: "value", value: payload.value }, notes });
}

function rewritten({ value }: Payload, rewrite: boolean): { kind: "value"; value: Value } | undefined {
  return rewrite ? { kind: "value", value } : undefined;
}

function cannotHold({ path, what }: { readonly path: string; readonly what: string }) {
  return fail("bad-payload", `JSON cannot hold ${what}${path === "" ? "" : ` (at ${path})`}`, {
    hint: "the application has to turn it into text or numbers first",
  });
}

/** The body with one text in the place of another as long, where that stands in it once: no other byte changes. */
function exchange(body: DjangoBody, payload: Payload, old: string, fresh: string): DjangoBody | undefined {
  const data = old.length === fresh.length ? serialized(body, payload) : undefined;
  if (data === undefined) return undefined;
  const text = platform.latin1(data);
  const at = text.indexOf(old);
  if (at < 0 || text.includes(old, at + 1)) return undefined;
  const changed = platform.fromLatin1(text.slice(0, at) + fresh + text.slice(at + old.length));
  return body.layout === "hashed"
    ? { ...body, data: changed }
    : { ...body, text: encodeObject(changed, payload.compressed) };
}

function serialized(body: DjangoBody, { compressed, size }: Payload): Uint8Array | undefined {
  if (body.layout === "hashed") return body.data;
  const bytes = decodePythonBase64(compressed ? body.text.slice(1) : body.text);
  const data = compressed && bytes !== undefined ? platform.inflate(bytes, size) : bytes;
  return typeof data === "string" ? undefined : data;
}
