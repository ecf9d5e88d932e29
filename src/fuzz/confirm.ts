import { type FindingCode, groupOf } from "./attack.ts";
import { type Finding, KINDS } from "./finding.ts";
import { judge, observed } from "./judge.ts";
import { genuineOf, type Plan } from "./plan.ts";
import type { Case } from "./schedule.ts";
import { shrink } from "./shrink.ts";
import { type Suspicion, showing } from "./suspicions.ts";
import type { Answer } from "./target.ts";

/** `of`: how many cases of the attack were sent. Undefined when none of the samples shows it again. */
export async function confirm(plan: Plan, suspicion: Suspicion, of: number): Promise<Finding | undefined> {
  const { attack, code, count, samples } = suspicion;
  for (const sample of samples) {
    const answer = await showsAgain(plan, sample, code);
    if (answer === undefined) continue;
    return findingFor(plan, code, {
      attack: attack.id,
      id: sample.id,
      title: attack.title,
      note: sample.mutant.note,
      observed: observed(code, answer),
      count,
      of,
      header: await smallest(plan, sample, code),
    });
  }
  return undefined;
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
