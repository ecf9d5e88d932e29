/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | bigint | undefined | false | readonly Part[];

/** HTML from a template. Whatever is put into it is escaped, unless it is HTML itself. */
export function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = fixed[0] ?? "";
  for (const [index, part] of parts.entries()) text += textOf(part) + (fixed[index + 1] ?? "");
  return new Html(text);
}

function textOf(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.text;
  return typeof part === "object" ? part.map(textOf).join("") : escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}
