import type { Attack } from "./attack.ts";
import { confirm, findingFor, unconfirmed } from "./confirm.ts";
import type { Finding, FuzzReport } from "./finding.ts";
import { casesOfPlan, genuineOf, type Plan } from "./plan.ts";
import type { Case } from "./schedule.ts";
import { summarize } from "./summary.ts";
import { type Suspicion, Suspicions } from "./suspicions.ts";
import { FuzzError } from "./target.ts";

/** Cases after which timers, signals and the progress get their turn. */
const TURN = 200;

/**
 * Attacks a target: all cases, then the genuine session once more, then what was seen is confirmed and made small,
 * and last the replays, for they end the session.
 * @throws {FuzzError} when the target cannot be attacked, or is gone
 */
export async function runPlan(plan: Plan): Promise<FuzzReport> {
  return new Run(plan).go();
}

class Run {
  readonly #plan: Plan;
  readonly #start = performance.now();
  readonly #sent = new Map<Attack, number>();
  readonly #suspicions: Suspicions;
  readonly #findings: Finding[];
  #cases = 0;
  #stopped: FuzzReport["stopped"];

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#suspicions = new Suspicions(plan);
    this.#findings = plan.weakSecret.finding === undefined ? [] : [plan.weakSecret.finding];
  }

  async go(): Promise<FuzzReport> {
    const { target, attacks } = this.#plan;
    const baseline = await target.learn(genuineOf(this.#plan));
    const isReplay = ({ finding }: Attack) => finding === "accepted-replay";
    try {
      await this.#sendAll(attacks.filter((attack) => !isReplay(attack)));
      await this.#checkSession();
      await this.#confirm();
      await this.#replay(attacks.filter(isReplay));
      await this.#confirm();
    } catch (error) {
      this.#giveUp(error);
    }
    return summarize(this.#plan, {
      ...{ baseline, sent: this.#sent, findings: this.#findings, stopped: this.#stopped },
      byDesign: this.#suspicions.byDesign,
      seconds: (performance.now() - this.#start) / 1000,
    });
  }

  /** A target that is gone may have died of a cookie: what was seen until then is told. */
  #giveUp(error: unknown): void {
    if (!(error instanceof FuzzError) || this.#suspicions.size === 0) throw error;
    this.#stopped = "gone";
    for (const suspicion of this.#suspicions.take()) {
      const finding = unconfirmed(this.#plan, suspicion, this.#sentOf(suspicion));
      if (finding !== undefined) this.#findings.push(finding);
    }
  }

  #sentOf({ attack, count }: Suspicion): number {
    return this.#sent.get(attack) ?? count;
  }

  async #sendAll(attacks: readonly Attack[]): Promise<void> {
    const cases = casesOfPlan(this.#plan, attacks);
    const worker = async () => {
      for (let next = this.#next(cases); next !== undefined; next = this.#next(cases)) {
        await this.#send(next);
        if (this.#cases % TURN === 0) await this.#pause();
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: this.#plan.limits.concurrency }, worker));
    for (const ended of workers) if (ended.status === "rejected") throw ended.reason;
  }

  #next(cases: Iterator<Case>): Case | undefined {
    const { limits, signal, target } = this.#plan;
    const most = limits.cases - this.#replays;
    for (;;) {
      if (signal?.aborted) this.#stopped = "interrupted";
      else if (performance.now() - this.#start >= limits.time) this.#stopped ??= "time";
      if (this.#stopped !== undefined) return undefined;
      const { done, value } = cases.next();
      if (done) return undefined;
      if (target.kind === "codec" && value.mutant.pairs === undefined) continue;
      if (this.#cases < most) {
        this.#cases++;
        return value;
      }
      this.#stopped = "limit";
    }
  }

  /** Cases that are kept for the end. */
  get #replays(): number {
    const { supplies, target } = this.#plan;
    return supplies.ended.length + (target.logOut === undefined ? 0 : 1);
  }

  async #send(next: Case): Promise<void> {
    this.#sent.set(next.attack, (this.#sent.get(next.attack) ?? 0) + 1);
    await this.#suspicions.note(next, await this.#plan.target.send(next.mutant));
  }

  async #pause(): Promise<void> {
    const { target } = this.#plan;
    this.#plan.onProgress?.({ cases: this.#cases, suspicions: this.#suspicions.size });
    // What changes by itself on its page, a clock or a counter, the target learns from the genuine session.
    if (target.kind === "http") await target.send(genuineOf(this.#plan));
    await new Promise((resolve) => setTimeout(resolve));
  }

  /** The genuine session must have survived. */
  async #checkSession(): Promise<void> {
    const genuine = genuineOf(this.#plan);
    for (let tries = 0; tries < 3; tries++) {
      if ((await this.#plan.target.send(genuine)).verdict === "accepted") return;
    }
    const seen = {
      ...{ attack: "session", id: "session", title: "the genuine cookie is refused after the attack" },
      ...{ note: undefined, observed: "refused", count: 1, of: 1, header: genuine.header },
    };
    this.#findings.push(findingFor(this.#plan, "session-lost", seen));
  }

  async #confirm(): Promise<void> {
    for (const suspicion of this.#suspicions.take()) {
      const finding = await confirm(this.#plan, suspicion, this.#sentOf(suspicion));
      if (finding !== undefined) this.#findings.push(finding);
    }
  }

  async #replay(attacks: readonly Attack[]): Promise<void> {
    const { target } = this.#plan;
    for (const attack of attacks) {
      if (this.#stopped === "interrupted") return;
      if (attack.needs === "logout") await target.logOut?.(genuineOf(this.#plan));
      for (const next of casesOfPlan(this.#plan, [attack])) await this.#send(next);
    }
  }
}
