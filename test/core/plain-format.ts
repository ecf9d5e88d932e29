import type { CookieInput } from "../../src/core/cookie.ts";
import { fail } from "../../src/core/failure.ts";
import type { Opened } from "../../src/core/format.ts";
import type { GuidedFormat } from "../../src/core/guide.ts";
import { KeyCache, makeKeyring, type Secret } from "../../src/core/keyring.ts";
import { DEFAULT_LIMITS } from "../../src/core/limits.ts";
import { ok } from "../../src/core/result.ts";
import type { Binding } from "../../src/core/verify.ts";

interface Body {
  readonly text: string;
}
type Detail = readonly [secret: string, payload: string, time: string];
type PlainFormat = GuidedFormat<Detail, Body, string, object>;

/** `secret|payload|time`, "signed" by showing the secret: as little of a format as the core needs. */
const plain: PlainFormat = {
  id: "plain",
  title: "Plain",
  source: "https://example.com",
  protection: "signed",
  usesCookieName: false,
  defaults: {},
  optionNames: [],
  flags: [],
  settle: (options) => options,
  cookieName: () => "plain",
  maxAge: () => 100,
  recognise: ({ value }) => (value.includes("|") ? [{ likeness: 0.5, options: {} }] : []),
  parse({ value }) {
    const [secret, payload, time] = value.split("|");
    if (secret === undefined || payload === undefined || time === undefined)
      return fail("malformed", "no bars");
    return ok({ segments: [], detail: [secret, payload, time] });
  },
  derive: (secret) => new TextDecoder().decode(secret),
  open: ({ detail: [secret, payload, time] }, key) =>
    secret === key
      ? ok({ body: { text: payload }, issuedAt: time === "" ? null : Number(time) })
      : fail("mismatch", "another secret"),
  read: ({ body }) =>
    body.text === "unreadable"
      ? fail("bad-payload", "unreadable")
      : ok({ type: "text", value: body.text, compressed: false, size: body.text.length }),
  parseText: (text) => ok(text),
  seal(content, key, { name }, { now }) {
    const text = content.kind === "body" ? content.body.text : String(content.value);
    return ok([{ name: name ?? "plain", value: `${key}|${text}|${now}` }]);
  },
  tries: () => "the secret as it is",
  describe: () => ({ title: "Plain", facts: [], notes: [] }),
};

export function plainFormat(over: Partial<PlainFormat> = {}): PlainFormat {
  return { ...plain, ...over };
}

export function bindPlain(
  over: Partial<PlainFormat> = {},
  given: { secret?: Secret; fallbacks?: readonly Secret[]; maxAge?: number | null; maxLength?: number } = {},
): Binding<Detail, Body, string, object, PlainFormat> {
  const { secret = "new", fallbacks = ["old", "older"], maxAge = 100, maxLength = 1000 } = given;
  const format = plainFormat(over);
  return {
    format,
    options: {},
    limits: { ...DEFAULT_LIMITS, maxLength },
    keys: new KeyCache(makeKeyring(secret, fallbacks), (bytes, name) =>
      format.derive(bytes, { options: {}, name }),
    ),
    name: undefined,
    maxAge,
  };
}

export const cookie = (value: string, more: Partial<CookieInput> = {}): CookieInput => ({ value, ...more });

/** A replacement of `open` that gives this body's times whatever the key. */
export const openAs = (opened: Partial<Opened<Body>>): Pick<PlainFormat, "open"> => ({
  open: () => ok({ body: { text: "p" }, issuedAt: null, ...opened }),
});
