import type { Attack, FindingCode } from "./attack.ts";
import type { ByDesign } from "./finding.ts";
import { designOf, judge } from "./judge.ts";
import type { Plan } from "./plan.ts";
import type { Case } from "./schedule.ts";
import type { Answer } from "./target.ts";

/** Cases of one attack that showed the same thing, once. */
export interface Suspicion {
  readonly code: FindingCode;
  readonly attack: Attack;
  /** The first of them, to be sent again, with their answers. */
  readonly samples: Sample[];
  count: number;
}

export interface Sample {
  readonly sent: Case;
  readonly answer: Answer;
}

const SAMPLES = 4;

/** What answers showed, until it is confirmed. */
export class Suspicions {
  readonly #plan: Plan;
  readonly #byDesign = new Map<string, ByDesign>();
  #open = new Map<string, Suspicion>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  get size(): number {
    return this.#open.size;
  }

  get byDesign(): readonly ByDesign[] {
    return [...this.#byDesign.values()];
  }

  /** Those that are not taken yet. */
  take(): Iterable<Suspicion> {
    const taken = this.#open.values();
    this.#open = new Map();
    return taken;
  }

  async note(sent: Case, answer: Answer): Promise<void> {
    const code = await showing(this.#plan, sent, answer);
    if (code === undefined) return;
    const text = designOf(sent, code, this.#plan.supplies.specimen.format.trusts);
    if (text !== undefined) this.#noteDesign(sent.attack.id, text);
    else this.#suspect(code, { sent, answer });
  }

  #noteDesign(attack: string, text: string): void {
    const count = (this.#byDesign.get(attack)?.count ?? 0) + 1;
    this.#byDesign.set(attack, { attack, count, text });
  }

  #suspect(code: FindingCode, sample: Sample): void {
    const { attack } = sample.sent;
    const key = `${code} ${attack.id}`;
    const suspicion = this.#open.get(key) ?? { code, attack, samples: [], count: 0 };
    this.#open.set(key, suspicion);
    suspicion.count++;
    if (suspicion.samples.length < SAMPLES) suspicion.samples.push(sample);
  }
}

/** What an answer shows to be wrong. Where a case has a control, that is sent too: accepted, it excuses. */
export async function showing(
  { target }: Plan,
  sent: Case,
  answer: Answer,
): Promise<FindingCode | undefined> {
  const code = judge(sent, answer, target.slowFrom);
  const { control } = sent.mutant;
  if (control === undefined || code !== sent.attack.finding) return code;
  return (await target.send(control)).verdict === "accepted" ? undefined : code;
}
