const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "3 minutes", "13 days 23 hours": the largest unit, and the next one below it. */
export function duration(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  const counted = UNITS.map(([name, length]) => {
    const count = Math.floor(rest / length);
    rest %= length;
    return { name, count };
  });
  const first = counted.findIndex(({ count }) => count > 0);
  if (first < 0) return "less than a second";
  const shown = counted.slice(first, first + 2).filter(({ count }) => count > 0);
  return shown.map(({ name, count }) => plural(count, name)).join(" ");
}

export function ago(seconds: number): string {
  return seconds < 1 ? "just now" : `${duration(seconds)} ago`;
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** ISO 8601, in UTC; undefined outside what a calendar holds. */
export function isoTime(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** "2026-11-23 09:30:00 UTC". */
export function moment(seconds: number): string {
  return (
    isoTime(seconds)
      ?.replace("T", " ")
      .replace(/\.\d+Z$/, " UTC") ?? "a time beyond all calendars"
  );
}
