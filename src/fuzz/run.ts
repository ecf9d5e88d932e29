import { type Attack, type FindingCode, GROUPS, type Group, groupOf } from "./attack.ts";
import { type ByDesign, type Finding, type FuzzReport, KINDS, SEVERITIES } from "./finding.ts";
import { designOf, judge, observed } from "./judge.ts";
import { type Case, casesOf, inTurns, type Supplies } from "./schedule.ts";
import { shrink } from "./shrink.ts";
import { headerOf } from "./specimen.ts";
import type { Answer, Baseline, Target } from "./target.ts";
import type { WeakSecretCheck } from "./weak-secret.ts";

export interface Limits {
  /** Most cases. */
  readonly cases: number;
  /** Milliseconds; infinite: none. */
  readonly time: number;
  /** Requests at once. */
  readonly concurrency: number;
}

export interface Plan {
  readonly target: Target;
  readonly attacks: readonly Attack[];
  readonly supplies: Supplies;
  readonly seed: number;
  readonly limits: Limits;
  /** What was found off the network. */
  readonly weakSecret: WeakSecretCheck;
  /** Ends it early; what was found so far is confirmed and reported. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readonly cases: number;
  readonly suspicions: number;
}

/** Cases of one attack that show the same thing. */
interface Suspicion {
  readonly code: FindingCode;
  readonly attack: Attack;
  readonly samples: Case[];
  count: number;
}

/** A case that showed something is sent again: so many are kept of each attack to choose from. */
const SAMPLES = 4;
/** Cases after which timers, signals and the progress get their turn. */
const TURN = 200;

/** Attacks a target, confirms what it finds, and makes the examples small. */
export class Run {
  readonly #plan: Plan;
  readonly #start = performance.now();
  readonly #sent = new Map<Attack, number>();
  readonly #suspicions = new Map<string, Suspicion>();
  readonly #byDesign = new Map<string, ByDesign>();
  readonly #findings: Finding[] = [];
  #cases = 0;
  #stopped: FuzzReport["stopped"];

  constructor(plan: Plan) {
    this.#plan = plan;
    if (plan.weakSecret.finding !== undefined) this.#findings.push(plan.weakSecret.finding);
  }

  /** @throws {FuzzError} when the target cannot be attacked, or is gone */
  async go(): Promise<FuzzReport> {
    const { target, attacks, supplies } = this.#plan;
    const baseline = await target.learn(this.#genuine);
    const [replays, others] = [attacks.filter(isReplay), attacks.filter((attack) => !isReplay(attack))];
    await this.#sendAll(inTurns(others, supplies, this.#plan.seed));
    await this.#checkSession();
    await this.#confirmAll();
    await this.#replay(replays);
    return this.#report(baseline);
  }

  get #genuine() {
    const { pairs } = this.#plan.supplies.specimen;
    return { header: headerOf(pairs), pairs };
  }

