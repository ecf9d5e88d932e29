import type { Attack, Means, Mutant } from "./attack.ts";
import { makeRandom } from "./random.ts";
import { headerOf, isEquivalent } from "./specimen.ts";

/** One cookie to send, and where it comes from. */
export interface Case {
  /** `encoding/spare-bits#3`: the same again under the same seed and cookie. */
  readonly id: string;
  readonly attack: Attack;
  readonly mutant: Mutant;
}

/** What every attack may use; each gets random numbers of its own. */
export type Supplies = Omit<Means, "random">;

/** The cases of one attack, without those that are the genuine cookie after all. */
export function* casesOf(attack: Attack, supplies: Supplies, seed: number): Generator<Case> {
  const { specimen } = supplies;
  const genuine = headerOf(specimen.pairs);
  const isReplay = attack.finding === "accepted-replay";
  let index = 0;
  for (const mutant of attack.cases({ ...supplies, random: makeRandom(seed, attack.id) })) {
    const id = `${attack.id}#${index++}`;
    if (mutant.header === genuine && !isReplay) continue;
    const harmless = mutant.harmless ?? (!isReplay && saysTheSame(mutant, supplies));
    yield { id, attack, mutant: { ...mutant, harmless } };
  }
}

function saysTheSame({ pairs }: Mutant, { specimen }: Supplies): boolean {
  return pairs !== undefined && isEquivalent(specimen, pairs);
}

/** The cases of all attacks in turns, so that whoever stops early has seen something of each. */
export function* inTurns(attacks: readonly Attack[], supplies: Supplies, seed: number): Generator<Case> {
  let running = attacks.map((attack) => casesOf(attack, supplies, seed));
  while (running.length > 0) {
    const going: typeof running = [];
    for (const cases of running) {
      const next = cases.next();
      if (next.done) continue;
      yield next.value;
      going.push(cases);
    }
    running = going;
  }
}
