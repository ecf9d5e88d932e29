import type { CookiePair } from "../core/cookie.ts";
import {
  formatCookieHeader,
  formatCurl,
  formatNetscape,
  formatPlaywright,
  formatSetCookie,
} from "../core/cookie-output.ts";
import { parseDuration } from "../core/duration.ts";
import type { CookieAttributes } from "../core/pasted.ts";
import type { Value } from "../encoding/values.ts";
import { UsageError } from "./errors.ts";
import { jsonLine } from "./report/json.ts";
import { asUsage } from "./settings.ts";

export const OUTPUTS = [
  "value",
  "cookie-header",
  "set-cookie",
  "curl",
  "netscape",
  "playwright",
  "json",
] as const;
type Output = (typeof OUTPUTS)[number];

export const SAME_SITE = ["Strict", "Lax", "None"] as const;

export interface OutputFlags {
  readonly output?: Output;
  readonly json?: boolean;
  readonly url?: string;
  readonly domain?: string;
  readonly path?: string;
  readonly secure?: boolean;
  readonly httpOnly?: boolean;
  readonly sameSite?: (typeof SAME_SITE)[number];
  readonly expiresIn?: string;
}

/** @throws {UsageError} on an output that lacks what it needs */
export function outputOf(flags: OutputFlags): Output {
  if (flags.json && flags.output !== undefined && flags.output !== "json") {
    throw new UsageError(`--json and --output ${flags.output} exclude each other`);
  }
  const output = flags.json ? "json" : (flags.output ?? "value");
  if (flags.url !== undefined && !isWebUrl(flags.url))
    throw new UsageError("--url: it is no http or https URL", "as in https://example.org/");
  if (output === "playwright" && flags.url === undefined)
    throw new UsageError("--output playwright needs --url");
  if (output === "netscape" && flags.url === undefined && flags.domain === undefined) {
    throw new UsageError("--output netscape needs --domain or --url");
  }
  if (output === "set-cookie" && flags.sameSite === "None" && !flags.secure) {
    throw new UsageError("--same-site None needs --secure", "browsers refuse such a cookie");
  }
  return output;
}

/** "localhost:8000" is a URL too, of the scheme "localhost". */
function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** @throws {UsageError} on a lifetime that is none */
export function attributesOf(flags: OutputFlags, now: number): CookieAttributes {
  return {
    domain: flags.domain,
    path: flags.path ?? "/",
    secure: flags.secure,
    httpOnly: flags.httpOnly,
    sameSite: flags.sameSite,
    ...lifetime(flags.expiresIn, now),
  };
}

function lifetime(expiresIn: string | undefined, now: number): { expires?: number; maxAge?: number } {
  if (expiresIn === undefined) return {};
  const seconds = parseDuration(expiresIn);
  if (seconds === undefined || seconds === null) {
    throw new UsageError(
      `--expires-in: "${expiresIn}" is not a duration`,
      "seconds, or 90s, 15m, 12h, 14d, 2w",
    );
  }
  return { maxAge: Math.trunc(seconds), expires: Math.trunc(now + seconds) };
}

const ATTRIBUTE_FLAGS = {
  domain: "--domain",
  path: "--path",
  secure: "--secure",
  httpOnly: "--http-only",
  sameSite: "--same-site",
  expiresIn: "--expires-in",
} as const;

/** The flags for attributes of which this output says nothing. */
export function idleFlags(output: Output, flags: OutputFlags): readonly string[] {
  if (output !== "value" && output !== "cookie-header" && output !== "curl") return [];
  const names = Object.keys(ATTRIBUTE_FLAGS) as (keyof typeof ATTRIBUTE_FLAGS)[];
  return names.filter((name) => flags[name] !== undefined).map((name) => ATTRIBUTE_FLAGS[name]);
}

/** What is printed for minted cookies. `details` are the further members of `json`. */
export function writeOutput(
  output: Output,
  pairs: readonly [CookiePair, ...CookiePair[]],
  attributes: CookieAttributes,
  flags: OutputFlags,
  details: Readonly<Record<string, Value | undefined>>,
): string {
  if (output === "value") return `${pairs[0].value}\n`;
  if (output === "json") return jsonOutput(pairs, attributes, details);
  if (pairs.some(({ name }) => name === ""))
    throw new UsageError("the cookie needs a name", "--name COOKIE_NAME");
  return asUsage(() => formatted(output, pairs, attributes, flags));
}

function formatted(
  output: Exclude<Output, "value" | "json">,
  pairs: readonly CookiePair[],
  attributes: CookieAttributes,
  flags: OutputFlags,
): string {
  const domain = attributes.domain ?? (flags.url === undefined ? "" : new URL(flags.url).hostname);
  switch (output) {
    case "cookie-header":
      return `Cookie: ${formatCookieHeader(pairs)}\n`;
    case "set-cookie":
      return pairs.map((pair) => `Set-Cookie: ${formatSetCookie(pair, attributes)}\n`).join("");
    case "curl":
      return `${formatCurl(pairs, flags.url)}\n`;
    case "netscape":
      return formatNetscape(pairs, { ...attributes, domain });
    case "playwright":
      return `${JSON.stringify(formatPlaywright(pairs, { ...attributes, url: flags.url ?? "" }), null, 2)}\n`;
  }
}

function jsonOutput(
  pairs: readonly [CookiePair, ...CookiePair[]],
  { expires, ...rest }: CookieAttributes,
  details: Readonly<Record<string, Value | undefined>>,
): string {
  const attributes = Object.fromEntries(
    Object.entries({ ...rest, expires }).filter(([, value]) => value !== undefined),
  );
  const cookies = pairs.map(({ name, value }) => ({ name, value, ...attributes }));
  return jsonLine({ ...details, value: pairs[0].value, cookies });
}
