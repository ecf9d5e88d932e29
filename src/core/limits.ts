import type { Limits } from "./cookie.ts";

export const DEFAULT_LIMITS: Limits = { maxLength: 1_048_576, maxInflated: 1_048_576, maxDepth: 1_000 };

/** @throws {TypeError} on a limit that is no positive whole number: comparing with another would let all through */
export function settleLimits(given: { readonly [Name in keyof Limits]?: Limits[Name] | undefined }): Limits {
  const limit = (name: keyof Limits) => {
    const value = given[name] ?? DEFAULT_LIMITS[name];
    if (!Number.isSafeInteger(value) || value < 1)
      throw new TypeError(`${name} must be a positive whole number`);
    return value;
  };
  return { maxLength: limit("maxLength"), maxInflated: limit("maxInflated"), maxDepth: limit("maxDepth") };
}
