import { parseJson, writeJson } from "../encoding/js-json.ts";
import { isObject, setKey, type Value, type ValueObject } from "../encoding/values.ts";

/** When things happened to a secret; Unix seconds. */
export interface KeyDates {
  /** It became a fallback that does not sign yet. */
  readonly introduced?: number | undefined;
  /** It began to sign. */
  readonly promoted?: number | undefined;
  /** It stopped signing. */
  readonly demoted?: number | undefined;
}

/** What is kept beside the secrets, by fingerprint. No secret is in it. */
export type RotationState = ReadonlyMap<string, KeyDates>;

const DATES = ["introduced", "promoted", "demoted"] as const;

/** Reads what stands beside the secret. What nobody understands counts as no dates at all. */
export function readState(text: string | undefined): RotationState {
  const parsed = text === undefined ? undefined : parseJson(text, { maxDepth: 10 });
  const keys = parsed?.ok && isObject(parsed.value) ? parsed.value.keys : undefined;
  if (keys === undefined || !isObject(keys)) return new Map();
  return new Map(Object.entries(keys).map(([print, dates]) => [`sha256:${print}`, readDates(dates)]));
}

function readDates(value: Value): KeyDates {
  const dates: Record<string, number> = {};
  for (const name of DATES) {
    const text = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    const seconds = typeof text === "string" ? Date.parse(text) / 1000 : Number.NaN;
    if (Number.isFinite(seconds)) dates[name] = seconds;
  }
  return dates;
}

/** One line of JSON, dates to the second. */
export function writeState(state: RotationState): string {
  const keys: ValueObject = {};
  for (const [print, dates] of state) setKey(keys, print.replace("sha256:", ""), writeDates(dates));
  return writeJson({ v: 1, keys });
}

function writeDates(dates: KeyDates): ValueObject {
  const written: ValueObject = {};
  for (const name of DATES) {
    const seconds = dates[name];
    if (seconds === undefined) continue;
    setKey(written, name, `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19)}Z`);
  }
  return written;
}
