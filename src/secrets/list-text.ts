/** How a list is written into one text. */
export type ListStyle = { readonly kind: "comma"; readonly separator: string } | { readonly kind: "json" };

export interface ListText {
  readonly values: readonly string[];
  readonly style: ListStyle;
}

/**
 * Reads a list that stands in one text, as in an environment variable: a JSON array of texts, or texts between
 * commas with the white space around them dropped. Undefined: it begins as a JSON array and is none of texts.
 */
export function readListText(text: string): ListText | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith("[")) {
    const values = readArray(trimmed);
    return values && { values, style: { kind: "json" } };
  }
  const separator = /,\s*/.exec(trimmed)?.[0] ?? ",";
  const values = trimmed.split(",").map((value) => value.trim());
  return { values: values.filter((value) => value !== ""), style: { kind: "comma", separator } };
}

function readArray(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a list in a style; `readListText` may read something else, which the caller checks. */
export function writeListText(values: readonly string[], style: ListStyle): string {
  return style.kind === "json" ? JSON.stringify(values) : values.join(style.separator);
}

export const COMMA_LIST: ListStyle = { kind: "comma", separator: "," };
