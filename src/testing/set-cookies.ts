import type { CookieAttributes } from "../core/pasted.ts";
import { parseSetCookie } from "../core/set-cookie.ts";

export interface SetCookie {
  readonly name: string;
  /** As it stands in the header. */
  readonly text: string;
  readonly attributes: CookieAttributes;
}

/**
 * The cookies that a response sets, as a browser ends up with them: of two with the same name, domain and path the
 * last one counts. Cookies without a name are left out.
 * `source`: the lines, or a response of fetch, `node:http`, supertest, `inject` …
 * @throws {TypeError} on what is no response
 */
export function setCookies(source: unknown): readonly SetCookie[] {
  const kept = new Map<string, SetCookie>();
  for (const line of linesOf(source)) {
    for (const { name, text, attributes = {} } of parseSetCookie(line.replace(/^set-cookie:/i, ""))) {
      if (name === undefined) continue;
      const key = JSON.stringify([name, attributes.domain?.toLowerCase(), attributes.path]);
      kept.delete(key);
      kept.set(key, { name, text, attributes });
    }
  }
  return [...kept.values()];
}

/** Every attribute, those too that a header says by leaving them out. */
export function attributesOf({ attributes }: SetCookie): CookieAttributes {
  return { secure: false, httpOnly: false, partitioned: false, ...attributes };
}

/** `now`: Unix seconds. */
export function isDeleted({ attributes: { maxAge, expires } }: SetCookie, now: number): boolean {
  return maxAge === undefined ? expires !== undefined && expires <= now : maxAge <= 0;
}

interface Received {
  readonly getHeader?: (name: string) => unknown;
  readonly headers?: { readonly getSetCookie?: () => unknown } & { readonly [name: string]: unknown };
}

function linesOf(source: unknown): readonly string[] {
  const lines = [headerOf(source) ?? []].flat();
  if (lines.every((line) => typeof line === "string")) return lines;
  throw new TypeError("a Set-Cookie line is no string");
}

function headerOf(source: unknown): unknown {
  if (typeof source === "string" || Array.isArray(source)) return source;
  const received = (source ?? {}) as Received;
  if (typeof received.getHeader === "function") return received.getHeader("set-cookie");
  const { headers } = received;
  if (typeof headers !== "object" || headers === null) {
    throw new TypeError(
      "the received value is no response: a Response, a ServerResponse, { headers }, or lines of Set-Cookie",
    );
  }
  if (typeof headers.getSetCookie === "function") return headers.getSetCookie();
  return Object.entries(headers).find(([name]) => name.toLowerCase() === "set-cookie")?.[1];
}
