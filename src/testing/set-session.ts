import type { CookieAttributes } from "../core/pasted.ts";
import type { Codec, Failure, Verified } from "../index.ts";
import { checkCodec, credentials, reasons } from "./codec.ts";
import {
  checkKeys,
  difference,
  isEqual,
  type MatcherContext,
  type MatcherResult,
  report,
} from "./matcher.ts";
import { ResponseCookies } from "./response-cookies.ts";
import { attributesOf, type SetCookie } from "./set-cookies.ts";
import type { ValidSessionOptions } from "./valid-session.ts";

const ATTRIBUTES = ["domain", "path", "secure", "httpOnly", "sameSite", "partitioned", "expires", "maxAge"];

/** `expect.any(Number)` and the like. */
interface Asymmetric {
  asymmetricMatch(other: unknown): boolean;
}

/** `undefined`: the attribute is not there. `maxAge` in seconds, `expires` in Unix seconds. */
export type ExpectedAttributes = {
  readonly [Name in keyof CookieAttributes]?: CookieAttributes[Name] | Asymmetric;
};

export interface SetSessionOptions extends ValidSessionOptions {
  /** The cookie's name. Default: any cookie counts that the codec accepts. */
  readonly name?: string | undefined;
  /** Of the session's cookie, and of the one that holds its signature. Only those that are named are looked at. */
  readonly attributes?: ExpectedAttributes | undefined;
}

/**
 * Passes when the response sets a session that the codec accepts, with the payload and the attributes that are asked
 * for; `.not` passes when it sets none such. A cookie that the response deletes is none.
 * Not checked: whether a browser takes the cookie (its size, the site, what a `__Host-` name demands).
 */
export function toSetSession(
  this: MatcherContext,
  response: unknown,
  codec: Codec,
  options: SetSessionOptions = {},
): MatcherResult {
  checkCodec(codec);
  checkKeys("option", options, ["name", "payload", "attributes", "now"]);
  checkKeys("attribute", options.attributes ?? {}, ATTRIBUTES);
  const cookies = new ResponseCookies(response, codec, options.now);
  const attempts = cookies
    .candidates()
    .filter(({ name }) => options.name === undefined || options.name === name)
    .map((cookie) => attempt(this, cookies, cookie, options));
  const good = attempts.find(({ verdict, faults }) => verdict.ok && faults.length === 0);
  return report(this, "toSetSession", "response", good !== undefined, () =>
    good === undefined ? whyNot(attempts, cookies, options.name) : summary(this, good),
  );
}

interface Attempt {
  readonly cookie: SetCookie;
  readonly verdict: Verified | Failure;
  /** What of a valid session is not as asked. */
  readonly faults: readonly string[];
}

function attempt(
  context: MatcherContext,
  cookies: ResponseCookies,
  cookie: SetCookie,
  options: SetSessionOptions,
): Attempt {
  const verdict = cookies.verify(cookie);
  if (!verdict.ok) return { cookie, verdict, faults: [] };
  const faults: string[] = [];
  if (Object.hasOwn(options, "payload") && !isEqual(context, verdict.payload, options.payload)) {
    const diff = difference(context, options.payload, verdict.payload);
    faults.push(`${quoted(cookie)} is valid, with another payload:\n\n${diff}`);
  }
  for (const each of [cookie, ...cookies.companionsOf(cookie)]) {
    const diff = attributeDifference(context, each, options.attributes ?? {});
    if (diff !== undefined) faults.push(`${quoted(each)} has other attributes:\n\n${diff}`);
  }
  return { cookie, verdict, faults };
}

function attributeDifference(
  context: MatcherContext,
  cookie: SetCookie,
  expected: ExpectedAttributes,
): string | undefined {
  const all = attributesOf(cookie);
  const names = Object.keys(expected) as (keyof CookieAttributes)[];
  const received = Object.fromEntries(names.map((name) => [name, all[name]]));
  return isEqual(context, received, expected) ? undefined : difference(context, expected, received);
}

function summary({ utils }: MatcherContext, { cookie, verdict }: Attempt): string {
  if (!verdict.ok) return reasons(verdict);
  const payload = utils.printReceived(verdict.payload);
  return `It sets ${quoted(cookie)}, valid ${credentials(verdict)}, with the payload ${payload}`;
}

function whyNot(attempts: readonly Attempt[], cookies: ResponseCookies, name: string | undefined): string {
  const valid = attempts.find(({ verdict }) => verdict.ok);
  if (valid !== undefined) return valid.faults.join("\n\n");
  const refused = attempts.flatMap(({ cookie, verdict }) =>
    verdict.ok ? [] : [`${quoted(cookie)}: ${reasons(verdict)}`],
  );
  if (refused.length > 0) return ["It sets no valid session.", ...refused, ...deleted(cookies)].join("\n");
  const wanted = name === undefined ? "cookie" : `cookie ${JSON.stringify(name)}`;
  const others = cookies.live.length === 0 ? "" : `, but ${cookies.live.map(quoted).join(", ")}`;
  return [`It sets no ${wanted}${others}.`, ...deleted(cookies)].join("\n");
}

function deleted(cookies: ResponseCookies): readonly string[] {
  return cookies.deleted.length === 0 ? [] : [`It deletes ${cookies.deleted.map(quoted).join(", ")}.`];
}

function quoted({ name }: SetCookie): string {
  return JSON.stringify(name);
}
