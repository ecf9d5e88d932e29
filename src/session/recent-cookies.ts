import type { Verified } from "../core/verify.ts";
import { writePythonJson } from "../encoding/python-json.ts";

/** Longer cookies are not kept: no browser sends one. */
const LONGEST = 4_096;

/** Characters of JSON: a small cookie may inflate to a payload that is not worth its memory. */
const LARGEST_PAYLOAD = 16_384;

/**
 * The end of the signature, by which a cookie is looked up: hashing the whole text takes longer than all else here.
 * Texts are compared whole.
 */
const TAIL = -16;

interface Kept {
  readonly cookie: string;
  readonly verified: Verified;
}

/**
 * The cookies that were accepted last, by their whole text. A browser sends the same one until its session changes,
 * and checking it takes many times as long as finding it here, above all in a server that does other things in
 * between. Only genuine cookies are kept, and their age is looked at each time.
 *
 * At most `size` texts of one generation and as many of the one before it: what is asked for stays.
 */
export class RecentCookies {
  readonly #size: number;
  #newer = new Map<string, Kept>();
  #older = new Map<string, Kept>();

  constructor(size: number) {
    this.#size = size;
  }

  /** As it was added: copy its payload. Undefined when it is not known, or has expired by `now`. */
  get(cookie: string, now: number): Verified | undefined {
    const tail = cookie.slice(TAIL);
    let kept = this.#newer.get(tail);
    if (kept === undefined) {
      kept = this.#older.get(tail);
      if (kept === undefined) return undefined;
      this.#keep(tail, kept);
    }
    if (kept.cookie !== cookie) return undefined;
    const { verified } = kept;
    return verified.expiresAt === null || now > verified.expiresAt ? undefined : verified;
  }

  add(cookie: string, verified: Verified): void {
    if (this.#size === 0 || cookie.length > LONGEST) return;
    if (verified.compressed && writePythonJson(verified.payload).length > LARGEST_PAYLOAD) return;
    // A text of its own: a slice would keep the whole header that it was cut from.
    this.#keep(cookie.slice(TAIL), { cookie: ` ${cookie}`.slice(1), verified });
  }

  #keep(tail: string, kept: Kept): void {
    if (this.#newer.size >= this.#size) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(tail, kept);
  }
}
