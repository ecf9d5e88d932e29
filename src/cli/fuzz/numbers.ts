import { parseDuration } from "../../core/duration.ts";
import { UsageError } from "../errors.ts";

/** @throws {UsageError} on anything but a whole number */
export function readWhole(flag: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new UsageError(`${flag} takes a whole number`);
  return Number(text);
}

/** Milliseconds; undefined where the flag is not given. */
export function readDuration(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = parseDuration(text);
  if (seconds === undefined || seconds === null || seconds <= 0) {
    throw new UsageError(`${flag}: "${text}" is not a duration`, "seconds, or 90s, 15m, 2h");
  }
  return seconds * 1000;
}
