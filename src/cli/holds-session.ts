import { accompanied } from "../core/companion.ts";
import { detectAmong } from "../core/detect.ts";
import type { AnyFormat } from "../core/guide.ts";
import type { Pasted, PastedCookie } from "../core/pasted.ts";

/** A format whose sessions are looked for, under its complete options. */
export interface SoughtFormat {
  readonly format: AnyFormat;
  readonly options: object;
}

/**
 * Whether a pasted item that no secret verified was meant to be a session: a bare value, a cookie of the session's
 * name or a companion's, or, unless `name` is given, of any name when it looks like one. A comment holds none, nor does
 * a jar's line of `csrftoken`.
 */
export function holdsSession(
  { cookies, bare }: Pasted,
  sought: readonly SoughtFormat[],
  name: string | undefined,
): boolean {
  const formats = sought.map(({ format }) => format);
  const looksLikeOne = (cookie: PastedCookie) =>
    name === undefined &&
    cookie.readings.some(({ value }) =>
      detectAmong({ name: cookie.name, value }, formats).some(({ opaque }) => opaque === undefined),
    );
  const isNamed = (cookie: string) =>
    sought.some(({ format, options }) => {
      const wanted = name ?? format.cookieName(options);
      return cookie === wanted || (wanted !== undefined && accompanied(format, cookie) === wanted);
    });
  if (bare !== undefined && looksLikeOne(bare)) return true;
  return cookies.some((cookie) => cookie.name === undefined || isNamed(cookie.name) || looksLikeOne(cookie));
}
