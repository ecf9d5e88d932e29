import type { CookieInput } from "../../core/cookie.ts";
import type { Guess } from "../../core/guide.ts";
import { parseJson } from "../../encoding/js-json.ts";
import { decodeNodeBase64 } from "../../encoding/node-base64.ts";
import { isObject, type ValueObject } from "../../encoding/values.ts";
import { keygripShapes } from "../../schemes/keygrip.ts";
import { type CookieSessionOptions, isName, SIGNATURE_SUFFIX, signatureName } from "./options.ts";

/** The base64 of `{"` or `{}`, with nothing but base64 behind it. */
const OBJECT_IN_BASE64 = /^(?:ey[I-L]|e3)[A-Za-z0-9+/_-]*={0,2}$/;

const MAX_DEPTH = 100;

/** Guesses from the pair of cookies, or from the value alone. */
export function recognise(input: CookieInput): readonly Guess<CookieSessionOptions>[] {
  if (input.name?.endsWith(SIGNATURE_SUFFIX)) return [];
  const beside = input.name === undefined ? signedName(input) : undefined;
  const name = input.name ?? beside;
  const signature = name === undefined ? undefined : input.siblings?.get(signatureName(name));
  const shape = keygripShapes(signature ?? "")[0];
  const object = jsonObject(input.value);
  const options = { ...(beside !== undefined && { name: beside }), ...shape };
  if (shape !== undefined) return [{ likeness: pairLikeness(object), options }];
  if (object === undefined || isOthers(object)) return [];
  return [{ likeness: signature === undefined ? 0.4 : 0.8, options }];
}

/** The name whose signature is beside a nameless value. */
export function signedName(input: CookieInput): string | undefined {
  for (const other of input.siblings?.keys() ?? []) {
    const name = other.slice(0, -SIGNATURE_SUFFIX.length);
    if (other === signatureName(name) && isName(name)) return name;
  }
  return undefined;
}

/** Koa signs its sessions in the same way and marks them with an expiry. */
function pairLikeness(object: ValueObject | undefined): number {
  if (object === undefined) return 0.5;
  return Object.hasOwn(object, "_expire") || Object.hasOwn(object, "_session") ? 0.6 : 0.97;
}

/** Laravel's envelope is base64 of a JSON object too. */
function isOthers(object: ValueObject): boolean {
  return Object.hasOwn(object, "iv") && Object.hasOwn(object, "mac");
}

function jsonObject(value: string): ValueObject | undefined {
  if (!OBJECT_IN_BASE64.test(value)) return undefined;
  const parsed = parseJson(new TextDecoder().decode(decodeNodeBase64(value)), { maxDepth: MAX_DEPTH });
  return parsed.ok && isObject(parsed.value) ? parsed.value : undefined;
}
