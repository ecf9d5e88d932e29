import { groupOf } from "../../fuzz/attack.ts";
import { ATTACKS } from "../../fuzz/attacks/index.ts";
import type { Case } from "../../fuzz/schedule.ts";
import type { Io } from "../io.ts";

/** `--list`: every attack, by group. */
export async function listAttacks(io: Io, json: boolean): Promise<void> {
  for (const attack of ATTACKS) {
    const { id, title, finding, needs } = attack;
    const line = json
      ? JSON.stringify({ attack: id, group: groupOf(attack), title, finding, needs: needs ?? null })
      : `${id.padEnd(WIDTH)} ${title}${needs === undefined ? "" : ` (${NEEDS[needs]})`}`;
    await io.stdout.write(`${line}\n`);
  }
}

const WIDTH = 28;

const NEEDS = {
  secret: "needs the secret",
  retired: "needs --retired-secret-file or --retired-secret-env",
  ended: "needs --ended-cookie",
  logout: "needs --logout-url",
};

/** `--emit`: hostile cookies for any other harness, with what each must get. */
export async function emit(cases: Iterable<Case>, count: number, io: Io): Promise<void> {
  let left = count;
  for (const { id, attack, mutant } of cases) {
    if (left-- <= 0) return;
    const { header, pairs, note = null, harmless } = mutant;
    const line = {
      id,
      attack: attack.id,
      title: attack.title,
      note,
      header,
      cookies: pairs ?? null,
      expect: harmless ? "any" : "refuse",
      finding: attack.finding,
    };
    await io.stdout.write(`${asciiJson(line)}\n`);
  }
}

/** A header is bytes, one a character: escaped, no terminal or decoder changes them. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\x7f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
