import type { Limits } from "../core/cookie.ts";
import type { AnyFormat } from "../core/guide.ts";
import { KeyCache, type Keyring } from "../core/keyring.ts";
import type { Binding } from "../core/verify.ts";
import { UsageError } from "./errors.ts";
import { meantValue } from "./meant.ts";

/**
 * A format's options, complete.
 * @throws {UsageError} on what the framework would not take
 */
export function settle(format: AnyFormat, options: Readonly<Record<string, unknown>>): object {
  try {
    return format.settle(options);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const meant = meantValue(format, options);
    throw new UsageError(error.message, meant === undefined ? undefined : `did you mean ${meant}?`);
  }
}

/** A programmer's mistake of the library is a user's mistake here. */
export function asUsage<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

export type AnyBinding = Binding<unknown, unknown, unknown, object, AnyFormat>;

export function bindKeys(
  format: AnyFormat,
  options: object,
  keyring: Keyring,
  limits: Limits,
  maxAge: number | null | undefined,
): AnyBinding {
  return {
    format,
    options,
    limits,
    keys: new KeyCache(keyring, (key, name) => format.derive(key, { options, name })),
    name: (options as { readonly name?: string }).name,
    maxAge: maxAge === undefined ? format.maxAge(options) : maxAge,
  };
}
