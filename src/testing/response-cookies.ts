import type { AnyFormat } from "../core/guide.ts";
import { type Codec, type Failure, formats, type Verified } from "../index.ts";
import { isDeleted, type SetCookie, setCookies } from "./set-cookies.ts";

/** What a browser would have after a response, and what a codec makes of it. */
export class ResponseCookies {
  readonly live: readonly SetCookie[];
  readonly deleted: readonly SetCookie[];
  readonly #codec: Codec;
  readonly #format: AnyFormat | undefined;
  readonly #now: number | undefined;

  /**
   * `now`: Unix seconds.
   * @throws {TypeError} on a source that is no response
   */
  constructor(source: unknown, codec: Codec, now: number | undefined) {
    const all = setCookies(source);
    const time = now ?? Date.now() / 1000;
    this.live = all.filter((cookie) => !isDeleted(cookie, time));
    this.deleted = all.filter((cookie) => isDeleted(cookie, time));
    this.#codec = codec;
    this.#format = (formats as Readonly<Record<string, AnyFormat>>)[codec.format];
    this.#now = now;
  }

  /** Cookies that may hold a session: all but those that only accompany another one. */
  candidates(): readonly SetCookie[] {
    const companions = new Set(this.live.flatMap((cookie) => this.companionsOf(cookie)));
    return this.live.filter((cookie) => !companions.has(cookie));
  }

  /** The cookies that belong to this one: its signature, where that is a cookie of its own. */
  companionsOf({ name }: SetCookie): readonly SetCookie[] {
    const suffix = this.#format?.companionSuffix;
    return suffix === undefined ? [] : this.live.filter((other) => other.name === name + suffix);
  }

  /** Verifies a cookie as the framework will get it back from the browser. */
  verify(cookie: SetCookie): Verified | Failure {
    const { name, text } = cookie;
    const others = this.live.filter((other) => other !== cookie);
    const siblings = new Map(others.map((other) => [other.name, this.#unquote(other.text)]));
    const attempt = (value: string) => this.#codec.verify({ name, value, siblings }, { now: this.#now });
    const literal = attempt(text);
    const unquoted = this.#unquote(text);
    return literal.ok || unquoted === text ? literal : attempt(unquoted);
  }

  #unquote(text: string): string {
    return this.#format?.unquote?.(text) ?? text;
  }
}
