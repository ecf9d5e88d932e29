import type { Value } from "../encoding/values.ts";
import type { CookieInput, CookiePair, Limits, Note, Payload, Segment } from "./cookie.ts";
import type { Failure } from "./failure.ts";
import type { Result } from "./result.ts";

/** The layout, found without a secret. `detail` is the format's own. */
export interface Parsed<Detail> {
  readonly segments: readonly Segment[];
  readonly detail: Detail;
  /** The algorithm that the signature's length suggests: "sha256". */
  readonly algorithm?: string | undefined;
}

/** An authenticated cookie whose payload has not been read yet; `body` is the format's own. */
export interface Opened<Body> {
  readonly body: Body;
  /** Unix seconds; null where the format has no time. Infinite when too large for a double. */
  readonly issuedAt: number | null;
  /** Unix seconds, only where the cookie itself says so. */
  readonly expiresAt?: number | undefined;
  readonly salt?: string | undefined;
  readonly algorithm?: string | undefined;
  /** It was accepted in an outdated way (an older salt or algorithm): re-signing would modernise it. */
  readonly outdated?: string | undefined;
}

/** Minting starts from a value, or from the body of another cookie, which is kept byte for byte. */
export type Content<Body> =
  | {
      readonly kind: "value";
      readonly value: Value;
      /** How a payload that is a bare number was spelled; inside containers the value itself keeps it. */
      readonly spelling?: string | undefined;
    }
  | {
      readonly kind: "body";
      readonly body: Body;
      /** The body's own time is written again as it stood; `env.now` holds it too, where a number can. */
      readonly keepTime: boolean;
    };

/** What a key is derived for. */
export interface Scope<Options> {
  readonly options: Readonly<Options>;
  /** The cookie's name, where it is known. */
  readonly name?: string | undefined;
}

/** The only clock and the only randomness that minting sees. */
export interface Env {
  /** Unix seconds; a fraction is dropped as the framework drops it. */
  readonly now: number;
  random(length: number): Uint8Array;
}

/** How a framework compares clocks; the default is Django's. */
export interface ClockRules {
  /** The current time is truncated to whole seconds before the age is taken. Default: false. */
  readonly wholeSeconds?: boolean;
  /** What an age below zero means when an age is checked. Default: "accept". */
  readonly future?: "accept" | "expired";
}

/** How a format describes a decoded cookie to people and to `--json`'s warnings. */
export interface Description {
  /** "Django session (signed_cookies)". */
  readonly title: string;
  /** Label and text, shown beneath the payload. */
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly notes: readonly Note[];
}

/** Everything `describe` may look at. */
export interface View<Body, Options> {
  readonly input: CookieInput;
  readonly opened: Opened<Body>;
  readonly payload: Payload;
  readonly options: Readonly<Options>;
  /** Unix seconds. */
  readonly now: number;
}

/**
 * One cookie format. Stateless: every method is a pure function of its arguments and synchronous, none prints,
 * throws on a cookie's content, loops for long or allocates without bound.
 *
 * `Detail` is what `parse` found, `Body` what `open` authenticated, `Key` what `derive` made of a secret.
 */
export interface CookieFormat<Detail, Body, Key, Options extends object> {
  /** kebab-case; equals the file's name and the value of `--format`. */
  readonly id: string;
  readonly title: string;
  /** The framework's file that defines the layout. */
  readonly source: `https://${string}`;
  readonly protection: "signed" | "encrypted";
  /** The cookie's name is part of what is authenticated. */
  readonly usesCookieName: boolean;
  readonly defaults: Readonly<Options>;

  /**
   * Checks and completes what a programmer passed as options.
   * @throws {TypeError} on an option the framework itself would not take
   */
  settle(options: Partial<Options>): Readonly<Options>;

  /** The cookie's usual name under these options, where the framework has one. */
  cookieName(options: Readonly<Options>): string | undefined;

  /** Seconds after which the framework itself refuses a cookie under these options; null: it never does. */
  maxAge(options: Readonly<Options>): number | null;

  /** How ages are compared under these options; default: as Django does. */
  clock?(options: Readonly<Options>): ClockRules;

  /** What follows a cookie's name in that of a second one, which goes with it: ".sig". */
  readonly companionSuffix?: string;

  /** Turns the text of a `Cookie:` header into the value that the framework's own cookie parser hands out. */
  unquote?(headerText: string): string;

  /** The reverse, for a value that a header cannot hold as it is. What is no cookie stays as it is. */
  quote?(value: string, options: Readonly<Options>): string;

  /** Values under these options usually stand quoted in a header, so a bare text is header text. */
  quotesValues?(options: Readonly<Options>): boolean;

  /** Finds the layout, without a secret. Fails only on what the framework refuses before looking at a key. */
  parse(input: CookieInput, options: Readonly<Options>): Result<Parsed<Detail>>;

  /** The slow part of opening and sealing; kept by the codec. */
  derive(secret: Uint8Array, scope: Scope<Options>): Key;

  /**
   * Authenticates. `mismatch` means only "not this key" and lets the next one be tried; any other failure is
   * final. Looks neither at the clock nor into the payload.
   */
  open(
    parsed: Parsed<Detail>,
    key: Key,
    input: CookieInput,
    options: Readonly<Options>,
  ): Result<Opened<Body>, Failure | Failure<"mismatch">>;

  /** The same without a key, for reading a signed cookie unverified. Encrypted formats have none. */
  peek?(parsed: Parsed<Detail>, options: Readonly<Options>): Result<Opened<Body>>;

  /** Decodes the payload of an opened cookie. */
  read(opened: Opened<Body>, options: Readonly<Options>, limits: Limits): Result<Payload>;

  /**
   * Mints. The same content, key, scope and `env` give the same bytes.
   * @throws {TypeError} on a value that the format cannot hold
   */
  seal(
    content: Content<Body>,
    key: Key,
    scope: Scope<Options>,
    env: Env,
  ): Result<readonly [CookiePair, ...CookiePair[]]>;

  /** The guide's, where the format comes with one: its warnings go with a decoded cookie. */
  describe?(view: View<Body, Options>): Description;
}
