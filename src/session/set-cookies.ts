import { formatSetCookie } from "../core/cookie-output.ts";
import type { ValueObject } from "../encoding/values.ts";
import type { Lifetime } from "./expiry.ts";
import { type Policy, SECURE_NAME } from "./options.ts";
import type { Session } from "./session.ts";
import { MOST_BYTES, SessionTooLargeError } from "./too-large.ts";

interface Times {
  readonly expires?: number;
  readonly maxAge?: number;
}

/** 31 December 9999: no other takes more room. */
const LONGEST: Times = { expires: 253_402_300_799, maxAge: 253_402_300_799 };

type Signed = Lifetime & Pick<Session, "sent" | "sessionKey">;

/** The `Set-Cookie` lines of sessions: one cookie, or the chunks `.0`, `.1` … of one that is too large. */
export class SetCookies {
  readonly #policy: Policy;
  /** Bytes of a value for which a line is left, whatever its times and the number of its chunk. */
  readonly #room: number;

  constructor(policy: Policy) {
    this.#policy = policy;
    this.#room = MOST_BYTES - this.#line(`.${policy.maxChunks - 1}`, "", LONGEST).length;
  }

  /** @throws {SessionTooLargeError} when the cookies that are allowed do not hold it */
  check(value: string, data: ValueObject, lifetime: Lifetime): void {
    const room = this.#room * this.#policy.maxChunks;
    if (value.length <= room) return;
    const bytes = this.#line("", value, this.#times(lifetime)).length;
    const limit = Math.max(MOST_BYTES, bytes - value.length + room);
    if (bytes > limit) throw new SessionTooLargeError(data, bytes, limit);
  }

  /** Sets the session's cookies, and deletes those of the request that are no longer of it. */
  forSession(session: Signed): readonly string[] {
    const times = this.#times(session);
    const cookies = this.#split(session.sessionKey ?? "", times);
    const surplus = [...session.sent.keys()].filter((suffix) => !cookies.has(suffix));
    const set = [...cookies].map(([suffix, part]) => this.#line(suffix, part, times));
    return [...set, ...this.forDeletion(surplus)];
  }

  /**
   * `suffixes`: what follows the name. `Secure` stands only where a browser would refuse the line without it.
   * Source: HttpResponse.delete_cookie.
   */
  forDeletion(suffixes: readonly string[]): readonly string[] {
    const { name, attributes } = this.#policy;
    const { sameSite, partitioned } = attributes;
    const secure = sameSite === "None" || partitioned || SECURE_NAME.test(name);
    const deleted = { ...attributes, httpOnly: false, secure, expires: 0, maxAge: 0 };
    return suffixes.map((suffix) => formatSetCookie({ name: name + suffix, value: '""' }, deleted));
  }

  /** The parts by the suffix of their cookie's name. */
  #split(value: string, times: Times): ReadonlyMap<string, string> {
    const fits =
      this.#policy.maxChunks === 1 ||
      value.length <= this.#room ||
      this.#line("", value, times).length <= MOST_BYTES;
    if (fits) return new Map([["", value]]);
    const parts = new Map<string, string>();
    for (let start = 0; start < value.length; start += this.#room) {
      parts.set(`.${parts.size}`, value.slice(start, start + this.#room));
    }
    return parts;
  }

  #line(suffix: string, value: string, times: Times): string {
    const { name, attributes } = this.#policy;
    return formatSetCookie({ name: name + suffix, value }, { ...attributes, ...times });
  }

  #times(lifetime: Lifetime): Times {
    if (lifetime.getExpireAtBrowserClose()) return {};
    const maxAge = lifetime.getExpiryAge();
    return { expires: this.#policy.now() + maxAge, maxAge };
  }
}
