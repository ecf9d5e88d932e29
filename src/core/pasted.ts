/** The attributes of a cookie, as `Set-Cookie` and cookie jars name them. */
export interface CookieAttributes {
  /** With a leading dot where subdomains are meant and the notation can say so. */
  readonly domain?: string | undefined;
  readonly path?: string | undefined;
  readonly secure?: boolean | undefined;
  readonly httpOnly?: boolean | undefined;
  readonly sameSite?: "Strict" | "Lax" | "None" | undefined;
  readonly partitioned?: boolean | undefined;
  /** Unix seconds. */
  readonly expires?: number | undefined;
  /** Seconds. */
  readonly maxAge?: number | undefined;
}

export type PastedSource =
  | "value"
  | "name=value"
  | "cookie-header"
  | "set-cookie"
  | "curl"
  | "wget"
  | "devtools"
  | "member"
  | "netscape"
  | "har"
  | "json";

/** What was peeled off on the way to a value, outermost first. */
export type Layer =
  | "whitespace"
  | "quotes"
  | "stray-characters"
  | "percent-encoding"
  | "line-breaks"
  | "name"
  | Exclude<PastedSource, "value" | "name=value">;

/** One way to read a cookie's text. */
export interface Reading {
  readonly value: string;
  readonly layers: readonly Layer[];
}

export interface PastedCookie {
  readonly name?: string | undefined;
  /** As it stands in the header: nothing unquoted or decoded. */
  readonly headerText: string;
  /** At least one, the most literal first, no value twice. */
  readonly readings: readonly Reading[];
  readonly attributes?: CookieAttributes | undefined;
}

export interface Pasted {
  readonly source: PastedSource;
  /** Empty for an item that carries no cookie: a blank or comment line, a curl command without one. */
  readonly cookies: readonly PastedCookie[];
  /**
   * The whole text as one value without a name. Present where the structure is only a guess: base64 holds `=`,
   * a signed text may hold anything.
   */
  readonly bare?: PastedCookie | undefined;
}

/** A cookie that a notation holds, before anyone asks how to read its text. */
export interface FoundCookie {
  readonly name?: string | undefined;
  readonly text: string;
  readonly attributes?: CookieAttributes | undefined;
}

/** The notation that a text is in, and its cookies: at least one. */
export interface Structure {
  readonly source: PastedSource;
  readonly cookies: readonly FoundCookie[];
  /** The text does not name its notation, so it may as well be one value. */
  readonly guessed: boolean;
}

/** At most this many cookies of one item are looked at; no server takes a fraction of them. */
export const maxCookies = 10_000;
