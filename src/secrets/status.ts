import { formatDuration, isoTime } from "../core/duration.ts";
import { fingerprint } from "./fingerprint.ts";
import { type Phase, pendingOf, type Secrets, safeDate } from "./rotation.ts";
import type { RotationState } from "./state.ts";

interface StatusRow {
  readonly role: "signing" | "introduced" | "fallback";
  readonly fingerprint: string;
  /** What is known of it, for people. */
  readonly text: string;
  /** Unix seconds: when it began to sign, was introduced, or may be retired. */
  readonly since?: number | undefined;
  readonly safeFrom?: number | undefined;
}

export interface Status {
  readonly rows: readonly StatusRow[];
  /** The phase to run next, when there is one to run; `from` when it may not be run yet. */
  readonly next: { readonly phase: Phase; readonly from?: number | undefined } | undefined;
}

/** Where a rotation stands: who signs since when, and which fallback may go. */
export function statusOf(secrets: Secrets, state: RotationState, maxAge: number | null, now: number): Status {
  const pending = pendingOf(secrets, state);
  const rows = [
    signingRow(secrets.current, state, now),
    ...secrets.fallbacks.map((secret) =>
      secret === pending ? introducedRow(secret, state, now) : fallbackRow(secret, state, maxAge, now),
    ),
  ];
  return { rows, next: nextOf(rows, pending !== undefined, now) };
}

function signingRow(secret: string, state: RotationState, now: number): StatusRow {
  const print = fingerprint(secret);
  const since = state.get(print)?.promoted;
  const text =
    since === undefined
      ? "signing, nobody noted since when"
      : `signing since ${dayOf(since)} (${formatDuration(now - since)})`;
  return { role: "signing", fingerprint: print, text, since };
}

function introducedRow(secret: string, state: RotationState, now: number): StatusRow {
  const print = fingerprint(secret);
  const since = state.get(print)?.introduced ?? now;
  return {
    role: "introduced",
    fingerprint: print,
    text: `accepted since ${dayOf(since)}, signs nothing yet`,
    since,
  };
}

function fallbackRow(secret: string, state: RotationState, maxAge: number | null, now: number): StatusRow {
  const safeFrom = safeDate(secret, state, maxAge);
  return {
    role: "fallback",
    fingerprint: fingerprint(secret),
    text: fallbackText(safeFrom, maxAge, now),
    safeFrom,
  };
}

function fallbackText(safeFrom: number | undefined, maxAge: number | null, now: number): string {
  if (maxAge === null) return "its cookies never expire: only --force retires it";
  if (safeFrom === undefined) return "nobody noted when it stopped signing";
  if (now > safeFrom) return `until ${dayOf(safeFrom)} · every cookie it signed has expired: safe to retire`;
  return `until ${dayOf(safeFrom)} · its cookies may live for ${formatDuration(Math.ceil(safeFrom - now))} more`;
}

function nextOf(rows: readonly StatusRow[], pending: boolean, now: number): Status["next"] {
  if (pending) return { phase: "promote" };
  const dates = rows.flatMap(({ role, safeFrom }) =>
    role === "fallback" && safeFrom !== undefined ? safeFrom : [],
  );
  if (dates.length === 0) return undefined;
  const first = Math.min(...dates);
  return now > first ? { phase: "retire" } : { phase: "retire", from: first };
}

function dayOf(seconds: number): string {
  return isoTime(seconds)?.slice(0, 10) ?? "?";
}
