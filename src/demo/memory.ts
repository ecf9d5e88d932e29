import type { RevocationStore } from "../session/index.ts";

/** Seconds between two looks at what can be forgotten. */
const SWEEP = 60;

/** Ended sessions, kept in this process until their cookies have expired. */
export class MemoryRevocation implements RevocationStore {
  readonly #until = new Map<string, number>();
  readonly #now: () => number;
  #swept = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  isRevoked(id: string): boolean {
    return this.#until.has(id);
  }

  revoke(id: string, ttlSeconds: number): void {
    const now = this.#now();
    this.#until.set(id, now + ttlSeconds);
    if (now - this.#swept < SWEEP) return;
    this.#swept = now;
    for (const [known, until] of this.#until) if (until < now) this.#until.delete(known);
  }
}

const MOST_IDS = 10_000;

/** Which sessions each user has: the ids of the newest 10,000 that were seen. */
export class Members {
  readonly #users = new Map<string, string>();

  add(user: string, id: string): void {
    this.#users.delete(id);
    this.#users.set(id, user);
    const [oldest] = this.#users.keys();
    if (this.#users.size > MOST_IDS && oldest !== undefined) this.#users.delete(oldest);
  }

  /** The user's ids, which are no longer known afterwards. */
  take(user: string): readonly string[] {
    const ids = [...this.#users].flatMap(([id, owner]) => (owner === user ? [id] : []));
    for (const id of ids) this.#users.delete(id);
    return ids;
  }
}

const MOST_LINES = 200;

/** The newest `Set-Cookie` lines, by the value in them: a request brings only the value back. */
export class GivenCookies {
  readonly #lines = new Map<string, string>();
  readonly #prefix: string;

  constructor(name: string) {
    this.#prefix = `${name}=`;
  }

  remember(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = ""] = line.split(";", 1);
      if (!pair.startsWith(this.#prefix)) continue;
      this.#lines.set(pair.slice(this.#prefix.length), line);
      const [oldest] = this.#lines.keys();
      if (this.#lines.size > MOST_LINES && oldest !== undefined) this.#lines.delete(oldest);
    }
  }

  lineOf(value: string): string | undefined {
    return this.#lines.get(value);
  }
}
