import type { Verified } from "../core/verify.ts";
import { writePythonJson } from "../encoding/python-json.ts";
import { copyValue } from "../encoding/values.ts";

/** Longer cookies are not kept: no browser sends one. */
const LONGEST = 4_096;

/** Characters of JSON: a small cookie may inflate to a payload that is not worth its memory. */
const LARGEST_PAYLOAD = 16_384;

/**
 * The cookies that were accepted last, by their whole text. A browser sends the same one until its session changes,
 * and checking it takes many times as long as finding it here, above all in a server that does other things in
 * between. Only genuine cookies are kept, and their age is looked at each time.
 *
 * At most `size` texts of one generation and as many of the one before it: what is asked for stays.
 */
export class RecentCookies {
  readonly #size: number;
  #newer = new Map<string, Verified>();
  #older = new Map<string, Verified>();

  constructor(size: number) {
    this.#size = size;
  }

  /** As it was verified, with a payload of its own; undefined when it is not known or has expired by `now`. */
  get(cookie: string, now: number): Verified | undefined {
    let verified = this.#newer.get(cookie);
    if (verified === undefined) {
      verified = this.#older.get(cookie);
      if (verified === undefined) return undefined;
      this.#keep(cookie, verified);
    }
    if (verified.expiresAt === null || now > verified.expiresAt) return undefined;
    return { ...verified, payload: copyValue(verified.payload) };
  }

  add(cookie: string, verified: Verified): void {
    if (this.#size === 0 || cookie.length > LONGEST) return;
    if (verified.compressed && writePythonJson(verified.payload).length > LARGEST_PAYLOAD) return;
    this.#keep(cookie, { ...verified, payload: copyValue(verified.payload) });
  }

  #keep(cookie: string, verified: Verified): void {
    if (this.#newer.size >= this.#size) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(cookie, verified);
  }
}
