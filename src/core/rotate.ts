import { accompanied, type Companions } from "./companion.ts";
import type { CookieInput, CookiePair } from "./cookie.ts";
import type { Failure } from "./failure.ts";
import type { Env } from "./format.ts";
import { authenticate, type Binding, verify } from "./verify.ts";

/** A cookie under the current secret. */
export interface Rotated {
  readonly ok: true;
  /** The cookie's value. */
  readonly value: string;
  /** Every cookie, for formats that need two. */
  readonly cookies: readonly [CookiePair, ...CookiePair[]];
  /** False when the current secret had already made it: the value is the one that was given. */
  readonly changed: boolean;
}

/** Re-signs a valid cookie: the same payload bytes and the same time under the current secret. */
export function rotate<Detail, Body, Key, Options extends object>(
  input: CookieInput,
  binding: Binding<Detail, Body, Key, Options>,
  env: Env,
): Rotated | Failure {
  const { format, options, keys } = binding;
  const verified = verify(input, binding, env.now);
  if (!verified.ok) return verified;
  const name = binding.name ?? input.name;
  if (!verified.needsRotation) return unchanged(input, name ?? format.cookieName(options) ?? "", format);
  const match = authenticate(input, binding);
  const key = keys.key(0, name);
  if (!match.ok) return match;
  if (key === undefined) throw new TypeError("the secret is empty");
  const now = match.value.opened.issuedAt ?? env.now;
  const sealed = format.seal(
    { kind: "body", body: match.value.opened.body, keepTime: true },
    key,
    { options, name },
    { ...env, now },
  );
  if (!sealed.ok) return sealed;
  return { ok: true, value: sealed.value[0].value, cookies: sealed.value, changed: true };
}

/** The cookie as it was given, its companions with it. */
export function unchanged({ value, siblings }: CookieInput, name: string, format: Companions): Rotated {
  const companions = [...(siblings ?? [])]
    .filter(([other]) => accompanied(format, other) === name)
    .map(([other, text]) => ({ name: other, value: text }));
  return { ok: true, value, cookies: [{ name, value }, ...companions], changed: false };
}
