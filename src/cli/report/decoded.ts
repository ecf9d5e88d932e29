import type { Segment } from "../../core/cookie.ts";
import type { Look } from "../../core/decode.ts";
import { formatDuration, isoTime } from "../../core/duration.ts";
import { BROWSER_LIMIT } from "../../core/findings.ts";
import { expiry } from "../../core/verify.ts";
import { safe } from "../../encoding/safe-text.ts";
import { type Paint, segmentPaint } from "./paint.ts";
import { payloadLines, peeledText, screenWidth, wrap } from "./text.ts";
import type { DecodedView } from "./view.ts";

const INDENT = "  ";
const MOST_CARDS = 5;

/** The cookie with its segments in colours, what is inside, its times and size, and what to know about it. */
export function drawDecoded(view: DecodedView, columns: number, paint: Paint): string {
  const width = screenWidth(columns) - INDENT.length;
  const blocks = [
    drawCookie(view, width, paint),
    legend(view, width, paint),
    headline(view, width, paint),
    payloadLines(view.look.payload.value, width, paint),
    facts(view, width, paint),
    remarks(view, width, paint),
  ];
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => (line === "" ? "" : INDENT + line)).join("\n"))
    .join("\n\n");
  return `${text}\n`;
}

/** The value, wrapped; a long one keeps its beginning and its end. */
function drawCookie({ value, look }: DecodedView, width: number, paint: Paint): string[] {
  const room = width * MOST_CARDS;
  const hidden =
    value.length > room ? { start: width * (MOST_CARDS - 2) - 1, end: value.length - 2 * width } : undefined;
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const put = (text: string, color: (text: string) => string) => {
    for (let rest = [...text]; rest.length > 0; ) {
      const part = rest.slice(0, width - used);
      line += color(part.join(""));
      used += part.length;
      rest = rest.slice(part.length);
      if (used === width) {
        lines.push(line);
        line = "";
        used = 0;
      }
    }
  };
  for (const { start, end, color } of stretches(value, look.segments, paint)) {
    if (hidden === undefined) {
      put(safe(value.slice(start, end)), color);
      continue;
    }
    put(safe(value.slice(start, Math.min(end, hidden.start))), color);
    if (start <= hidden.start && hidden.start < end) put("…", paint.dim);
    put(safe(value.slice(Math.max(start, hidden.end), end)), color);
  }
  return line === "" ? lines : [...lines, line];
}

/** The whole value as coloured stretches: segments, and the separators between them. */
function* stretches(value: string, segments: readonly Segment[], paint: Paint) {
  let position = 0;
  for (const { name, start, end } of [...segments].sort((a, b) => a.start - b.start)) {
    if (start > position) yield { start: position, end: start, color: paint.dim };
    yield { start: Math.max(start, position), end, color: segmentPaint(paint, name) };
    position = Math.max(position, end);
  }
  if (position < value.length) yield { start: position, end: value.length, color: paint.dim };
}

function legend({ look, value }: DecodedView, width: number, paint: Paint): string[] {
  return look.segments.map(({ name, start, end }) => {
    const label = segmentPaint(paint, name)(name.padEnd(LABEL - 2));
    const text = segmentText(name, value.slice(start, end), look);
    return `${label}  ${wrap(text, width - LABEL, INDENT + " ".repeat(LABEL))}`;
  });
}

/** Columns of the segments' names. */
const LABEL = 11;

function segmentText(name: string, text: string, { payload, algorithm, opened }: Look<unknown>): string {
  if (name === "signature")
    return `${text.length} characters${algorithm === undefined ? "" : `, by their number ${algorithm}`}`;
  if (name === "timestamp") {
    const time = opened.issuedAt === null ? null : isoTime(opened.issuedAt);
    return time === null ? safe(text) : `${safe(text)}, ${time}`;
  }
  if (name !== "payload") return safe(text).slice(0, 60);
  const packed = payload.compressed ? `, compressed from ${payload.size} bytes` : "";
  return `${text.length} characters${packed}, ${payload.type}`;
}

