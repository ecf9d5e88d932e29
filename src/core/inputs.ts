import { candidates } from "./candidates.ts";
import type { CookieInput } from "./cookie.ts";
import type { CookieFormat } from "./format.ts";
import type { Pasted } from "./pasted.ts";

/**
 * A cookie to read: its value, `name=value`, a `Cookie:` header with it inside, or the parts. The package's root also
 * takes `Set-Cookie:` lines, curl commands and jar lines. A value is taken exactly: nothing is trimmed, unquoted or
 * decoded.
 */
export type Cookie =
  | string
  | {
      readonly name?: string | undefined;
      readonly value: string;
      /** The other cookies of the request, for formats that sign in a second one. */
      readonly siblings?: ReadonlyMap<string, string> | Readonly<Record<string, string>> | undefined;
    };

/** What says which of several cookies is meant, and how its text is read. */
interface Reader {
  readonly format: Pick<
    CookieFormat<never, never, never, object>,
    "companionSuffix" | "cookieName" | "quotesValues" | "unquote"
  >;
  readonly options: object;
  readonly name: string | undefined;
}

/** The values to try, the likeliest first. */
export function inputsOf(
  cookie: Cookie,
  { format, options, name }: Reader,
  read: (text: string) => Pasted,
): readonly [CookieInput, ...CookieInput[]] {
  if (typeof cookie !== "string") return [toInput(cookie)];
  if (!cookie.includes("=") && !cookie.includes("\t")) return [bareInput(cookie, format, options)];
  const found = candidates(read(cookie), format, name ?? format.cookieName(options));
  const inputs = found.flatMap((candidate) => candidate.inputs.map(({ input }) => input));
  const [first, ...rest] = inputs.map((input) =>
    input.name === undefined ? bareInput(input.value, format, options) : input,
  );
  return first === undefined ? [{ value: cookie }] : [first, ...rest];
}

function bareInput(text: string, format: Reader["format"], options: object): CookieInput {
  return { value: format.quotesValues?.(options) ? (format.unquote?.(text) ?? text) : text };
}

/** @throws {TypeError} on what is no cookie: where a request may have none, that is for the caller to see */
export function toInput(cookie: Exclude<Cookie, string>): CookieInput {
  if (typeof cookie?.value !== "string")
    throw new TypeError("a cookie is a string, or an object with its value");
  const { name, value, siblings } = cookie;
  const plain = siblings !== undefined && !(siblings instanceof Map);
  return { name, value, siblings: plain ? new Map(Object.entries(siblings)) : siblings };
}
