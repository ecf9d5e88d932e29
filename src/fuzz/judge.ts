import type { FindingCode } from "./attack.ts";
import type { Case } from "./schedule.ts";
import type { Answer } from "./target.ts";

/** What an answer shows to be wrong; undefined: nothing. The gravest, where it is more than one thing. */
export function judge({ attack, mutant }: Case, answer: Answer, slowFrom: number): FindingCode | undefined {
  if (answer.verdict === "accepted" && !mutant.harmless) return attack.finding;
  if (answer.reflects !== undefined) return "reflected";
  if (answer.milliseconds >= slowFrom) return "slow";
  return answer.verdict === "error" ? "server-error" : undefined;
}

/** Why the framework itself answers so, when it does. */
export function designOf({ attack, mutant }: Case, code: FindingCode, trusts: Trusts): string | undefined {
  const isItsOwn = code === "server-error" && mutant.signed && attack.trust !== undefined;
  return isItsOwn ? trusts?.[attack.trust] : undefined;
}

type Trusts = Readonly<Partial<Record<NonNullable<Case["attack"]["trust"]>, string>>> | undefined;

/** What was seen, for people. */
export function observed(code: FindingCode, { detail, milliseconds, reflects }: Answer): string {
  if (code === "slow") return `${Math.round(milliseconds).toLocaleString("en")} ms, ${detail}`;
  if (code === "reflected") return `it shows ${reflects}, ${detail}`;
  return code === "server-error" ? detail : `accepted, ${detail}`;
}
