import type { Value } from "../encoding/values.ts";

/** One cookie as a server gets it: the value after the framework's own cookie parser, nothing trimmed. */
export interface CookieInput {
  readonly name?: string | undefined;
  readonly value: string;
  /** The other cookies of the same request, by name: some formats keep their signature in a second cookie. */
  readonly siblings?: ReadonlyMap<string, string> | undefined;
}

/** A minted cookie, its value as a header holds it. */
export interface CookiePair {
  readonly name: string;
  readonly value: string;
}

/** A labelled stretch of the cookie's value; `start` and `end` in UTF-16 code units. */
export interface Segment {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Something that a reader should know of a cookie; it does not make it invalid. */
export interface Note {
  readonly level: "info" | "warning";
  /** Stable, kebab-case. */
  readonly code: string;
  /** One sentence for people. */
  readonly text: string;
}

/** What a cookie carries, decoded. */
export interface Payload {
  /** How it was serialized: "json", "pickle", "text", … */
  readonly type: string;
  readonly value: Value;
  readonly compressed: boolean;
  /** Serialized size in bytes before compression. */
  readonly size: number;
  readonly warnings?: readonly Note[];
}

/** What is refused for its size, whatever the signature says. */
export interface Limits {
  /** Largest cookie value that is looked at, in UTF-16 code units. Default 1 MiB. */
  readonly maxLength: number;
  /** Largest payload after decompression, in bytes. Default 1 MiB. */
  readonly maxInflated: number;
  /** Deepest nesting of a payload. Default 1,000. */
  readonly maxDepth: number;
}
