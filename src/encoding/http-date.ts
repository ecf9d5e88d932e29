/**
 * Dates as Python's `email.utils` reads them and as Werkzeug's `http_date` writes them.
 * Source: CPython Lib/email/_parseaddr.py (`_parsedate_tz`), Werkzeug src/werkzeug/http.py.
 */

const MONTHS = [
  ["jan", "january"],
  ["feb", "february"],
  ["mar", "march"],
  ["apr", "april"],
  ["may", "may"],
  ["jun", "june"],
  ["jul", "july"],
  ["aug", "august"],
  ["sep", "september"],
  ["oct", "october"],
  ["nov", "november"],
  ["dec", "december"],
];
const DAYS = new Set(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
const ZONES = new Map([
  ["UT", 0],
  ["UTC", 0],
  ["GMT", 0],
  ["Z", 0],
  ["AST", -400],
  ["ADT", -300],
  ["EST", -500],
  ["EDT", -400],
  ["CST", -600],
  ["CDT", -500],
  ["MST", -700],
  ["MDT", -600],
  ["PST", -800],
  ["PDT", -700],
]);
/** What `str.split()` splits at. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const LONGEST = 200;

/** Werkzeug's `parse_date`: undefined where it returns None. Texts beyond 200 characters are not dates. */
export function parseHttpDate(text: string): Date | undefined {
  if (text.length > LONGEST) return undefined;
  const fields = dateFields(text.split(SPACE).filter((word) => word !== ""));
  if (fields === undefined) return undefined;
  const clock = clockFields(fields.time);
  const year = fourDigitYear(integer(fields.year));
  if (clock === undefined || year === undefined) return undefined;
  return moment([year, fields.month, integer(fields.day), ...clock.map(integer)], zoneSeconds(fields.zone));
}

/**
 * `Sat, 03 Feb 2024 04:05:07 GMT`; what is less than a second is dropped.
 * @throws {TypeError} on a moment outside the years 1 to 9999
 */
export function formatHttpDate(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new TypeError("a date must lie in the years 1 to 9999");
  return date.toUTCString();
}

interface DateFields {
  readonly day: string;
  readonly month: number;
  readonly year: string;
  readonly time: string;
  readonly zone: string;
}

function dateFields(words: string[]): DateFields | undefined {
  const five = fiveWords(withoutDayName(words));
  if (five === undefined) return undefined;
  let [day, monthName, year, time, zone] = five;
  if (day === "" || monthName === "" || year === "") return undefined;
  let month = monthNumber(monthName);
  if (month === 0) {
    [day, monthName] = [monthName, day];
    month = monthNumber(monthName);
    if (month === 0) return undefined;
  }
  if (year.indexOf(":") > 0) [year, time] = [time, year];
  year = withoutComma(year);
  if (!/^\d/.test(year)) [year, zone] = [zone, year];
  return { day: withoutComma(day), month, year, time: withoutComma(time), zone };
}

function withoutDayName(words: string[]): string[] {
  const first = words[0] ?? "";
  if (first.endsWith(",") || DAYS.has(first.toLowerCase())) return words.slice(1);
  return [first.slice(first.lastIndexOf(",") + 1), ...words.slice(1)];
}

type FiveWords = [string, string, string, string, string];

/** Takes `03-Feb-24` apart, and a zone off the time that it is glued to. */
function fiveWords(words: string[]): FiveWords | undefined {
  const [first = "", ...others] = words;
  const dashed = first.split("-");
  const apart = words.length === 3 && dashed.length === 3 ? [...dashed, ...others] : words;
  const [day, month, year, time, zone] = apart;
  if (day === undefined || month === undefined || year === undefined || time === undefined) return undefined;
  if (zone !== undefined) return [day, month, year, time, zone];
  const sign = time.includes("+") ? time.indexOf("+") : time.indexOf("-");
  if (sign > 0) return [day, month, year, time.slice(0, sign), time.slice(sign)];
  return [day, month, year, time, ""];
}

function monthNumber(name: string): number {
  return MONTHS.findIndex((names) => names.includes(name.toLowerCase())) + 1;
}

function withoutComma(word: string): string {
  return word.endsWith(",") ? word.slice(0, -1) : word;
}

function clockFields(time: string): readonly string[] | undefined {
  const parts = time.includes(":") ? time.split(":") : time.split(".");
  if (parts.length === 2) return [...parts, "0"];
  return parts.length === 3 ? parts : undefined;
}

/** Python's `int()`, for ASCII. */
function integer(text: string): number {
  return /^[+-]?\d+(?:_\d+)*$/.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
}

function fourDigitYear(year: number): number | undefined {
  if (Number.isNaN(year)) return undefined;
  if (year >= 100) return year;
  return year + (year > 68 ? 1900 : 2000);
}

/** Seconds east of UTC; an unknown zone counts as UTC. */
function zoneSeconds(zone: string): number {
  const hhmm = ZONES.get(zone.toUpperCase()) ?? integer(zone);
  if (Number.isNaN(hhmm)) return 0;
  const size = Math.abs(hhmm);
  return Math.sign(hhmm) * (Math.floor(size / 100) * 3600 + (size % 100) * 60);
}

function moment(fields: readonly number[], offset: number): Date | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const inRange =
    year >= 1 && year <= 9999 && day >= 1 && day <= 31 && hour >= 0 && hour <= 23 && minute >= 0;
  if (!inRange || !(minute <= 59 && second >= 0 && second <= 59 && Math.abs(offset) < 86400))
    return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return undefined;
  date.setUTCHours(hour, minute, second);
  return new Date(date.getTime() - offset * 1000);
}
