import type { Note } from "../../core/cookie.ts";
import type { Look } from "../../core/decode.ts";
import type { AnyFormat } from "../../core/guide.ts";

/** A decoded cookie, ready to be drawn. */
export interface DecodedView {
  readonly format: AnyFormat;
  readonly look: Look<unknown>;
  readonly name: string | undefined;
  readonly value: string;
  /** Bytes of name and value. */
  readonly size: number;
  readonly maxAge: number | null;
  /** The age was not given: it is the framework's default. */
  readonly assumedAge: boolean;
  readonly now: number;
  readonly notes: readonly Note[];
  readonly layers: readonly string[];
  readonly alsoPossible: readonly string[];
  /** See `Io`; undefined where local time is not shown. */
  readonly zoneOffset: ((at: number) => number) | undefined;
}
