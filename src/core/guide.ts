import type { Value } from "../encoding/values.ts";
import type { CookieInput, Payload } from "./cookie.ts";
import type { Asked, Checked, Composed, FormatFlag, Move, Moved } from "./flags.ts";
import type { CookieFormat, Description, Env, Opened, Parsed, View } from "./format.ts";
import type { Result } from "./result.ts";
import type { SecretSettings } from "./secret-settings.ts";

/** A guess that a text is this format's, with the options under which it looks so. */
export interface Guess<Options> {
  /** 0 … 1; 0.9 and more means that nothing else looks like this. */
  readonly likeness: number;
  readonly options: Partial<Options>;
  /** Set when the text is recognised and holds nothing to read: why. */
  readonly opaque?: string;
  /** Where to look instead, for one that holds nothing. */
  readonly instead?: string;
}

/** One change of the options under which a refused cookie may yet verify. Advice only. */
export interface Variation<Options> {
  readonly options: Partial<Options>;
  /** Finishes "verifies with …": `salt "django.core.signing"`. */
  readonly change: string;
  /** What that would mean: "this is a signing.dumps() value, not a session". */
  readonly meaning?: string;
  /** The command-line flags that say the same. */
  readonly flags: string;
}

/**
 * `not-an-object`: the payload is a list, a number …; `wrong-types`: the framework's own keys hold anything;
 * `unreadable`: it is not what the framework serializes.
 */
export type Trust = "not-an-object" | "wrong-types" | "unreadable";

/**
 * What people and tools ask of a format beyond its cookies: command-line flags, what to say of a payload, what may
 * have gone wrong, what the fuzzer has to know. Kept apart, so that a bundle of one format goes without it.
 */
export interface Guide<Detail, Body, Options extends object> {
  /** Every option there is, also those without a default. */
  readonly optionNames: readonly string[];
  /** Where its secrets stand in an application's settings; for rotating them there. */
  readonly settings?: SecretSettings;
  readonly flags: readonly FormatFlag[];

  /** Whether a text looks like this format's, without a secret. Best guess first; empty when it does not. */
  recognise(input: CookieInput): readonly Guess<Options>[];

  /** Reads a payload as a person or a file spells it, keeping key order. Its numbers are written as the framework would. */
  parseText(text: string, options: Readonly<Options>): Result<Value>;

  /** Options under which an edited cookie is sealed as the one it came from: compression, an odd salt. */
  resume?(opened: Opened<Body>, payload: Payload, options: Readonly<Options>): Partial<Options>;

  /** For people: a title, facts beneath the payload, and what to beware of. */
  describe(view: View<Body, Options>): Description;

  /** What `open` tries for one secret, for people: `salt "cookie-session" × sha1`. */
  tries(options: Readonly<Options>): string;

  /** Other options worth trying after a refusal, likeliest first; at most some dozens. */
  variations?(input: CookieInput, options: Readonly<Options>): readonly Variation<Options>[];

  /** Options under which the time of a genuine cookie that is too old is a likelier one. */
  timeVariations?(input: CookieInput, options: Readonly<Options>): readonly Variation<Options>[];

  /** Salts that values of this format are met with: one that is nearly one of them is probably misspelt. */
  salts?(): readonly string[];

  /** A guess at the cause when no variation fits: "Is the server on Django 3.0 or older?". */
  advise?(input: CookieInput, options: Readonly<Options>): string | undefined;

  /**
   * Builds a payload from the format's own minting flags.
   * `secrets`: the current one first. `base`: the payload the user gave, if any.
   */
  compose?(
    asked: Asked,
    base: Value | undefined,
    options: Readonly<Options>,
    secrets: readonly Uint8Array[],
    env: Env,
  ): Result<Composed>;

  /** Why the framework itself calls a secret weak: finishes "the secret is weak: …". */
  weakness?(secret: Uint8Array): string | undefined;

  /** Checks of a verified payload that need more than the cookie, from the format's own flags. */
  check?(
    asked: Asked,
    payload: Payload,
    options: Readonly<Options>,
    secrets: readonly Uint8Array[],
  ): Result<Checked>;

  /**
   * Prepares a payload that is written anew, or holds something that depends on the secret. Fails with
   * `bad-payload` on a value that `to` cannot hold, naming its place. Formats without it keep every value.
   */
  move?(move: Move<Body, Options>): Result<Moved<Body>>;

  /**
   * Whether two cookies say and prove the same although their texts differ, so that accepting one for the other is
   * no forgery. Default: only the same text does.
   */
  equivalent?(one: Parsed<Detail>, other: Parsed<Detail>): boolean;

  /**
   * The body that carries these serialized bytes, whatever they are: for what the framework would never mint.
   * `deflated`: they are compressed already. Undefined where there is no place for such.
   */
  bodyOf?(serialized: Uint8Array, options: Readonly<Options>, compression?: "deflated"): Body | undefined;

  /** Payloads on which the framework's own code fails, or spends long, once its secret has signed them; why. */
  readonly trusts?: Readonly<Partial<Record<Trust, string>>>;
}

/** A format with all that is known about it, as the registry holds it. */
export type GuidedFormat<Detail, Body, Key, Options extends object> = CookieFormat<
  Detail,
  Body,
  Key,
  Options
> &
  Guide<Detail, Body, Options>;

/** Any format, as the CLI and the fuzzer hold it. */
export type AnyFormat = GuidedFormat<unknown, unknown, unknown, object>;
