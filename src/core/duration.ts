const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** Below two months, days say more: "31 days". */
const LEAST_MONTHS = 61 * 86_400;

/** "3 hours", "1 year 5 months", "14 days": the largest unit, and the next one below years. */
export function formatDuration(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const index = UNITS.findIndex(([name, length]) => whole >= (name === "month" ? LEAST_MONTHS : length));
  const unit = UNITS[index];
  if (unit === undefined) return "0 seconds";
  const [name, length] = unit;
  const text = count(Math.floor(whole / length), name);
  const months = Math.floor((whole % length) / UNITS[1][1]);
  return name === "year" && months > 0 ? `${text} ${count(months, "month")}` : text;
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

const SUFFIXES: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** Seconds of "90", "90s", "15m", "12h", "14d", "2w"; null for "none"; undefined when it is none of these. */
export function parseDuration(text: string): number | null | undefined {
  if (text === "none") return null;
  const match = /^(-?\d+(?:\.\d+)?)([smhdw]?)$/.exec(text.trim());
  const unit = match === null ? undefined : SUFFIXES[match[2] ?? ""];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** ISO 8601 UTC of Unix seconds, without a zero fraction; null outside what a Date can hold. */
export function isoTime(seconds: number): string | null {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const [year, fraction] = [date.getUTCFullYear(), date.getUTCMilliseconds()];
  if (year < 0 || year > 9999 || fraction > 0) return date.toISOString().replace(".000Z", "Z");
  // The first toISOString of a process takes longer than to decode a cookie.
  const day = [pad(year, 4), pad(date.getUTCMonth() + 1), pad(date.getUTCDate())].join("-");
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) => pad(part));
  return `${day}T${time.join(":")}Z`;
}

function pad(number: number, length = 2): string {
  return String(number).padStart(length, "0");
}
