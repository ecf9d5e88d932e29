import { type Html, html } from "../html.ts";
import { plural } from "../words.ts";
import { MOST_BYTES } from "./parts.ts";

/** `leak`: what a broken server shows besides. */
export function errorPage(title: string, text: string, leak: string | undefined): Html {
  return html`<h1>${title}</h1>
<p class="lede">${text}</p>
${leak !== undefined && html`<p class="code">SECRET_KEY = ${leak}</p>`}
<p><a href="/">Back to the demo</a></p>`;
}

interface TooLarge {
  readonly bytes: number;
  readonly largest: readonly { readonly key: string; readonly bytes: number }[];
}

export function tooLargePage({ bytes, largest }: TooLarge): Html {
  return html`<h1>That does not fit into a cookie</h1>
<p class="lede">The cookie would have <strong>${plural(bytes, "byte")}</strong>. Browsers keep at most ${MOST_BYTES.toLocaleString("en")} and drop a larger one without a word, so nothing was saved, and you still have the session from before.</p>
<section class="card"><h2>What takes the most room</h2>
<table><thead><tr><th scope="col">Key</th><th scope="col">Bytes, as JSON</th></tr></thead>
<tbody>${largest.map(({ key, bytes: size }) => html`<tr><td><code>${key}</code></td><td class="amount">${size.toLocaleString("en")}</td></tr>`)}</tbody></table></section>
<p><a href="/">Back to the demo</a></p>`;
}
