import type { Decoded, Failure, Segment } from "../../index.ts";
import { type Html, html } from "../html.ts";
import { ago, duration, moment, plural } from "../words.ts";
import { MOST_BYTES, type Stretch, sizeBar } from "./parts.ts";
import { pretty } from "./pretty.ts";

export interface CookieView {
  readonly name: string;
  readonly value: string;
  readonly decoded: Decoded | Failure;
  /** In one sentence, and whether it is good news. */
  readonly verdict: { readonly good: boolean; readonly text: string };
  /** The line that brought it, if this server remembers. */
  readonly line: string | undefined;
  /** Seconds. */
  readonly maxAge: number;
  readonly now: number;
}

export function noCookiePage(): Html {
  return html`<h1>The cookie</h1>
<p class="lede">There is none yet. <a href="/">Log in or count something</a>, then look again.</p>`;
}

export function cookiePage(view: CookieView): Html {
  const { name, value, decoded, verdict, line } = view;
  return html`<h1>The cookie</h1>
<p class="verdict ${verdict.good ? "good" : "bad"}">${verdict.text}</p>
<div class="cards">
<section class="card wide"><h2>As your browser sends it</h2>
<p class="code"><span class="dim">${name}=</span>${coloured(value, decoded)}</p>
${decoded.ok && legend(decoded)}</section>
${decoded.ok ? contents(decoded) : failure(decoded)}
${age(view)}
${size(view)}
<section class="card wide"><h2>The line that set it</h2>
${
  line === undefined
    ? html`<p>This server did not set it, or has forgotten: it was restarted, or another site shares the session.</p>`
    : html`<p class="code">Set-Cookie: ${line}</p>`
}</section>
</div>
<p class="hint">The same in a terminal, with the cookie on standard input: <code>npx cookiesess decode</code></p>`;
}

/** What each byte of it is for; what cannot be read is all payload. */
export function stretches({
  name,
  value,
  decoded,
  line,
}: Pick<CookieView, "name" | "value" | "decoded" | "line">): readonly Stretch[] {
  const total = line?.length ?? name.length + 1 + value.length;
  if (!decoded.ok) return [{ kind: "payload", bytes: total }];
  const known = decoded.segments.map((segment) => ({
    kind: kindOf(segment),
    bytes: segment.end - segment.start,
  }));
  const rest = total - known.reduce((sum, { bytes }) => sum + bytes, 0);
  return [...known, { kind: "rest", bytes: rest }];
}

function kindOf({ name }: Segment): "payload" | "timestamp" | "signature" {
  return name === "timestamp" || name === "signature" ? name : "payload";
}

function coloured(value: string, decoded: Decoded | Failure): readonly Html[] {
  if (!decoded.ok) return [html`${value}`];
  let end = 0;
  const pieces = decoded.segments.map((segment) => {
    const between = value.slice(end, segment.start);
    end = segment.end;
    return html`<span class="dim">${between}</span><span class="${kindOf(segment)}">${value.slice(segment.start, segment.end)}</span>`;
  });
  return [...pieces, html`${value.slice(end)}`];
}

function legend(decoded: Decoded): Html {
  const { compressed, issuedAt, payloadType, signature } = decoded;
  const says: Readonly<Record<string, string>> = {
    payload: `${payloadType === "json" ? "JSON" : payloadType} in base64${compressed ? ", compressed" : ""}: anyone can read it`,
    timestamp: issuedAt === null ? "" : moment(issuedAt),
    signature: `HMAC${signature.algorithm === undefined ? "" : ` with ${signature.algorithm}`}: only who knows the secret can make it`,
  };
  return html`<dl class="legend">${decoded.segments.map(
    (segment) => html`<div><dt class="${kindOf(segment)}">${segment.name}</dt>
<dd>${plural(segment.end - segment.start, "character")}. ${says[segment.name]}</dd></div>`,
  )}</dl>`;
}

function contents({ payload }: Decoded): Html {
  return html`<section class="card wide"><h2>What is in it</h2>
<pre class="code">${pretty(payload)}</pre></section>`;
}

function failure({ message }: Failure): Html {
  return html`<section class="card wide"><h2>What is in it</h2><p>It cannot be read: ${message}.</p></section>`;
}

function age({ decoded, maxAge, now }: CookieView): Html {
  const issuedAt = decoded.ok ? decoded.issuedAt : null;
  if (issuedAt === null) return html`<section class="card"><h2>Age</h2><p>Unknown.</p></section>`;
  const left = issuedAt + maxAge - now;
  const signed = issuedAt > now ? `in ${duration(issuedAt - now)}, says its timestamp` : ago(now - issuedAt);
  return html`<section class="card"><h2>Age</h2>
<dl class="facts"><dt>Signed</dt><dd>${signed}<br><span class="dim">${moment(issuedAt)}</span></dd>
<dt>${left < 0 ? "Expired" : "Expires"}</dt><dd>${left < 0 ? ago(-left) : `in ${duration(left)}`}<br><span class="dim">${moment(issuedAt + maxAge)}</span></dd></dl></section>`;
}

const NAMES = {
  payload: "payload",
  timestamp: "timestamp",
  signature: "signature",
  rest: "name, attributes and separators",
};

function size(view: CookieView): Html {
  const shares = stretches(view);
  const total = shares.reduce((sum, { bytes }) => sum + bytes, 0);
  return html`<section class="card"><h2>Size</h2>
${sizeBar(shares)}
<p><strong>${plural(total, "byte")}</strong> of ${MOST_BYTES.toLocaleString("en")}${view.line === undefined && ", the attributes not counted"}</p>
<ul class="shares">${shares.map(({ kind, bytes }) => html`<li class="${kind}">${bytes.toLocaleString("en")} <span>${NAMES[kind]}</span></li>`)}</ul></section>`;
}
