import platform from "#platform";
import { bind, seal } from "../codec.ts";
import type { CookiePair } from "../core/cookie.ts";
import type { AnyFormat, Content } from "../core/format.ts";
import type { Secret } from "../core/keyring.ts";
import type { Value } from "../encoding/values.ts";

type Pairs = readonly [CookiePair, ...CookiePair[]];

/** Mints cookies under one secret, also such as no framework would. */
export interface Forge {
  /**
   * `now`: Unix seconds. `options`: in place of the forge's own. Undefined where the format cannot say that: a time
   * or a value that it does not hold.
   */
  sign(value: Value, how?: { readonly now?: number; readonly options?: object }): Pairs | undefined;
  /** The same with any bytes for the serialized payload; undefined where the format has no place for them. */
  signBytes(serialized: Uint8Array): Pairs | undefined;
}

/** `options`: settled. `now`: Unix seconds, of what is minted. */
export function makeForge(
  format: AnyFormat,
  options: object,
  secret: Secret,
  name: string,
  now: number,
): Forge {
  const bindings = new Map<object, ReturnType<typeof bindTo>>();
  const bindTo = (settled: object) => bind(format, { ...settled, secret });
  const bindingOf = (settled: object) => {
    const known = bindings.get(settled) ?? bindTo(settled);
    bindings.set(settled, known);
    return known;
  };
  const mint = (content: Content<unknown>, at: number, settled: object) => {
    try {
      return seal({ ...bindingOf(settled), name }, content, { now: at, random: platform.random });
    } catch {
      return undefined;
    }
  };
  return {
    sign: (value, how) => mint({ kind: "value", value }, how?.now ?? now, how?.options ?? options),
    signBytes(serialized) {
      const body = format.bodyOf?.(serialized, options);
      return body === undefined ? undefined : mint({ kind: "body", body, keepTime: false }, now, options);
    },
  };
}
