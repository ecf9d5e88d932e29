import type { AnyFormat } from "../core/guide.ts";
import { similarTo } from "./similar.ts";

/** The hashes that frameworks sign with. */
const HASHES = ["sha1", "sha224", "sha256", "sha384", "sha512", "md5"];

/**
 * Of options that a format refuses, what was probably meant by a version or a hash: "5.2" by "52", "sha256" by
 * "sha-256". Undefined unless the format takes it in that place.
 */
export function meantValue(
  format: AnyFormat,
  options: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const [name, given] of Object.entries(options)) {
    if (typeof given !== "string") continue;
    const meant = [respelled(given), similarTo(given, HASHES)].find(
      (value) => value !== undefined && settles(format, { ...options, [name]: value }),
    );
    if (meant !== undefined) return meant;
  }
  return undefined;
}

function settles(format: AnyFormat, options: Readonly<Record<string, unknown>>): boolean {
  try {
    format.settle(options);
    return true;
  } catch {
    return false;
  }
}

/** The major and the minor number in a text such as "v4.2.x", "4,2" or "52". */
function respelled(text: string): string | undefined {
  const [, major, minor] = /(\d)\D{0,2}(\d{1,2})/.exec(text) ?? [];
  return major === undefined ? undefined : `${major}.${minor}`;
}
