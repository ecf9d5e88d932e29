import { Foreign, isObject, keepSource, type Value } from "./values.ts";

/** Bytes, which older protocols carry as Latin-1 text. */
export function asBytes(value: Value | undefined): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== "string") return undefined;
  const codes = Uint16Array.from(value, (character) => character.charCodeAt(0));
  return codes.every((code) => code < 0x100) ? Uint8Array.from(codes) : undefined;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

/** "+02:00", "-00:30", "+00:00:01" as Python's isoformat writes an offset. */
function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const text = `${seconds < 0 ? "-" : "+"}${pad(Math.floor(size / 3600))}:${pad(Math.floor(size / 60) % 60)}`;
  return size % 60 === 0 ? text : `${text}:${pad(size % 60)}`;
}

const UTC_CLASSES: ReadonlySet<string> = new Set([
  "pytz._UTC",
  "django.utils.timezone.UTC",
  "dateutil.tz.tz.tzutc",
  "dateutil.tz.tzutc",
]);

/** Time zones of which only the name or offset is read. */
export const ZONES: ReadonlySet<string> = new Set([
  ...UTC_CLASSES,
  "pytz._p",
  "pytz._FixedOffset",
  "zoneinfo.ZoneInfo._unpickle",
]);

function argumentsOf(value: Foreign): readonly Value[] {
  const args = isObject(value.state) ? value.state.args : undefined;
  return Array.isArray(args) ? args : [];
}

/** Seconds east of UTC, or undefined when the zone would have to be looked up. */
function offsetOf(zone: Value | undefined): number | undefined {
  if (!(zone instanceof Foreign)) return undefined;
  if (UTC_CLASSES.has(zone.className)) return 0;
  const [first, second] = argumentsOf(zone);
  let offset: Value | undefined;
  if (zone.className === "datetime.timezone") offset = parseOffset(zone.state);
  else if (zone.className === "pytz._p") offset = second;
  else if (zone.className === "pytz._FixedOffset")
    offset = typeof first === "number" ? 60 * first : undefined;
  else if (zone.className === "zoneinfo.ZoneInfo._unpickle") offset = first === "UTC" ? 0 : undefined;
  return typeof offset === "number" && Number.isInteger(offset) && Math.abs(offset) < 86_400
    ? offset
    : undefined;
}

function parseOffset(state: Value): number | undefined {
  const match = typeof state === "string" ? /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(state) : null;
  if (match === null) return undefined;
  const [, sign, hours, minutes, seconds] = match;
  const size = 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds ?? 0);
  return sign === "-" ? -size : size;
}

function clockText(clock: Uint8Array): string | undefined {
  const [hour = 24, minute = 60, second = 60, high = 255, middle = 0, low = 0] = clock;
  const micros = (high << 16) | (middle << 8) | low;
  if (clock.length !== 6 || hour > 23 || minute > 59 || second > 59 || micros > 999_999) return undefined;
  return `${pad(hour)}:${pad(minute)}:${pad(second)}${micros === 0 ? "" : `.${pad(micros, 6)}`}`;
}

function dateText(bytes: Uint8Array): string | undefined {
  const [high = 0, low = 0, month = 0, day = 0] = bytes;
  const year = (high << 8) | low;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = year >= 1 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return bytes.length === 4 && isReal && month > 0 ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : undefined;
}

/** Clears the bit in which Python 3.6 and later keep `fold`, the second of two equal wall clock times. */
function withoutFold(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte & 0x7f : byte));
}

/** `datetime.date(bytes)`. */
export function readDate(args: readonly Value[]): Foreign | undefined {
  const text = dateText(asBytes(args[0]) ?? new Uint8Array());
  return args.length === 1 && text !== undefined ? new Foreign("datetime.date", text) : undefined;
}

/** `datetime.time(bytes[, tzinfo])`. */
export function readTime(args: readonly Value[]): Foreign | undefined {
  const bytes = asBytes(args[0]);
  const clock = bytes && clockText(withoutFold(bytes, 0));
  const offset = args.length === 2 ? offsetOf(args[1]) : 0;
  if (clock === undefined || offset === undefined || args.length > 2) return undefined;
  return new Foreign("datetime.time", args.length === 2 ? clock + offsetText(offset) : clock);
}

/**
 * `datetime.datetime(bytes[, tzinfo])` to the millisecond, a naive one taken as UTC. Python's own isoformat,
 * with microseconds and offset, is kept beside the Date as the spelling of "". In a zone whose offset would
 * have to be looked up it stays foreign: `{ local, tzinfo }`.
 * Layout: CPython's Lib/_pydatetime.py, datetime.__reduce_ex__.
 */
export function readDatetime(args: readonly Value[]): Date | Foreign | undefined {
  const bytes = asBytes(args[0]);
  if (bytes?.length !== 10 || args.length > 2) return undefined;
  const day = dateText(withoutFold(bytes.subarray(0, 4), 2));
  const clock = clockText(bytes.subarray(4));
  if (day === undefined || clock === undefined) return undefined;
  const offset = args.length === 2 ? offsetOf(args[1]) : 0;
  if (offset === undefined) {
    return new Foreign("datetime.datetime", { local: `${day}T${clock}`, tzinfo: args[1] ?? null });
  }
  const date = new Date(Date.parse(`${day}T${clock.slice(0, 12)}Z`) - 1000 * offset);
  const text = `${day}T${clock}${args.length === 2 ? offsetText(offset) : ""}`;
  return keepSource(date, { spelling: new Map([["", text]]) });
}

/** `datetime.timedelta(days, seconds, microseconds)`: microseconds may not be left out in Python's own pickles. */
export function readTimedelta(args: readonly Value[]): Foreign | undefined {
  const [days, seconds, microseconds] = args;
  if (args.length !== 3 || !args.every(Number.isInteger)) return undefined;
  return new Foreign("datetime.timedelta", {
    days: days ?? 0,
    seconds: seconds ?? 0,
    microseconds: microseconds ?? 0,
  });
}

/** `datetime.timezone(timedelta)` as "+02:00"; a named one stays a description of the call. */
export function readTimezone(args: readonly Value[]): Foreign | undefined {
  const [offset] = args;
  if (args.length !== 1 || !(offset instanceof Foreign) || offset.className !== "datetime.timedelta")
    return undefined;
  const parts = isObject(offset.state) ? offset.state : {};
  const { days, seconds, microseconds } = parts;
  if (typeof days !== "number" || typeof seconds !== "number" || microseconds !== 0) return undefined;
  const total = 86_400 * days + seconds;
  return Math.abs(total) < 86_400 ? new Foreign("datetime.timezone", offsetText(total)) : undefined;
}