function headline({ format, look }: DecodedView, width: number, paint: Paint): string[] {
  const state = format.protection === "signed" ? "signed, not encrypted · not checked" : "encrypted";
  const { title } = look.description;
  const gap = width - title.length - state.length;
  if (gap < 2) return [paint.strong(title), paint.dim(state)];
  return [paint.strong(title) + " ".repeat(gap) + paint.dim(state)];
}

type Row = readonly [label: string, text: string, color?: (text: string) => string];

function facts(view: DecodedView, width: number, paint: Paint): string[] {
  const rows = factRows(view, paint);
  const column = Math.max(...rows.map(([label]) => label.length)) + 2;
  return rows.map(([label, text, color = String]) => {
    const lines = wrap(text, Math.max(20, width - column), "\n").split(/\n+/);
    return `${paint.dim(label.padEnd(column))}${lines.map((line) => color(line)).join(`\n${INDENT}${" ".repeat(column)}`)}`;
  });
}

function factRows(view: DecodedView, paint: Paint): Row[] {
  const { look, maxAge, now, size } = view;
  const { opened, description } = look;
  const rows: Row[] = [];
  if (view.name !== undefined) rows.push(["cookie", safe(view.name)]);
  if (opened.issuedAt !== null) rows.push(["signed", moment(opened.issuedAt, view)]);
  const end = expiry(opened, maxAge);
  if (end !== null) {
    const rule =
      maxAge === null
        ? ""
        : ` under ${view.assumedAge ? `${view.format.title}'s default of ` : ""}${formatDuration(maxAge)}`;
    if (now > end) rows.push(["expired", `${calendar(end, view)}${rule}`, paint.warning]);
    else rows.push(["expires", `${moment(end, view)}${rule}`]);
  }
  rows.push(["size", `${size} of ${BROWSER_LIMIT} bytes`]);
  for (const { label, text } of description.facts) rows.push([label, safe(text)]);
  const peeled = peeledText(view.layers);
  if (peeled !== "") rows.push(["peeled", peeled]);
  if (view.alsoPossible.length > 0) rows.push(["or", view.alsoPossible.join(", ")]);
  return rows;
}

/** UTC, local time on a terminal where it differs, and how far away it is. */
function moment(seconds: number, view: DecodedView): string {
  if (isoTime(seconds) === null) return calendar(seconds, view);
  const distance = formatDuration(view.now - seconds);
  return `${calendar(seconds, view)}, ${seconds > view.now ? `in ${distance}` : `${distance} ago`}`;
}

function calendar(seconds: number, { zoneOffset }: DecodedView): string {
  const iso = isoTime(seconds);
  if (iso === null) return "at a time that no calendar has";
  const utc = iso
    .slice(0, -1)
    .replace("T", " ")
    .replace(/\.\d+$/, "");
  const minutes = zoneOffset?.(seconds) ?? 0;
  return `${utc} UTC${minutes === 0 ? "" : ` (${localTime(seconds, minutes)})`}`;
}

function localTime(seconds: number, zoneOffset: number): string {
  const shifted = isoTime(seconds + zoneOffset * 60) ?? "";
  const sign = zoneOffset < 0 ? "-" : "+";
  const hours = String(Math.floor(Math.abs(zoneOffset) / 60)).padStart(2, "0");
  const minutes = String(Math.abs(zoneOffset) % 60).padStart(2, "0");
  return `${shifted.slice(0, 19).replace("T", " ")} ${sign}${hours}:${minutes}`;
}

function remarks({ notes }: DecodedView, width: number, paint: Paint): string[] {
  return notes
    .filter(({ code }) => code !== "expired")
    .map(({ level, text }) => {
      const mark = level === "warning" ? paint.warning("! ") : "";
      const indent = level === "warning" ? `${INDENT}  ` : INDENT;
      return mark + wrap(safe(text), width - 2, indent);
    });
}
