import { formatDuration, isoTime } from "../core/duration.ts";
import { type Failure, fail } from "../core/failure.ts";
import { ok, type Result } from "../core/result.ts";
import { fingerprint } from "./fingerprint.ts";
import type { KeyDates, RotationState } from "./state.ts";

/**
 * - `introduce`: the new secret becomes a fallback: every server learns to accept it before one signs with it
 * - `promote`: it signs; the old one becomes a fallback
 * - `retire`: fallbacks whose last cookie has expired go
 * - `replace`: introduce and promote at once
 * - `compromised`: the new secret alone is left
 */
export type Phase = "introduce" | "promote" | "retire" | "replace" | "compromised";

/**
 * - `nothing-to-promote`: no secret was introduced
 * - `already-introduced`: one was, and waits to be promoted
 * - `nothing-to-retire`: there is no fallback
 * - `still-alive`: cookies of a fallback may still be valid
 */
type RotationCode = "nothing-to-promote" | "already-introduced" | "nothing-to-retire" | "still-alive";

/** The secrets in force. `fallbacks`: newest first, whatever order the settings have. */
export interface Secrets {
  readonly current: string;
  readonly fallbacks: readonly string[];
}

export interface RotationRequest {
  readonly phase: Phase;
  /** The new secret, for the phases that bring one in. */
  readonly fresh: string;
  /** Seconds for which a cookie lives; null: for ever. */
  readonly maxAge: number | null;
  /** Retire in spite of living cookies, and fallbacks of unknown age. */
  readonly force: boolean;
  /** Most fallbacks to keep; the oldest go. */
  readonly keep?: number | undefined;
  /** Unix seconds. */
  readonly now: number;
}

export interface Rotation {
  readonly secrets: Secrets;
  readonly state: RotationState;
  /** What was done, a sentence each; secrets by their fingerprints. */
  readonly steps: readonly string[];
}

type Planned = Result<Rotation, Failure<RotationCode>>;

/** Works out the next secrets and state. Pure: the same request gives the same answer. */
export function planRotation(secrets: Secrets, state: RotationState, request: RotationRequest): Planned {
  switch (request.phase) {
    case "introduce":
      return introduce(secrets, state, request);
    case "promote":
      return promote(secrets, state, request);
    case "retire":
      return retire(secrets, state, request);
    case "replace":
      return replace(secrets, state, request);
    case "compromised":
      return ok(compromised(secrets, request));
  }
}

/** The fallback that was introduced and does not sign yet. */
export function pendingOf({ fallbacks }: Secrets, state: RotationState): string | undefined {
  return fallbacks.find((secret) => {
    const dates = state.get(fingerprint(secret));
    return dates?.introduced !== undefined && dates.promoted === undefined;
  });
}

function introduce(secrets: Secrets, state: RotationState, { fresh, now, keep }: RotationRequest): Planned {
  const pending = pendingOf(secrets, state);
  if (pending !== undefined) {
    return fail("already-introduced", `${fingerprint(pending)} was introduced and waits to be promoted`, {
      hint: "--phase promote, once every server has the file",
    });
  }
  const next = { current: secrets.current, fallbacks: [fresh, ...secrets.fallbacks] };
  const steps = [`${fingerprint(fresh)} is accepted from now on, and signs nothing yet`];
  return ok(settle(next, dated(state, fresh, { introduced: now }), steps, keep));
}

function promote(secrets: Secrets, state: RotationState, { now, keep }: RotationRequest): Planned {
  const pending = pendingOf(secrets, state);
  if (pending === undefined) {
    return fail("nothing-to-promote", "no secret was introduced", { hint: "--phase introduce comes first" });
  }
  const rest = secrets.fallbacks.filter((secret) => secret !== pending);
  return ok(takeOver(secrets, rest, pending, state, now, keep));
}

function replace(secrets: Secrets, state: RotationState, { fresh, now, keep }: RotationRequest): Planned {
  const pending = pendingOf(secrets, state);
  if (pending !== undefined) {
    return fail("already-introduced", `${fingerprint(pending)} was introduced and waits to be promoted`, {
      hint: "--phase promote finishes that rotation",
    });
  }
  return ok(takeOver(secrets, secrets.fallbacks, fresh, dated(state, fresh, { introduced: now }), now, keep));
}

