import { safe } from "../../encoding/safe-text.ts";
import { toTyped } from "../../encoding/typed-json.ts";
import { isObject, keysInOrder, sourceOf, type Value, type ValueObject } from "../../encoding/values.ts";
import { writeJson } from "./json.ts";
import type { Paint } from "./paint.ts";

/** An error as stderr shows it. */
export function errorText(message: string, hint: string | undefined): string {
  return `cookiesess: error: ${safe(message)}\n${hint === undefined ? "" : `  hint: ${safe(hint)}\n`}`;
}

/** What was peeled off of a cookie's text, but for its name; empty when nothing was. */
export function peeledText(layers: readonly string[]): string {
  return layers.filter((layer) => layer !== "name").join(", ");
}

/** Shortens in the middle, keeping the end of identifiers and hashes readable. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.min(20, Math.floor((width - 1) / 3));
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** The columns that a screen uses of a terminal's: no more than are read with ease. */
export function screenWidth(columns: number): number {
  return Math.max(40, Math.min(columns, 100));
}

/** Wraps words; every line but the first is indented. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}

/** Parts between middle dots, over several lines where they are too long for one; every line but the first is indented. */
export function joined([first = "", ...others]: readonly string[], width: number, indent: string): string {
  const lines = first.split(`\n${indent}`);
  for (const part of others) {
    const line = lines.at(-1) ?? "";
    if (visible(line) + part.length + 3 <= width) lines[lines.length - 1] = `${line} · ${part}`;
    else lines.push(...wrap(part, width, "").split("\n"));
  }
  return lines.join(`\n${indent}`);
}

/** Columns of a text, colours apart. */
export function visible(text: string): number {
  return text.replace(/\u001b\[\d+m/g, "").length;
}

/** The longest a payload may be on a screen; `--json` prints all of it. */
const MOST_LINES = 200;

/** A payload as lines: an object's keys aligned at the top level, indented JSON below. */
export function payloadLines(value: Value, width: number, paint: Paint): string[] {
  const lines = isObject(value)
    ? objectLines(value, width, paint)
    : pretty(toTyped(value), "", width, paint).split("\n");
  if (lines.length <= MOST_LINES) return lines;
  return [
    ...lines.slice(0, MOST_LINES),
    paint.dim(`… ${lines.length - MOST_LINES} more lines; --json prints all`),
  ];
}

function objectLines(object: ValueObject, width: number, paint: Paint): string[] {
  const keys = keysInOrder(object);
  if (keys.length === 0) return [paint.dim("{}  (empty)")];
  const typed = toTyped(object) as ValueObject;
  const label = Math.min(24, Math.max(...keys.map((key) => safe(key).length)));
  return keys.flatMap((key) => {
    const spelled = sourceOf(object)?.spelling?.get(key);
    const room = Math.max(16, width - label - 2);
    const text =
      spelled === undefined
        ? pretty(typed[key] as Value, " ".repeat(label + 2), room, paint)
        : paint.payload(spelled);
    return `${safe(key).padEnd(label)}  ${text}`.split("\n");
  });
}

/** JSON on one line where it fits, else indented. `indent` stands before every line but the first. */
function pretty(value: Value, indent: string, width: number, paint: Paint, depth = 0): string {
  const flat = safe(writeJson(value));
  if (flat.length <= width || typeof value !== "object" || value === null || depth > 12) {
    return paint.payload(shorten(flat, Math.max(width, 12)));
  }
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item: Value) => pretty(item, inner, width - 2, paint, depth + 1))
    : keysInOrder(value as ValueObject).map((key) => {
        const name = `${safe(JSON.stringify(key))}: `;
        return (
          name +
          pretty((value as ValueObject)[key] as Value, inner, width - 2 - name.length, paint, depth + 1)
        );
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent}${close}`;
}
