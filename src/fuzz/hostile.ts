import type { CookiePair } from "../core/cookie.ts";

/** What a hostile request carries: cookies, or the text of a header that no list of cookies can say. */
export interface Hostile {
  /** One character a byte. */
  readonly header: string;
  /** The session's cookies, where they are whole. */
  readonly pairs?: readonly CookiePair[] | undefined;
}
