import type { Value } from "../encoding/values.ts";
import type { CookiePair, Note, Payload } from "./cookie.ts";

export type CommandName = "decode" | "verify" | "sign" | "rotate-key" | "fuzz" | "demo";

/**
 * A format's own command-line flag. `sets` names the option it sets; a flag with `asks` is handed to `compose`
 * (minting), `check` (verifying) or `move` (re-signing) under its own long name instead. Re-signing and fuzzing take
 * every flag of verifying that sets an option; re-signing once more with `to-` in front for the new one.
 */
export interface FormatFlag {
  /** In Commander's spelling: "--django <version>". */
  readonly flag: string;
  readonly description: string;
  readonly commands: readonly CommandName[];
  readonly sets?: string;
  readonly asks?: "compose" | "check" | "move";
  readonly choices?: readonly string[];
  /** Options that mean something else once this one changes: re-signing does not carry them over. */
  readonly resets?: readonly string[];
  /** The option is a number, or a boolean given by the flag's presence. Default: text. */
  readonly type?: "number" | "boolean";
}

/** Values of the flags with `asks`, by camelCase long name. */
export type Asked = Readonly<Record<string, string | true>>;

export interface Composed {
  /** The payload to mint. */
  readonly value: Value;
  /** Further cookies that go with it: a CSRF token. */
  readonly extra: readonly CookiePair[];
  readonly notes: readonly Note[];
}

export interface Checked {
  /** One line for people: "the auth hash matches under the current secret". */
  readonly text: string;
  /** Stable fields for `--json`. */
  readonly fields: Readonly<Record<string, Value>>;
}

/** A genuine payload on its way to another secret or to other options. */
export interface Move<Body, Options> {
  readonly body: Body;
  readonly payload: Payload;
  readonly from: Readonly<Options>;
  readonly to: Readonly<Options>;
  /** The value is to be written anew under `to`; else its bytes are kept. */
  readonly rewrite: boolean;
  readonly renew: Renewal | undefined;
}

/** What is asked of a format whose payloads hold something that depends on the secret. */
export interface Renewal {
  readonly asked: Asked;
  /** The secrets that are accepted. */
  readonly old: readonly Uint8Array[];
  readonly current: Uint8Array;
}

/** What becomes of it. Undefined `content`: its bytes stay. */
export interface Moved<Body> {
  readonly content:
    | { readonly kind: "value"; readonly value: Value }
    | { readonly kind: "body"; readonly body: Body }
    | undefined;
  readonly notes: readonly Note[];
}
