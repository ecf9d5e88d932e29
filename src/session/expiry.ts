import type { Value } from "../encoding/values.ts";

/** What `_session_expiry` holds: seconds since the last change, 0 for the browser's session, or a moment. */
export type Expiry = number | Date | null;

/** When a session ends, asked as `get_expiry_age(modification=…, expiry=…)`. */
export interface ExpiryQuery {
  /** When it was changed last. Default: now. */
  readonly modification?: Date;
  /** In place of the session's own expiry. */
  readonly expiry?: Expiry;
}

/**
 * The expiry under the key `_session_expiry`. Texts are moments in Python's `isoformat()`; one without a zone is
 * local time, as it is for a site with USE_TZ off. What is none of these counts as not set.
 */
export function readExpiry(value: Value | undefined): Expiry {
  if (typeof value === "number") return value;
  if (value instanceof Date) return value;
  if (typeof value !== "string") return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time);
}

/** As `set_expiry` stores it: `2026-01-31T12:00:00.250000+00:00`, without a fraction where there is none. */
export function writeExpiry(expiry: number | Date): number | string {
  if (typeof expiry === "number") {
    if (!Number.isSafeInteger(expiry)) throw new TypeError("an expiry in seconds is a whole number");
    return expiry;
  }
  if (Number.isNaN(expiry.getTime())) throw new TypeError("the expiry is not a valid date");
  const text = expiry.toISOString();
  const fraction = expiry.getTime() % 1000 === 0 ? "" : `${text.slice(19, 23)}000`;
  return `${text.slice(0, 19)}${fraction}+00:00`;
}

/** Whole seconds. Source: SessionBase.get_expiry_age. */
export function expiryAge(expiry: Expiry, modification: Date, usual: number): number {
  if (expiry === null || expiry === 0) return usual;
  if (typeof expiry === "number") return expiry;
  return Math.floor((expiry.getTime() - modification.getTime()) / 1000);
}

/** Source: SessionBase.get_expiry_date. */
export function expiryDate(expiry: Expiry, modification: Date, usual: number): Date {
  if (expiry instanceof Date) return expiry;
  return new Date(modification.getTime() + (expiry || usual) * 1000);
}
