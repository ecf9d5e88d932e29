import type { Finding, FuzzReport } from "../finding.ts";

/** What was done: the title, and the note of the case that showed it. */
export function headlineOf({ title, note }: Pick<Finding, "title" | "note">): string {
  return note === undefined ? title : `${title}: ${note}`;
}

/** What the target did, and how often: "accepted, 3 of 64 cases". */
export function observedOf({ observed, count, of }: Pick<Finding, "observed" | "count" | "of">): string {
  return of === 1 ? observed : `${observed}, ${number(count)} of ${plural(of, "case")}`;
}

/** Where it was before the `/`: `encoding` of `encoding/spare-bits`. */
export function groupIn(attack: string): string {
  return attack.split("/", 1)[0] ?? attack;
}

/** "1 finding", "1,200 cases". */
export function plural(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

export function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** "2.1 s", "3 min 5 s". */
export function elapsed(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Why it ended early; undefined when it did not. */
export function stoppedText({ stopped }: Pick<FuzzReport, "stopped">): string | undefined {
  switch (stopped) {
    case undefined:
      return undefined;
    case "limit":
      return "the limit of cases was reached: --max-requests allows more";
    case "time":
      return "stopped early: the time was up";
    case "gone":
      return "stopped early: the target answers no more";
    case "interrupted":
      return "stopped early: it was interrupted";
  }
}

/** Attacks that were not made, by the reason. */
export function leftByReason({ left }: Pick<FuzzReport, "left">): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { attack, reason } of left) reasons.set(reason, [...(reasons.get(reason) ?? []), attack]);
  return reasons;
}
