import * as platform from "#platform";
import { bind, seal } from "../codec.ts";
import type { CookiePair } from "../core/cookie.ts";
import type { Content } from "../core/format.ts";
import type { AnyFormat } from "../core/guide.ts";
import type { Secret } from "../core/keyring.ts";
import { verify } from "../core/verify.ts";
import type { Value } from "../encoding/values.ts";
import { toInput } from "./specimen.ts";

type Pairs = readonly [CookiePair, ...CookiePair[]];

/** How a cookie is minted, where not as the forge does. */
export interface Manner {
  /** Unix seconds. */
  readonly now?: number;
  /** Settled. */
  readonly options?: object;
  /** The cookie's name. */
  readonly name?: string;
}

/** Mints cookies under one secret, also such as no framework would. */
export interface Forge {
  /** Undefined where the format cannot say that: a time or a value that it does not hold. */
  sign(value: Value, manner?: Manner): Pairs | undefined;
  /** The same with any bytes for the serialized payload; undefined where the format has no place for them. */
  signBytes(serialized: Uint8Array, compression?: "deflated"): Pairs | undefined;
  /** Whether the format accepts them as it is usual, whatever their age. */
  verifies(pairs: Pairs): boolean;
}

/** Its `manner` is complete. */
export function makeForge(format: AnyFormat, secret: Secret, usual: Required<Manner>): Forge {
  const bindings = new Map<object, ReturnType<typeof bindTo>>();
  const bindTo = (options: object) => bind(format, { ...options, secret });
  const bindingOf = (options: object) => {
    const binding = bindings.get(options) ?? bindTo(options);
    bindings.set(options, binding);
    return binding;
  };
  const mint = (content: Content<unknown>, manner?: Manner) => {
    const { now, options, name } = { ...usual, ...manner };
    try {
      return seal({ ...bindingOf(options), name }, content, { now, random: platform.random });
    } catch {
      return undefined;
    }
  };
  return {
    sign: (value, manner) => mint({ kind: "value", value }, manner),
    signBytes(serialized, compression) {
      const body = format.bodyOf?.(serialized, usual.options, compression);
      return body === undefined ? undefined : mint({ kind: "body", body, keepTime: false });
    },
    verifies: (pairs) => verify(toInput(pairs), { ...bindingOf(usual.options), maxAge: null }, usual.now).ok,
  };
}
