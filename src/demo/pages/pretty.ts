import type { Value } from "../../index.ts";
import { type Html, html } from "../html.ts";

/** Characters of the longest text that is shown whole. */
const LONGEST = 300;
/** Lines, so that a small cookie does not become a huge page. */
const MOST_LINES = 200;

/** A payload as indented JSON, its keys marked. */
export function pretty(value: Value): Html {
  const lines: Html[] = [];
  write(value, html``, "", "", lines);
  const cut = lines.length > MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).map((line) => html`${line}\n`);
  return html`${shown}${cut && html`<span class="dim">… and more</span>`}`;
}

function write(value: Value, key: Html, indent: string, comma: string, lines: Html[]): void {
  if (lines.length > MOST_LINES) return;
  const entries = entriesOf(value);
  if (entries === undefined) {
    lines.push(html`${indent}${key}${leaf(value)}${comma}`);
    return;
  }
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (entries.length === 0) {
    lines.push(html`${indent}${key}${open}${close}${comma}`);
    return;
  }
  lines.push(html`${indent}${key}${open}`);
  for (const [index, [name, item]] of entries.entries()) {
    const label = name === undefined ? html`` : html`<span class="key">${leaf(name)}</span>: `;
    write(item, label, `${indent}  `, index < entries.length - 1 ? "," : "", lines);
    if (lines.length > MOST_LINES) return;
  }
  lines.push(html`${indent}${close}${comma}`);
}

function entriesOf(value: Value): (readonly [string | undefined, Value])[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return Object.entries(value);
  return value.slice(0, MOST_LINES + 1).map((item) => [undefined, item] as const);
}

function leaf(value: Value): string {
  if (typeof value !== "string") return String(value);
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${value.length} characters)`;
}
