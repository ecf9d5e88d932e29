import type { Scalar } from "yaml";
import type { Edit } from "./editor.ts";
import { type FlowList, writeFlowList } from "./flow-list.ts";
import { lineEnd, lineEnding, lineStart } from "./state-line.ts";
import { isPrintable, spell, spellings, styleOf, type YamlStyle } from "./yaml-scalar.ts";

/** Alternatives for a scalar's own stretch of the text. */
export function replaceScalar(text: string, scalar: Scalar, value: string): readonly Edit[] {
  const [start = 0, end = 0] = scalar.range ?? [];
  if (scalar.type === "BLOCK_LITERAL" || scalar.type === "BLOCK_FOLDED")
    return replaceBlock(text, start, end, value);
  const space = start < end || /\s$/.test(text.slice(0, start)) ? "" : " ";
  return spellings(value, styleOf(scalar)).map((spelling) => ({ start, end, text: space + spelling }));
}

/** Under its own header, as one line; else in double quotes. Line breaks at the end are not part of it. */
function replaceBlock(text: string, start: number, rawEnd: number, value: string): readonly Edit[] {
  const raw = text.slice(start, rawEnd).replace(/[\r\n]+$/, "");
  const end = start + raw.length;
  const head = /^[|>][^\r\n]*(?:\r\n|\n|\r)[ \t]*/.exec(raw)?.[0];
  const comment = /^[|>]\S*([ \t]+#[^\r\n]*)/.exec(raw)?.[1] ?? "";
  const quoted = { start, end, text: spell(value, "QUOTE_DOUBLE") + comment };
  return head === undefined || !isPrintable(value) ? [quoted] : [{ start, end, text: head + value }, quoted];
}

export interface SourceList extends FlowList {
  /** Where the list's key ends. */
  readonly keyEnd: number;
  readonly flow: boolean;
  readonly style: YamlStyle;
}

/** Alternatives for a list: in brackets, or an item a line. */
export function replaceList(text: string, list: SourceList, values: readonly string[]): readonly Edit[] {
  const styles: readonly YamlStyle[] =
    list.style === "QUOTE_DOUBLE" ? [list.style] : [list.style, "QUOTE_DOUBLE"];
  return styles.flatMap((style) => {
    const write = (value: string) => spell(value, style);
    if (!list.flow) return replaceBlockList(text, list, values, write);
    return [{ start: list.start, end: list.end, text: writeFlowList(text, list, values, write, ", ") }];
  });
}

/** Items that stay keep their lines, comments below them included. */
function replaceBlockList(
  text: string,
  list: SourceList,
  values: readonly string[],
  write: (value: string) => string,
): readonly Edit[] {
  const starts = list.items.map(({ start }) => lineStart(text, start));
  const first = starts[0] ?? list.start;
  const lastItem = list.items.at(-1);
  const end = lineEnd(text, lastItem?.end ?? list.end);
  const lead = /^[ \t]*-[ \t]+/.exec(text.slice(first))?.[0];
  if (lead === undefined) return [];
  if (values.length === 0) return [emptied(text, list, first, end)];
  const eol = lineEnding(text, first);
  const chunks = starts.map((start, index) => text.slice(start, starts[index + 1] ?? end + eol.length));
  const lines = values.map((value) => {
    const old = chunks[list.items.findIndex((item) => item.value === value)];
    return old?.replace(/(?:\r\n|\n|\r)$/, "") ?? lead + write(value);
  });
  return [{ start: first, end, text: lines.join(eol) }];
}

/** The brackets stand after the key; comments between the key and the items stay. */
function emptied(text: string, { keyEnd }: SourceList, first: number, end: number): Edit {
  const colon = text.indexOf(":", keyEnd) + 1;
  const head = text.slice(colon, first).replace(/(?:\r\n|\n|\r)$/, "");
  return { start: colon, end, text: ` []${head}` };
}

interface Neighbour {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueEnd: number;
  readonly style: YamlStyle;
  readonly flow: boolean;
}

/** Alternatives for a member after another, on a line of its own unless the mapping stands in braces. */
export function addMember(
  text: string,
  { keyStart, keyEnd, valueEnd, style, flow }: Neighbour,
  key: string,
  content: string | readonly string[],
): readonly Edit[] {
  const quote = text.slice(keyStart, keyEnd)[0];
  const name = quote === "'" || quote === '"' ? quote + key + quote : spellKey(key);
  const indent = text.slice(lineStart(text, keyStart), keyStart).replaceAll("-", " ");
  return memberSpellings(content, style).map((value) => {
    const member = `${name}: ${value}`;
    if (flow) return { start: valueEnd, end: valueEnd, text: `, ${member}` };
    const eol = lineEnding(text, keyStart);
    if (/[\r\n]$/.test(text.slice(0, valueEnd)))
      return { start: valueEnd, end: valueEnd, text: indent + member + eol };
    const end = lineEnd(text, valueEnd);
    return { start: end, end, text: eol + indent + member };
  });
}

function memberSpellings(content: string | readonly string[], style: YamlStyle): readonly string[] {
  if (typeof content === "string") return spellings(content, style);
  const lists = [style, "QUOTE_DOUBLE" as const].map((one) => content.map((value) => spell(value, one)));
  return lists.map((items) => `[${items.join(", ")}]`);
}

function spellKey(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) ? key : spell(key, "QUOTE_DOUBLE");
}