  async #sendAll(cases: Iterator<Case>): Promise<void> {
    const worker = async () => {
      for (let next = this.#next(cases); next !== undefined; next = this.#next(cases)) {
        const answer = await this.#plan.target.send(next.mutant);
        await this.#note(next, answer);
        if (this.#cases % TURN === 0) await this.#pause();
      }
    };
    await Promise.all(Array.from({ length: this.#plan.limits.concurrency }, worker));
  }

  #next(cases: Iterator<Case>): Case | undefined {
    const { limits, signal, target } = this.#plan;
    for (;;) {
      if (signal?.aborted) this.#stopped = "interrupted";
      else if (performance.now() - this.#start >= limits.time) this.#stopped ??= "time";
      if (this.#stopped !== undefined) return undefined;
      const { done, value } = cases.next();
      if (done) return undefined;
      if (target.kind === "codec" && value.mutant.pairs === undefined) continue;
      if (this.#cases >= limits.cases) {
        this.#stopped = "limit";
        return undefined;
      }
      this.#cases++;
      this.#sent.set(value.attack, (this.#sent.get(value.attack) ?? 0) + 1);
      return value;
    }
  }

  async #pause(): Promise<void> {
    this.#plan.onProgress?.({ cases: this.#cases, suspicions: this.#suspicions.size });
    await new Promise((resolve) => setTimeout(resolve));
  }

  async #note(sent: Case, answer: Answer): Promise<void> {
    const code = judge(sent, answer, this.#plan.target.slowFrom);
    if (code === undefined || (await this.#isExcused(sent, code))) return;
    const key = `${code} ${sent.attack.id}`;
    const suspicion = this.#suspicions.get(key) ?? { code, attack: sent.attack, samples: [], count: 0 };
    this.#suspicions.set(key, suspicion);
    suspicion.count++;
    if (suspicion.samples.length < SAMPLES) suspicion.samples.push(sent);
  }

  async #isExcused(sent: Case, code: FindingCode): Promise<boolean> {
    const { attack, mutant } = sent;
    const text = designOf(sent, code, this.#plan.supplies.specimen.format.trusts);
    if (text !== undefined) {
      const count = (this.#byDesign.get(attack.id)?.count ?? 0) + 1;
      this.#byDesign.set(attack.id, { attack: attack.id, count, text });
      return true;
    }
    if (mutant.control === undefined || code !== attack.finding) return false;
    return (await this.#plan.target.send(mutant.control)).verdict === "accepted";
  }

  /** The genuine session must have survived. */
  async #checkSession(): Promise<void> {
    const { target } = this.#plan;
    for (let tries = 0; tries < 3; tries++) {
      if ((await target.send(this.#genuine)).verdict === "accepted") return;
    }
    this.#add("session-lost", {
      attack: "session",
      id: "session",
      title: "the genuine cookie is refused after the attack",
      note: undefined,
      observed: "refused",
      ...{ count: 1, of: 1 },
      header: this.#genuine.header,
    });
  }

  async #confirmAll(): Promise<void> {
    for (const suspicion of this.#suspicions.values()) {
      for (const sample of suspicion.samples) {
        if (await this.#confirm(suspicion, sample)) break;
      }
    }
  }

  async #confirm({ code, attack, count }: Suspicion, sample: Case): Promise<boolean> {
    const answer = await this.#shows(sample, code);
    if (answer === undefined) return false;
    const header = await this.#shrunk(sample, code);
    this.#add(code, {
      attack: attack.id,
      id: sample.id,
      title: attack.title,
      note: sample.mutant.note,
      observed: observed(code, answer),
      ...{ count, of: this.#sent.get(attack) ?? count },
      header,
    });
    return true;
  }

  /** The answer, if it shows the same again; for what is slow, twice. */
  async #shows(sample: Case, code: FindingCode): Promise<Answer | undefined> {
    const { target } = this.#plan;
    let answer: Answer | undefined;
    for (let left = code === "slow" ? 2 : 1; left > 0; left--) {
      answer = await target.send(sample.mutant);
      if (judge(sample, answer, target.slowFrom) !== code) return undefined;
      if (await this.#isExcused(sample, code)) return undefined;
    }
    return answer;
  }

  async #shrunk({ attack, mutant }: Case, code: FindingCode): Promise<string> {
    const { header, control, signed } = mutant;
    const isEdit = ["integrity", "structure", "encoding", "time"].includes(groupOf(attack));
    if (!isEdit || signed || control !== undefined || this.#plan.target.kind === "codec") return header;
    return shrink(this.#genuine.header, header, async (smaller) => {
      const answer = await this.#plan.target.send({ header: smaller });
      const sample = { id: "", attack, mutant: { header: smaller } };
      return judge(sample, answer, this.#plan.target.slowFrom) === code;
    });
  }

  /** Last, for these end the genuine session. */
  async #replay(attacks: readonly Attack[]): Promise<void> {
    const { supplies, seed, target } = this.#plan;
    const suspicions = this.#suspicions.size;
    for (const attack of attacks) {
      if (this.#stopped === "interrupted") return;
      if (attack.needs === "logout") {
        if (target.logOut === undefined) continue;
        await target.logOut(this.#genuine);
      }
      for (const sent of casesOf(attack, supplies, seed)) {
        this.#cases++;
        this.#sent.set(attack, (this.#sent.get(attack) ?? 0) + 1);
        await this.#note(sent, await target.send(sent.mutant));
      }
    }
    for (const suspicion of [...this.#suspicions.values()].slice(suspicions)) {
      for (const sample of suspicion.samples) {
        if (await this.#confirm(suspicion, sample)) break;
      }
    }
  }

  #add(code: FindingCode, found: Omit<Finding, "code" | "severity" | "why" | "advice" | "command">): void {
    const command = this.#plan.target.reproduce({ header: found.header });
    this.#findings.push({ code, ...KINDS[code], ...found, command });
  }

  #report(baseline: Baseline): FuzzReport {
    const { attacks, seed, supplies, target } = this.#plan;
    const findings = [...this.#findings].sort(
      (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
    );
    return {
      seed,
      target: target.title,
      format: supplies.specimen.format.id,
      baseline,
      cases: this.#cases,
      seconds: (performance.now() - this.#start) / 1000,
      groups: this.#tallies(),
      findings,
      byDesign: [...this.#byDesign.values()],
      left: attacks
        .filter((attack) => !this.#sent.has(attack))
        .map((attack) => ({ attack: attack.id, reason: reasonFor(attack, supplies) })),
      stopped: this.#stopped,
    };
  }

  #tallies(): FuzzReport["groups"] {
    const { tried, finding } = this.#plan.weakSecret;
    const tallies = GROUPS.map((group) => this.#tally(group)).filter(({ cases }) => cases > 0);
    return [...tallies, { group: "weak-secret", cases: tried, findings: finding === undefined ? 0 : 1 }];
  }

  #tally(group: Group): FuzzReport["groups"][number] {
    const sent = [...this.#sent].filter(([attack]) => groupOf(attack) === group);
    return {
      group,
      cases: sent.reduce((total, [, count]) => total + count, 0),
      findings: this.#findings.filter(({ attack }) => attack.startsWith(`${group}/`)).length,
    };
  }
}

const NEEDS = {
  secret: "it needs the secret",
  retired: "it needs a retired secret",
  ended: "it needs the cookie of an ended session",
  logout: "it needs an address to log out",
};

function reasonFor({ needs }: Attack, { forge }: Supplies): string {
  if (needs === undefined || (needs === "secret" && forge !== undefined)) {
    return "there is nothing of the kind in this cookie";
  }
  return NEEDS[needs];
}

function isReplay({ finding }: Attack): boolean {
  return finding === "accepted-replay";
}
