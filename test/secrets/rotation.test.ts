import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import { fingerprint } from "../../src/secrets/fingerprint.ts";
import { generateSecret } from "../../src/secrets/generate.ts";
import {
  type Phase,
  pendingOf,
  planRotation,
  type Rotation,
  type Secrets,
} from "../../src/secrets/rotation.ts";
import { type RotationState, readState, writeState } from "../../src/secrets/state.ts";
import { statusOf } from "../../src/secrets/status.ts";

const DAY = 86_400;
const NOW = 1_790_000_000;
const MAX_AGE = 14 * DAY;

const plan = (
  secrets: Secrets,
  state: RotationState,
  phase: Phase,
  more: {
    readonly now?: number;
    readonly fresh?: string;
    readonly force?: boolean;
    readonly keep?: number;
  } = {},
) => planRotation(secrets, state, { phase, fresh: "new", maxAge: MAX_AGE, force: false, now: NOW, ...more });

const done = (planned: ReturnType<typeof plan>): Rotation => unwrap(planned as never);
const start: Secrets = { current: "old", fallbacks: [] };
const none: RotationState = new Map();

describe("a rotation in three phases", () => {
  const introduced = done(plan(start, none, "introduce"));
  const promoted = done(plan(introduced.secrets, introduced.state, "promote", { now: NOW + DAY }));

  test("introduce: the new secret is accepted, and the old one signs", () => {
    expect(introduced.secrets).toEqual({ current: "old", fallbacks: ["new"] });
    expect(pendingOf(introduced.secrets, introduced.state)).toBe("new");
  });

  test("promote: the new one signs, and the old one is accepted", () => {
    expect(promoted.secrets).toEqual({ current: "new", fallbacks: ["old"] });
    expect(promoted.state.get(fingerprint("old"))?.demoted).toBe(NOW + DAY);
  });

  test("retire: refused while a cookie of the old one may live, done after", () => {
    const last = NOW + DAY + MAX_AGE;
    const early = plan(promoted.secrets, promoted.state, "retire", { now: last });
    expect(early).toMatchObject({ ok: false, code: "still-alive" });
    const late = done(plan(promoted.secrets, promoted.state, "retire", { now: last + 1 }));
    expect(late.secrets).toEqual({ current: "new", fallbacks: [] });
    const forced = done(plan(promoted.secrets, promoted.state, "retire", { force: true }));
    expect(forced.secrets.fallbacks).toEqual([]);
  });

  test("out of turn", () => {
    expect(plan(start, none, "promote")).toMatchObject({ ok: false, code: "nothing-to-promote" });
    expect(plan(start, none, "retire")).toMatchObject({ ok: false, code: "nothing-to-retire" });
    const again = plan(introduced.secrets, introduced.state, "introduce", { fresh: "newer" });
    expect(again).toMatchObject({ ok: false, code: "already-introduced" });
    const both = plan(introduced.secrets, introduced.state, "replace", { fresh: "newer" });
    expect(both).toMatchObject({ ok: false, code: "already-introduced" });
    const retired = plan(introduced.secrets, introduced.state, "retire", { force: true });
    expect(retired).toMatchObject({ ok: false, code: "nothing-to-retire" });
  });
});

test("replace: both at once, and fallbacks stay newest first", () => {
  const first = done(plan(start, none, "replace"));
  const second = done(plan(first.secrets, first.state, "replace", { fresh: "newer" }));
  expect(second.secrets).toEqual({ current: "newer", fallbacks: ["new", "old"] });
  const kept = done(plan(first.secrets, first.state, "replace", { fresh: "newer", keep: 1 }));
  expect(kept.secrets).toEqual({ current: "newer", fallbacks: ["new"] });
  expect([...kept.state.keys()]).not.toContain(fingerprint("old"));
});

