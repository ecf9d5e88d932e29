import { type Attack, GROUPS, groupOf } from "./attack.ts";
import { type ByDesign, type Finding, type FuzzReport, SEVERITIES } from "./finding.ts";
import type { Plan } from "./plan.ts";
import type { Baseline } from "./target.ts";

/** What a run leaves behind. */
export interface Outcome {
  readonly baseline: Baseline;
  /** Cases by attack. */
  readonly sent: ReadonlyMap<Attack, number>;
  readonly findings: readonly Finding[];
  readonly byDesign: readonly ByDesign[];
  readonly stopped: FuzzReport["stopped"];
  readonly seconds: number;
}

export function summarize(plan: Plan, outcome: Outcome): FuzzReport {
  const { attacks, seed, supplies, target } = plan;
  const { baseline, sent, findings, byDesign, stopped, seconds } = outcome;
  return {
    seed,
    target: target.title,
    format: supplies.specimen.format.id,
    baseline,
    cases: sum(sent.values()),
    seconds,
    groups: tallies(plan, outcome),
    findings: [...findings].sort(
      (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
    ),
    byDesign,
    left: attacks
      .filter((attack) => !sent.has(attack))
      .map((attack) => ({ attack: attack.id, reason: reasonFor(attack, plan) })),
    stopped,
  };
}

function tallies({ weakSecret }: Plan, { sent, findings }: Outcome): FuzzReport["groups"] {
  const groups = GROUPS.map((group) => ({
    group,
    cases: sum([...sent].flatMap(([attack, count]) => (groupOf(attack) === group ? count : []))),
    findings: findings.filter(({ attack }) => attack.startsWith(`${group}/`)).length,
  }));
  const weak = { cases: weakSecret.tried, findings: weakSecret.finding === undefined ? 0 : 1 };
  return [...groups.filter(({ cases }) => cases > 0), { group: "weak-secret", ...weak }];
}

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

const NEEDS = {
  secret: "no secret was given: --secret-env NAME",
  retired: "no retired secret was given: --retired-secret-env NAME",
  ended: "no cookie of an ended session was given: --ended-cookie COOKIE",
  logout: "no address that logs out was given: --logout-url URL",
};

function reasonFor({ needs }: Attack, { supplies, target }: Plan): string {
  const has = {
    secret: supplies.forge !== undefined,
    retired: supplies.retired.length > 0,
    ended: supplies.ended.length > 0,
    logout: target.logOut !== undefined,
  };
  if (needs !== undefined && !has[needs]) return NEEDS[needs];
  return target.kind === "codec" && needs === undefined
    ? "a codec reads no headers, or nothing of the kind is in this cookie"
    : "nothing of the kind is in this cookie";
}
