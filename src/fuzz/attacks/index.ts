import { type Attack, groupOf } from "../attack.ts";
import { content } from "./content.ts";
import { encoding } from "./encoding.ts";
import { integrity } from "./integrity.ts";
import { purpose } from "./purpose.ts";
import { replay } from "./replay.ts";
import { structure } from "./structure.ts";
import { time } from "./time.ts";

/** Every attack, in the order in which their cases take turns. */
export const ATTACKS: readonly Attack[] = [
  ...integrity,
  ...structure,
  ...encoding,
  ...time,
  ...purpose,
  ...content,
  ...replay,
];

/** What attacks are asked for by: their groups, and their own names. */
export const ATTACK_NAMES: readonly string[] = [
  ...new Set(ATTACKS.map(groupOf)),
  ...ATTACKS.map(({ id }) => id),
];
