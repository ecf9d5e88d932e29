import type { Trust } from "../core/guide.ts";
import type { Forge } from "./forge.ts";
import type { Hostile } from "./hostile.ts";
import type { Random } from "./random.ts";
import type { Specimen } from "./specimen.ts";
import type { Target } from "./target.ts";

export const GROUPS = ["integrity", "structure", "encoding", "time", "purpose", "replay", "content"] as const;

export type Group = (typeof GROUPS)[number];

export type FindingCode =
  | "accepted-forgery"
  | "accepted-expired"
  | "accepted-replay"
  | "accepted-wrong-purpose"
  | "weak-secret"
  | "server-error"
  | "slow"
  | "reflected"
  | "session-lost";

/** One case of an attack. */
export interface Mutant extends Hostile {
  /** What was done, where the attack's title does not say: "12 of 43 characters". */
  readonly note?: string | undefined;
  /** Accepting it is no fault: it only must do no harm. */
  readonly harmless?: boolean | undefined;
  /** The server's own secret signed it. */
  readonly signed?: boolean | undefined;
  /** A server that accepts this one too reads cookies in another order, and has no fault. */
  readonly control?: Hostile | undefined;
}

/** What an attack may use. */
export interface Means {
  readonly specimen: Specimen;
  readonly kind: Target["kind"];
  readonly random: Random;
  /** Mints under a secret of its own: what it makes is a forgery. */
  readonly forger: Forge;
  /** Mints under the server's secret; undefined when it was not given. */
  readonly forge: Forge | undefined;
  /** Mint under secrets that should no longer be accepted. */
  readonly retired: readonly Forge[];
  /** Headers of sessions that have ended. */
  readonly ended: readonly string[];
  /** Unix seconds. */
  readonly now: number;
  /** Seconds after which the server should refuse a session; null: never. */
  readonly maxAge: number | null;
  /** Characters that a cookie may have and still reach the target. */
  readonly room: number;
}

/** One named way to attack a cookie, for every format. */
export interface Attack {
  readonly id: `${Group}/${string}`;
  /** What is done to the cookie: finishes "accepted although …". */
  readonly title: string;
  /** What it is when the server accepts such a cookie. */
  readonly finding: FindingCode;
  /** What it needs besides a cookie; without that it has no cases. */
  readonly needs?: "secret" | "retired" | "ended" | "logout";
  /** What its format may trust in, once the secret has signed it. */
  readonly trust?: Trust | undefined;
  /**
   * The cases, the most telling first, in an order that depends on `random` alone. Many are random: whoever takes
   * them stops when there is enough.
   */
  cases(means: Means): Iterable<Mutant>;
}

export function groupOf({ id }: Pick<Attack, "id">): Group {
  return id.slice(0, id.indexOf("/")) as Group;
}