test("compromised: nothing old is accepted", () => {
  const { secrets, state } = done(plan({ current: "old", fallbacks: ["older"] }, none, "compromised"));
  expect(secrets).toEqual({ current: "new", fallbacks: [] });
  expect([...state.keys()]).toEqual([fingerprint("new")]);
});

test("a fallback that nobody knows the age of is retired by force alone", () => {
  const secrets = { current: "new", fallbacks: ["unknown"] };
  expect(plan(secrets, none, "retire")).toMatchObject({ ok: false, code: "still-alive" });
  expect(done(plan(secrets, none, "retire", { force: true })).secrets.fallbacks).toEqual([]);
});

describe("the state", () => {
  test("comes back as it was written, holds no secret, and is one line", () => {
    const { state } = done(plan(start, none, "replace"));
    const text = writeState(state);
    expect(readState(text)).toEqual(state);
    expect(text).not.toMatch(/new|old|\n/);
  });

  test.each([undefined, "", "{", "[]", '{"keys":[]}', '{"keys":{"ab":{"promoted":"soon"}}}'])(
    "what nobody understands has no dates: %j",
    (text) => {
      expect([...readState(text).values()].every((dates) => Object.keys(dates).length === 0)).toBe(true);
    },
  );
});

describe("the status", () => {
  test("says who signs, who waits, and when the old one may go", () => {
    const introduced = done(plan(start, none, "introduce"));
    expect(statusOf(introduced.secrets, introduced.state, MAX_AGE, NOW).next).toEqual({ phase: "promote" });
    const promoted = done(plan(introduced.secrets, introduced.state, "promote"));
    const waiting = statusOf(promoted.secrets, promoted.state, MAX_AGE, NOW + DAY);
    expect(waiting.next).toEqual({ phase: "retire", from: NOW + MAX_AGE });
    expect(waiting.rows.map(({ role }) => role)).toEqual(["signing", "fallback"]);
    const over = statusOf(promoted.secrets, promoted.state, MAX_AGE, NOW + MAX_AGE + 1);
    expect(over.next).toEqual({ phase: "retire", from: undefined });
    expect(over.rows[1]?.text).toContain("safe to retire");
  });
});

describe("a new secret", () => {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";
  const counter = () => {
    let next = 0;
    return (length: number) => Uint8Array.from({ length }, () => next++ % 256);
  };

  test("is of the alphabet, without what bites, and no easier to guess", () => {
    const secret = generateSecret({ alphabet, length: 50 }, undefined, "$#'\"\\", counter());
    expect(secret).toMatch(/^[a-z0-9!@%^&*(\-_=+)]+$/);
    expect(secret.length * Math.log2(48)).toBeGreaterThanOrEqual(50 * Math.log2(50));
    expect(generateSecret({ alphabet, length: 50 }, undefined, "", counter())).toHaveLength(50);
  });

  test("draws every character equally often", () => {
    const secret = generateSecret({ alphabet, length: 250 }, undefined, "", counter());
    const counts = [...alphabet].map((char) => secret.split(char).length - 1);
    expect(new Set(counts)).toEqual(new Set([5]));
  });

  test("in bytes", () => {
    expect(generateSecret({ bytes: 64, encoding: "hex" }, undefined, "", counter())).toMatch(
      /^[0-9a-f]{128}$/,
    );
    expect(generateSecret({ bytes: 32, encoding: "base64url" }, undefined, "", counter())).toHaveLength(43);
    const prefixed = generateSecret(
      { bytes: 32, encoding: "base64", prefix: "base64:" },
      undefined,
      "",
      counter(),
    );
    expect(prefixed).toMatch(/^base64:[A-Za-z0-9+/]{43}=$/);
  });

  test("too short to be one", () => {
    expect(() => generateSecret({ alphabet, length: 50 }, 8, "", counter())).toThrow(TypeError);
    expect(() => generateSecret({ bytes: 32, encoding: "hex" }, 4, "", counter())).toThrow(TypeError);
  });
});
