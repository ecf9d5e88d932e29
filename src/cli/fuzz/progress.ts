import type { Progress } from "../../fuzz/plan.ts";
import type { Io } from "../io.ts";
import type { FuzzFlags } from "./flags.ts";

/** A line on a terminal's stderr that says how far the attack is. */
export interface ProgressLine {
  readonly show: ((progress: Progress) => void) | undefined;
  /** Takes the line away. */
  clear(): Promise<void>;
}

/** Milliseconds between two lines. */
const PAUSE = 100;

/** `most`: how many cases there will be at most. */
export function showProgress(most: number, { quiet, json }: FuzzFlags, { stderr }: Io): ProgressLine {
  if (!stderr.isTTY || quiet || json) return { show: undefined, clear: async () => undefined };
  let last = 0;
  const write = (text: string) => stderr.write(`\r\x1b[2K${text}`).catch(() => undefined);
  return {
    show({ cases, suspicions }) {
      const now = performance.now();
      if (now - last < PAUSE) return;
      last = now;
      const seen = suspicions === 0 ? "" : `, ${suspicions} to look into`;
      void write(`${cases} of at most ${most} requests${seen}`);
    },
    clear: () => (last === 0 ? Promise.resolve() : write("")),
  };
}
