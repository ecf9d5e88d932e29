import type { Value } from "../encoding/values.ts";

/** What `_session_expiry` holds: seconds since the last change, 0 for the browser's session, or a moment. */
export type Expiry = number | Date | null;

/** How long the browser is to keep a session. */
export interface Lifetime {
  getExpireAtBrowserClose(): boolean;
  getExpiryAge(): number;
}

/** When a session ends, asked as `get_expiry_age(modification=…, expiry=…)`. */
export interface ExpiryQuery {
  /** When it was changed last. Default: now. */
  readonly modification?: Date;
  /** In place of the session's own expiry. */
  readonly expiry?: Expiry;
}

/** What `datetime.isoformat()` writes, or `Z` for the zone. Python's offsets may have seconds. */
const MOMENT =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?:(Z)|([+-]\d\d:\d\d)(?::(\d\d(?:\.\d+)?))?)?$/;

/**
 * The expiry under the key `_session_expiry`. Texts are moments in Python's `isoformat()`; one without a zone is
 * local time, as it is for a site with USE_TZ off. What is none of these counts as not set.
 */
export function readExpiry(value: Value | undefined): Expiry {
  if (typeof value === "number") return value;
  if (value instanceof Date) return value;
  return typeof value === "string" ? readMoment(value) : null;
}

function readMoment(text: string): Date | null {
  const [, day, time, utc = "", offset = "", seconds = "0"] = MOMENT.exec(text) ?? [];
  const moment = Date.parse(`${day}T${time}${utc}${offset}`);
  return Number.isNaN(moment) ? null : new Date(moment - Number(offset.charAt(0) + seconds) * 1000);
}

/**
 * As `set_expiry` stores it: `2026-01-31T12:00:00.250000+00:00`, without a fraction where there is none.
 * @throws {TypeError} on a fraction of a second, and on a date outside Python's years 1 to 9999
 */
export function writeExpiry(expiry: number | Date): number | string {
  if (typeof expiry === "number") {
    if (!Number.isSafeInteger(expiry)) throw new TypeError("an expiry in seconds is a whole number");
    return expiry;
  }
  const year = expiry.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new TypeError("an expiry is a date of the years 1 to 9999");
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
