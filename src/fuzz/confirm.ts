import { type FindingCode, groupOf } from "./attack.ts";
import { type Finding, KINDS } from "./finding.ts";
import { judge, observed } from "./judge.ts";
import { genuineOf, type Plan } from "./plan.ts";
import type { Case } from "./schedule.ts";
import { shrink } from "./shrink.ts";
import { type Sample, type Suspicion, showing } from "./suspicions.ts";
import type { Answer } from "./target.ts";

/** `of`: how many cases of the attack were sent. Undefined when none of the samples shows it again. */
export async function confirm(plan: Plan, suspicion: Suspicion, of: number): Promise<Finding | undefined> {
  for (const { sent } of suspicion.samples) {
    const answer = await showsAgain(plan, sent, suspicion.code);
    if (answer === undefined) continue;
    return seenIn(plan, suspicion, of, { sent, answer }, await smallest(plan, sent, suspicion.code));
  }
  return undefined;
}

/** A finding of a target that is gone, and cannot be asked again. */
export function unconfirmed(plan: Plan, suspicion: Suspicion, of: number): Finding | undefined {
  const sample = suspicion.samples.at(-1);
  return sample && seenIn(plan, suspicion, of, sample, sample.sent.mutant.header);
}

function seenIn(
  plan: Plan,
  { attack, code, count }: Suspicion,
  of: number,
  { sent, answer }: Sample,
  header: string,
): Finding {
  return findingFor(plan, code, {
    ...{ attack: attack.id, id: sent.id, title: attack.title, note: sent.mutant.note },
    ...{ observed: observed(code, answer), count, of, header },
  });
}

type Seen = Omit<Finding, "code" | "severity" | "why" | "advice" | "command">;

export function findingFor({ target }: Plan, code: FindingCode, seen: Seen): Finding {
  return { code, ...KINDS[code], ...seen, command: target.reproduce({ header: seen.header }) };
}

/** Alone, and twice where it is about time, for a busy machine is slow by itself. */
async function showsAgain(plan: Plan, sample: Case, code: FindingCode): Promise<Answer | undefined> {
  let answer: Answer | undefined;
  for (let left = code === "slow" ? 2 : 1; left > 0; left--) {
    answer = await plan.target.send(sample.mutant);
    if ((await showing(plan, sample, answer)) !== code) return undefined;
  }
  return answer;
}

const EDITS: readonly string[] = ["integrity", "structure", "encoding", "time"];

/** The header with as little changed as still shows it. What was minted stays as it is. */
async function smallest(plan: Plan, { attack, mutant }: Case, code: FindingCode): Promise<string> {
  const { control, header, signed } = mutant;
  const { target } = plan;
  const isEdit = EDITS.includes(groupOf(attack)) && !signed && attack.needs === undefined;
  if (!isEdit || control !== undefined || target.kind === "codec") return header;
  return shrink(genuineOf(plan).header, header, async (smaller) => {
    const sample = { id: "", attack, mutant: { header: smaller } };
    return judge(sample, await target.send(sample.mutant), target.slowFrom) === code;
  });
}
