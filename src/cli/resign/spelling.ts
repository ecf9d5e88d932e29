import type { AnyFormat } from "../../core/guide.ts";
import type { Pasted, PastedCookie } from "../../core/pasted.ts";
import type { Resigned } from "../../core/resign.ts";

/** Notations in which a value stands as a header holds it; the others would quote it their own way. */
const PLAIN_SOURCES: ReadonlySet<Pasted["source"]> = new Set([
  "value",
  "name=value",
  "cookie-header",
  "set-cookie",
  "netscape",
]);

/**
 * The item with the new values in the place of the old ones and every other character as it was: name, header,
 * attributes, other cookies. A value that stood there quoted or encoded is written as a header holds it. Where the
 * notation does not allow it, or an old value stands there twice, `name=value` alone.
 */
export function respell(
  text: string,
  { changed, cookies }: Resigned,
  pasted: Pasted | undefined,
  format: AnyFormat,
  value: string,
): string {
  const item = text.trim();
  if (!changed) return item;
  const [main, ...companions] = cookies;
  const header = (written: string) => format.quote?.(written, format.defaults) ?? written;
  const own = pasted === undefined ? value : literalOf(pasted, format, value);
  const respelled = own === value ? main.value : header(main.value);
  let replaced =
    pasted === undefined || PLAIN_SOURCES.has(pasted.source) ? replaceOnce(item, own, respelled) : undefined;
  for (const companion of companions) {
    const old = pasted?.cookies.find(({ name }) => name === companion.name)?.headerText;
    replaced = replaced === undefined ? undefined : replaceOnce(replaced, old, companion.value);
  }
  return replaced ?? cookies.map((cookie) => `${cookie.name}=${header(cookie.value)}`).join("; ");
}

/** How the value stood in the text. */
function literalOf({ cookies, bare }: Pasted, format: AnyFormat, value: string): string | undefined {
  const holds = ({ headerText, readings }: PastedCookie) =>
    readings.some((reading) => reading.value === value) || format.unquote?.(headerText) === value;
  return (cookies.find(holds) ?? (bare !== undefined && holds(bare) ? bare : undefined))?.headerText.trim();
}

function replaceOnce(text: string, old: string | undefined, written: string): string | undefined {
  if (old === undefined || old === "") return undefined;
  const at = text.indexOf(old);
  if (at < 0 || text.includes(old, at + 1)) return undefined;
  return text.slice(0, at) + written + text.slice(at + old.length);
}
