import type { Attack, Mutant } from "../attack.ts";
import { mutant } from "./edits.ts";

/** Genuine cookies whose sessions have ended. Made last: the genuine session ends with them. */
export const replay: readonly Attack[] = [
  {
    id: "replay/ended",
    title: "its session has ended: before a logout, another password or a rotation",
    finding: "accepted-replay",
    needs: "ended",
    *cases({ ended }): Generator<Mutant> {
      for (const header of ended) yield { header };
    },
  },
  {
    id: "replay/logout",
    title: "it is the cookie from before the logout",
    finding: "accepted-replay",
    needs: "logout",
    *cases({ specimen: { pairs } }): Generator<Mutant> {
      yield mutant(pairs);
    },
  },
];
