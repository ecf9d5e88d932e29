/** A list in brackets, as it stands. */
export interface FlowList {
  /** From `[` to `]`. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly { readonly start: number; readonly end: number; readonly value: string }[];
}

/**
 * The text of the list with other values. Items that stay keep their spelling, and the layout between neighbours
 * that stay neighbours; others are set as the first two items are.
 */
export function writeFlowList(
  text: string,
  { start, end, items }: FlowList,
  values: readonly string[],
  spell: (value: string) => string,
  separator: string,
): string {
  const [first, second] = items;
  const last = items.at(-1);
  if (values.length === 0) return "[]";
  if (first === undefined || last === undefined) return `[${values.map(spell).join(separator)}]`;
  const lead = text.slice(start + 1, first.start);
  const between = second ? text.slice(first.end, second.start) : lead.includes("\n") ? `,${lead}` : separator;
  const join = between.includes("#") ? between.replaceAll(/[ \t]*#[^\r\n]*/g, "") : between;
  const olds = values.map((value) => items.findIndex((item) => item.value === value));
  let written = text.slice(start, first.start);
  for (const [index, value] of values.entries()) {
    const old = items[olds[index] ?? -1];
    const before = items[olds[index - 1] ?? -1];
    const neighbours =
      old !== undefined && before !== undefined && items.indexOf(old) === items.indexOf(before) + 1;
    if (index > 0) written += neighbours ? text.slice(before.end, old.start) : join;
    written += old ? text.slice(old.start, old.end) : spell(value);
  }
  return written + text.slice(last.end, end);
}
