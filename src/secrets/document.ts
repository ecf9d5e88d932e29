import type { Failure } from "../core/failure.ts";
import type { Result } from "../core/result.ts";

/**
 * - `env`: as npm's dotenv reads it
 * - `docker-env`: as `docker run --env-file` reads it: quotes and `#` are part of the value
 * - `json`, `yaml`: keys may be dotted paths
 * - `kubernetes`: Secret manifests, YAML or JSON
 */
export type DocumentKind = "env" | "docker-env" | "json" | "yaml" | "kubernetes";

/**
 * Why a document was not read or written. Stable.
 *
 * - `unreadable`: the text is not valid in its syntax
 * - `missing-key`: the secret is not there
 * - `duplicate-key`: a key is there twice
 * - `not-text`: what stands where the secret belongs is no text
 * - `reference`: it stands for a value that is kept elsewhere
 * - `encrypted`: it is a ciphertext, or the file is one of SOPS, whose checksum holds every value
 * - `not-a-list`: what stands where the fallbacks belong is no list of texts
 * - `shared-value`: other places of the document refer to the value
 * - `unwritable`: the syntax cannot hold the new value at that place
 */
type DocumentCode =
  | "unreadable"
  | "missing-key"
  | "duplicate-key"
  | "not-text"
  | "reference"
  | "encrypted"
  | "not-a-list"
  | "shared-value"
  | "unwritable";

export type DocumentFailure = Failure<DocumentCode>;
export type DocumentResult<T> = Result<T, DocumentFailure>;

/** What the document calls its secret and the fallbacks. In JSON and YAML a dotted path, a literal key first. */
export interface SecretKeys {
  readonly secret: string;
  readonly fallbacks: string;
}

/** What is to be different; what is left out stays. */
export interface Changes {
  readonly secret?: string;
  /** In the document's order. A key that is missing is added below the secret, unless the list is empty. */
  readonly fallbacks?: readonly string[];
  /** JSON on one line, kept beside the secret; see `state.ts`. */
  readonly state?: string;
}

/** A text that holds a secret and its fallbacks, and can be written again with nothing else changed. */
export interface SecretDocument {
  readonly kind: DocumentKind;
  readonly secret: string;
  /** Undefined: the key is missing. */
  readonly fallbacks: readonly string[] | undefined;
  /** What stands where the state belongs, unchecked. */
  readonly state: string | undefined;
  /** Characters that are better left out of a new secret: its syntax, or what usually reads it, gives them a meaning. */
  readonly awkward: string;
  /** What a person should know of how others read this text. One sentence each. */
  readonly remarks: readonly string[];
  /**
   * The new text. Only the named values and the state's line differ: every other byte, comment, line ending and
   * quoting style stays. The result has been read again and holds exactly what was asked.
   *
   * Fails with `unwritable`.
   */
  write(changes: Changes): DocumentResult<string>;
}
