import type { Note, Segment } from "../../core/cookie.ts";
import { isoTime } from "../../core/duration.ts";
import type { Explanation } from "../../core/explain.ts";
import type { Failure, FailureCode } from "../../core/failure.ts";
import type { Verified } from "../../core/verify.ts";
import { writeJson as write } from "../../encoding/json-writer.ts";
import { safe } from "../../encoding/safe-text.ts";
import { toTyped } from "../../encoding/typed-json.ts";
import { utf8Length } from "../../encoding/utf8.ts";
import type { Value, ValueObject } from "../../encoding/values.ts";
import type { DecodedView } from "./view.ts";

/** The reasons that scripts may rely on; the library's further codes fold into them. */
const REASONS: Readonly<Record<FailureCode, string>> = {
  malformed: "malformed",
  "bad-signature": "bad-signature",
  undecryptable: "undecryptable",
  expired: "expired",
  "not-yet-valid": "not-yet-valid",
  "bad-payload": "bad-payload",
  "unknown-format": "unknown-format",
  unsupported: "malformed",
  "name-required": "malformed",
  "companion-missing": "bad-signature",
};

/**
 * JSON on one line, safe to print, with numbers spelled so that what was a float stays one wherever the line is read
 * next.
 */
export function writeJson(value: Value): string {
  return write(value, { string: (text) => safe(JSON.stringify(text)), number: spellNumber });
}

/** Integers beyond 2^53 are no numbers here, so a number as large is a float. */
function spellNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return Math.abs(value) >= 2 ** 53 ? value.toExponential() : JSON.stringify(value);
}

/** One line of NDJSON. Undefined members are left out. */
export function jsonLine(members: Readonly<Record<string, Value | undefined>>): string {
  const present = Object.entries(members).filter((entry): entry is [string, Value] => entry[1] !== undefined);
  return `${writeJson(Object.fromEntries(present) as ValueObject)}\n`;
}

export function failureMembers(failure: Failure): Record<string, Value | undefined> {
  return { reason: REASONS[failure.code], message: failure.message, hint: failure.hint };
}

export function explanationMembers(explanation: Explanation | undefined): Record<string, Value | undefined> {
  if (explanation === undefined) return {};
  const { nearby, tried, advice } = explanation;
  return {
    variationsTried: tried,
    matches: nearby && {
      change: nearby.change,
      ...(nearby.meaning !== undefined && { meaning: nearby.meaning }),
      ...(nearby.flags !== "" && { flags: nearby.flags }),
      ...(nearby.without !== "" && { without: nearby.without }),
    },
    advice,
  };
}

export function verifiedMembers(verified: Verified): Record<string, Value | undefined> {
  return {
    payload: toTyped(verified.payload),
    payloadType: verified.payloadType,
    issuedAt: timeOf(verified.issuedAt),
    expiresAt: timeOf(verified.expiresAt),
    keyIndex: verified.keyIndex,
    needsRotation: verified.needsRotation,
    outdated: verified.outdated,
    salt: verified.salt,
    algorithm: verified.algorithm,
  };
}

/** What was peeled off to get at a value that was checked, and what to know of that. */
export function peeledMembers(
  layers: readonly string[],
  warnings: readonly Note[],
): Record<string, Value | undefined> {
  return { peeled: layers, warnings: warnings.length === 0 ? undefined : noteMembers(warnings) };
}

/** Everything `decode --json` says of one cookie. */
export function decodedMembers(view: DecodedView): Record<string, Value | undefined> {
  const { format, look, name, value, now, notes, layers, alsoPossible } = view;
  const { payload, opened, description, algorithm, segments } = look;
  const { issuedAt } = opened;
  return {
    format: format.id,
    title: description.title,
    name,
    payload: toTyped(payload.value),
    payloadType: payload.type,
    compressed: payload.compressed,
    issuedAt: timeOf(issuedAt),
    ageSeconds: issuedAt === null || !Number.isFinite(issuedAt) ? null : Math.floor(now - issuedAt),
    signature: { algorithm: algorithm ?? null },
    parts: partMembers(segments),
    size: utf8Length(value),
    warnings: noteMembers(notes.filter(({ level }) => level === "warning")),
    notes: noteMembers(notes.filter(({ level }) => level === "info")),
    alsoPossible,
    peeled: layers,
  };
}

/** ISO 8601 UTC of Unix seconds; null where there is none, or none that a calendar has. */
export function timeOf(seconds: number | null): string | null {
  return seconds === null ? null : isoTime(seconds);
}

function partMembers(segments: readonly Segment[]): Value {
  return segments.map(({ name, start, end }) => ({ name, start, end }));
}

function noteMembers(notes: readonly Note[]): Value {
  return notes.map(({ code, text }) => ({ code, message: text }));
}