function takeOver(
  { current }: Secrets,
  rest: readonly string[],
  fresh: string,
  state: RotationState,
  now: number,
  keep: number | undefined,
): Rotation {
  const next = { current: fresh, fallbacks: [current, ...rest.filter((secret) => secret !== current)] };
  const promoted = dated(state, fresh, { promoted: now });
  const steps = [
    `${fingerprint(fresh)} signs from now on`,
    `${fingerprint(current)} is a fallback: what it signed stays valid`,
  ];
  return settle(next, dated(promoted, current, { demoted: now }), steps, keep);
}

function retire(secrets: Secrets, state: RotationState, request: RotationRequest): Planned {
  const pending = pendingOf(secrets, state);
  const old = secrets.fallbacks.filter((secret) => secret !== pending);
  if (old.length === 0) return fail("nothing-to-retire", "there is no fallback to retire");
  const gone = old.filter((secret) => request.force || isDead(secret, state, request));
  if (gone.length === 0)
    return fail("still-alive", livingWords(old, state, request), { hint: "--force retires all the same" });
  const next = { ...secrets, fallbacks: secrets.fallbacks.filter((secret) => !gone.includes(secret)) };
  return ok(
    settle(
      next,
      state,
      gone.map((secret) => `${fingerprint(secret)} is retired: nothing accepts it any more`),
      undefined,
    ),
  );
}

/** When the last cookie that a fallback signed has expired; undefined when nobody knows, or never. */
export function safeDate(secret: string, state: RotationState, maxAge: number | null): number | undefined {
  const demoted = state.get(fingerprint(secret))?.demoted;
  return demoted === undefined || maxAge === null ? undefined : demoted + maxAge;
}

function isDead(secret: string, state: RotationState, { maxAge, now }: RotationRequest): boolean {
  const date = safeDate(secret, state, maxAge);
  return date !== undefined && now > date;
}

function livingWords(old: readonly string[], state: RotationState, { maxAge, now }: RotationRequest): string {
  const dates = old.map((secret) => safeDate(secret, state, maxAge));
  const known = dates.filter((date) => date !== undefined);
  if (known.length === 0) return "nobody knows when the last cookie of the fallbacks expires";
  const first = Math.min(...known);
  return `cookies of the fallbacks may be valid until ${isoTime(first)}, for ${formatDuration(Math.ceil(first - now))}`;
}

function compromised({ current, fallbacks }: Secrets, { fresh, now }: RotationRequest): Rotation {
  const dropped = [current, ...fallbacks].map(fingerprint);
  return {
    secrets: { current: fresh, fallbacks: [] },
    state: dated(new Map(), fresh, { introduced: now, promoted: now }),
    steps: [
      `${fingerprint(fresh)} signs from now on, and nothing else is accepted`,
      `dropped: ${dropped.join(", ")}`,
      "every session ends, and every link and token that the old secrets signed is void",
    ],
  };
}

function dated(state: RotationState, secret: string, dates: KeyDates): RotationState {
  const print = fingerprint(secret);
  return new Map([...state, [print, { ...state.get(print), ...dates }]]);
}

/** Bounds the fallbacks, and forgets the dates of secrets that are gone. */
function settle(
  secrets: Secrets,
  state: RotationState,
  steps: readonly string[],
  keep: number | undefined,
): Rotation {
  const fallbacks = secrets.fallbacks.slice(0, keep);
  const dropped = secrets.fallbacks.slice(fallbacks.length);
  const prints = new Set([secrets.current, ...fallbacks].map(fingerprint));
  return {
    secrets: { ...secrets, fallbacks },
    state: new Map([...state].filter(([print]) => prints.has(print))),
    steps: [
      ...steps,
      ...dropped.map(
        (secret) => `${fingerprint(secret)} is dropped, as one more than ${keep}: what it signed is void`,
      ),
    ],
  };
}
