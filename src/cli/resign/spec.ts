import type { Limits } from "../../core/cookie.ts";
import type { Asked } from "../../core/flags.ts";
import type { Keyring } from "../../core/keyring.ts";

/** A format that the cookies may have, with the options that they were signed under and are to be signed under. */
interface ResignFormat {
  readonly id: string;
  readonly from: Readonly<Record<string, unknown>>;
  readonly to: Readonly<Record<string, unknown>>;
}

/** Everything a worker thread needs to know; a message between threads can hold it. */
export interface ResignSpec {
  /** At least one; a cookie is of the first under which it verifies. */
  readonly formats: readonly ResignFormat[];
  readonly old: Keyring;
  readonly current: Uint8Array;
  /** Names a bare value, and picks one of several cookies. */
  readonly name?: string | undefined;
  readonly limits: Limits;
  /** Seconds; null: no check. */
  readonly maxAge: number | null;
  /** Unix seconds. */
  readonly now: number;
  readonly refresh: boolean;
  /** Payloads that do not read under the new options are written anew. */
  readonly rewrite: boolean;
  /** The format's own words for what in a payload depends on the secret; empty: nothing is renewed. */
  readonly asked: Asked;
  /** One JSON object a cookie, refused ones included. */
  readonly json: boolean;
  /** Refused lines are given back, each under its reason as a comment; else the reasons alone. */
  readonly keepRejects: boolean;
}
