import { formatSetCookie } from "../core/cookie-output.ts";
import type { ValueObject } from "../encoding/values.ts";
import type { Policy } from "./options.ts";
import type { Session } from "./session.ts";
import { MOST_BYTES, SessionTooLargeError } from "./too-large.ts";

/** Longer than any `Max-Age` that a session may have. */
const LONGEST_AGE = 99_999_999_999;

type Signed = Pick<Session, "sent" | "sessionKey" | "getExpireAtBrowserClose" | "getExpiryAge">;

/** The `Set-Cookie` lines of sessions: one cookie, or the chunks `.0`, `.1` … of one that is too large. */
export class SetCookies {
  readonly #policy: Policy;
  /** Bytes of a value for which a line is left. */
  readonly #room: number;

  constructor(policy: Policy) {
    this.#policy = policy;
    const { name, attributes, maxChunks } = policy;
    const longest = `${name}${maxChunks > 1 ? ".99" : ""}`;
    const times = { expires: 0, maxAge: LONGEST_AGE };
    this.#room =
      MOST_BYTES - formatSetCookie({ name: longest, value: "" }, { ...attributes, ...times }).length;
  }

  /** @throws {SessionTooLargeError} when the cookies that are allowed do not hold it */
  check(value: string, data: ValueObject): void {
    const { maxChunks } = this.#policy;
    const overhead = MOST_BYTES - this.#room;
    if (value.length <= this.#room * maxChunks) return;
    const chunks = Math.ceil(value.length / this.#room);
    throw new SessionTooLargeError(
      data,
      value.length + overhead * Math.min(chunks, maxChunks),
      MOST_BYTES * maxChunks,
    );
  }

  /** Sets the session's cookies, and deletes those of the request that are no longer of it. */
  forSession(session: Signed): readonly string[] {
    const { name, attributes } = this.#policy;
    const times = this.#times(session);
    const cookies = this.#split(session.sessionKey ?? "");
    const surplus = [...session.sent.keys()].filter((suffix) => !cookies.has(suffix));
    const set = [...cookies].map(([suffix, part]) =>
      formatSetCookie({ name: name + suffix, value: part }, { ...attributes, ...times }),
    );
    return [...set, ...this.forDeletion(surplus)];
  }

  /** `suffixes`: what follows the name. */
  forDeletion(suffixes: readonly string[]): readonly string[] {
    const { name, attributes } = this.#policy;
    return suffixes.map((suffix) =>
      formatSetCookie({ name: name + suffix, value: '""' }, { ...attributes, expires: 0, maxAge: 0 }),
    );
  }

  /** The parts by the suffix of their cookie's name. */
  #split(value: string): ReadonlyMap<string, string> {
    if (value.length <= this.#room) return new Map([["", value]]);
    const parts = new Map<string, string>();
    for (let start = 0; start < value.length; start += this.#room) {
      parts.set(`.${parts.size}`, value.slice(start, start + this.#room));
    }
    return parts;
  }

  #times(session: Signed): { expires?: number; maxAge?: number } {
    if (session.getExpireAtBrowserClose()) return {};
    const maxAge = session.getExpiryAge();
    return { expires: this.#policy.now() + maxAge, maxAge };
  }
}
