import type { Hostile } from "./hostile.ts";

/** What a target made of a cookie. */
export interface Answer {
  /**
   * `accepted`: as it answers the genuine session. `refused`: as it answers nobody, or in any other way.
   * `error`: it failed, by an exception, a status of 500 and more, or a closed connection.
   */
  readonly verdict: "accepted" | "refused" | "error";
  /** From the request to the whole answer. */
  readonly milliseconds: number;
  /** For people, short and without the cookie: "500 Internal Server Error", "exit code 1", "TypeError". */
  readonly detail: string;
  /** What of ours the answer shows that it should not: "the secret", "the cookie's signature". */
  readonly reflects?: string | undefined;
}

/** What is attacked. */
export interface Target {
  /** `http`: it gets a `Cookie:` header. `codec`: it gets cookies that are whole, and no odd headers. */
  readonly kind: "http" | "codec";
  /** For reports: a URL, `django codec`, a command. */
  readonly title: string;
  /** Characters of a header that it takes. */
  readonly room: number;
  /** Milliseconds from which an answer is too slow, whatever the cookie. Known after `learn`. */
  readonly slowFrom: number;
  /**
   * Learns what it answers to the genuine session and to nobody, and describes both.
   * @throws {FuzzError} when they cannot be told apart, or it cannot be reached
   */
  learn(genuine: Hostile): Promise<Baseline>;
  /** Never rejects but with FuzzError, when the target can no longer be reached. */
  send(hostile: Hostile): Answer | Promise<Answer>;
  /** Asks for the end of the genuine session, where the target has an address for it. */
  logOut?(genuine: Hostile): Promise<void>;
  /** A command line that sends the same; undefined where there is none. */
  reproduce(hostile: Hostile): string | undefined;
  close?(): Promise<void>;
}

export interface Baseline {
  /** "200, 64 B". */
  readonly genuine: string;
  readonly nobody: string;
  /** "the body", "the status", "--logged-in". */
  readonly toldApartBy: string;
}

/** The attack cannot be carried out: the fault is in what was asked for, or in what it was asked of. */
export class FuzzError extends Error {
  override readonly name = "FuzzError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
