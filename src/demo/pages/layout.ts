import type { Flaw } from "../flaws/kit.ts";
import { type Html, html } from "../html.ts";

export interface Page {
  readonly title: string;
  /** Of the links at the top, the one that leads here. */
  readonly path?: string;
  readonly flaw: Flaw | undefined;
  readonly main: Html;
}

/** A biscuit, so that browsers need not ask for one. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Ccircle cx='16' cy='16' r='15' fill='%23b8742b'/%3E%3Cg fill='%23502d0c'%3E%3Ccircle cx='11' cy='11' r='3'/%3E%3Ccircle cx='21' cy='14' r='2.5'/%3E%3Ccircle cx='14' cy='21' r='3'/%3E%3Ccircle cx='22' cy='22' r='1.8'/%3E%3C/g%3E%3C/svg%3E";

const LINKS = [
  ["/", "Home"],
  ["/cookie", "The cookie"],
  ["/me", "/me as JSON"],
] as const;

export function layout({ title, path, flaw, main }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · cookiesess demo</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${flaw && banner(flaw)}
<header><div class="column">
<a class="brand" href="/">cookiesess <span>demo</span></a>
<nav aria-label="Pages">${LINKS.map(([href, text]) => link(href, text, href === path))}</nav>
</div></header>
<main id="main" class="column">
${main}
</main>
<footer><p class="column">A demo on this machine alone: whoever types a name is that user. The server keeps
the ids of sessions, so that it can end them, and nothing of what is in them.</p></footer>
</body>
</html>
`;
}

function link(href: string, text: string, here: boolean): Html {
  return here ? html`<a href="${href}" aria-current="page">${text}</a>` : html`<a href="${href}">${text}</a>`;
}

function banner({ name, summary }: Flaw): Html {
  return html`<div class="flaw"><p class="column"><strong>Broken on purpose: ${name}.</strong> ${summary}</p></div>`;
}
