import type { Attack } from "./attack.ts";
import { type Case, inTurns, type Supplies } from "./schedule.ts";
import { headerOf } from "./specimen.ts";
import type { Target } from "./target.ts";
import type { WeakSecretCheck } from "./weak-secret.ts";

/** One attack on one target, from its beginning to its report. */
export interface Plan {
  readonly target: Target;
  readonly attacks: readonly Attack[];
  /** The id of a case: it alone is sent. */
  readonly replay?: string | undefined;
  readonly supplies: Supplies;
  readonly seed: number;
  readonly limits: Limits;
  /** What was found off the network. */
  readonly weakSecret: WeakSecretCheck;
  /** Ends it early; what was found so far is confirmed and reported. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

interface Limits {
  /** Most cases. */
  readonly cases: number;
  /** Milliseconds; infinite: none. */
  readonly time: number;
  /** Requests at once. */
  readonly concurrency: number;
}

export interface Progress {
  readonly cases: number;
  /** Attacks that showed something, not confirmed yet. */
  readonly suspicions: number;
}

/** The cases of some of a plan's attacks, in their order; without those that need an end of the session it cannot have. */
export function* casesOfPlan(plan: Plan, attacks = plan.attacks): Generator<Case> {
  const { replay, supplies, seed, target } = plan;
  const possible = attacks.filter(({ needs }) => needs !== "logout" || target.logOut !== undefined);
  for (const next of inTurns(possible, supplies, seed)) {
    if (replay === undefined || next.id === replay) yield next;
  }
}

/** The genuine session, as it is sent. */
export function genuineOf({ supplies: { specimen } }: Plan) {
  return { header: headerOf(specimen.pairs), pairs: specimen.pairs };
}
