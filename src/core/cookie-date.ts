/** RFC 6265, section 5.1.1: everything but digits, letters and the colon separates. */
const delimiters = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * Unix seconds of a cookie's `Expires`, by the rules of RFC 6265, section 5.1.1: takes every spelling that browsers
 * take, knows only UTC. Undefined for anything else.
 */
export function parseCookieDate(text: string): number | undefined {
  let time: number | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const part of text.slice(0, 100).split(delimiters)) {
    if (time === undefined && part.includes(":")) time = parseTime(part);
    else if (day === undefined && /^\d{1,2}(?!\d)/.test(part)) day = Number.parseInt(part, 10);
    else if (month === undefined && monthOf(part) >= 0) month = monthOf(part);
    else if (year === undefined && /^\d{2,4}(?!\d)/.test(part)) year = fullYear(Number.parseInt(part, 10));
  }
  if (time === undefined || day === undefined || month === undefined || year === undefined) return undefined;
  return toSeconds(year, month, day, time);
}

function toSeconds(year: number, month: number, day: number, time: number): number | undefined {
  const date = new Date(Date.UTC(year, month, day));
  if (year < 1601 || date.getUTCDate() !== day) return undefined;
  return date.getTime() / 1000 + time;
}

function monthOf(part: string): number {
  return months.indexOf(part.slice(0, 3).toLowerCase());
}

function fullYear(year: number): number {
  if (year >= 100) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}

/** Seconds since midnight. */
function parseTime(part: string): number | undefined {
  const match = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)/.exec(part);
  if (!match) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return (hours * 60 + minutes) * 60 + seconds;
}
