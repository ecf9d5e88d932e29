import { isScalar, parseDocument, Scalar } from "yaml";

export type YamlStyle = "PLAIN" | "QUOTE_SINGLE" | "QUOTE_DOUBLE";

/** The text of a scalar; undefined for a plain one that YAML 1.1 or 1.2 takes for something else. */
export function scalarText(scalar: Scalar): string | undefined {
  if (typeof scalar.value !== "string") return undefined;
  if (scalar.type !== Scalar.PLAIN || scalar.tag !== undefined) return scalar.value;
  return isOldText(scalar.source ?? "") ? scalar.value : undefined;
}

/** YAML 1.1, as PyYAML and Ruby read it, has more words and numbers: `yes`, `0o7`, `12:30:45`. */
function isOldText(source: string): boolean {
  const { contents } = parseDocument(source.replaceAll(/\s+/g, " "), { version: "1.1", prettyErrors: false });
  return !isScalar(contents) || typeof contents.value === "string";
}

/** The style for values beside a scalar; block scalars hold lines, so that theirs is in double quotes. */
export function styleOf({ type }: Scalar): YamlStyle {
  return type === "PLAIN" || type === "QUOTE_SINGLE" ? type : "QUOTE_DOUBLE";
}

const PRINTABLE = /^[\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\uffff]*$/;

/** Without tabs and line breaks, those of YAML 1.1 included. */
export function isPrintable(value: string): boolean {
  return PRINTABLE.test(value);
}

/** What PyYAML does not take for plain text, and YAML 1.2 does. */
const OLD_SYNTAX = /^(?:=|<<)$|^:|\?/;

/** A text in a style, and in double quotes, which hold every text. The first may read otherwise. */
export function spellings(value: string, style: YamlStyle): readonly string[] {
  const own = spell(value, style);
  const double = spell(value, "QUOTE_DOUBLE");
  return own === double ? [own] : [own, double];
}

/** A text in a style, or in double quotes where older readers would take it for something else. */
export function spell(value: string, style: YamlStyle): string {
  if (style === "PLAIN" && isPrintable(value) && !OLD_SYNTAX.test(value)) return value;
  if (style === "QUOTE_SINGLE" && isPrintable(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replaceAll(/[\x7f-\x9f\u2028\u2029\ufeff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
