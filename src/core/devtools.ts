import { isToken } from "./cookie-header.ts";
import { type FoundCookie, maxCookies } from "./pasted.ts";

/** The cookies of rows of Chrome's table, as they are copied: name, value, domain, path and more, between tabs. */
export function parseRows(text: string): FoundCookie[] {
  return text.split(/\r?\n/, maxCookies).flatMap((line) => parseRow(line) ?? []);
}

function parseRow(line: string): FoundCookie | undefined {
  const [name = "", text = "", domain = "", path = ""] = line.split("\t", 4);
  const isRow = isToken(name.trim()) && /^\.?[\w.:[\]-]+$/.test(domain) && path.startsWith("/");
  return isRow ? { name: name.trim(), text, attributes: { domain, path } } : undefined;
}
