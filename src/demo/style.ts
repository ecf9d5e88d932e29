export const STYLE = `:root {
  color-scheme: light dark;
  --page: #f6f5f2;
  --card: #ffffff;
  --line: #dfdcd5;
  --ink: #23211d;
  --dim: #66615a;
  --accent: #8a4b08;
  --accent-ink: #ffffff;
  --accent-soft: #f6ead9;
  --good: #1b6b3a;
  --bad: #b3261e;
  --payload: #9b1f8e;
  --timestamp: #0a6a7c;
  --signature: #2553c4;
  --rest: #857f76;
  --room: #e9e6df;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16151a;
    --card: #201f26;
    --line: #3a3843;
    --ink: #eceaf0;
    --dim: #aba6b5;
    --accent: #f0b368;
    --accent-ink: #2a1a05;
    --accent-soft: #33291c;
    --good: #6fd195;
    --bad: #ff8a80;
    --payload: #f18ce4;
    --timestamp: #5fd0e4;
    --signature: #94b4ff;
    --rest: #7f7a8a;
    --room: #33313b;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere;
}
.column { width: 100%; max-width: 58rem; margin-inline: auto; padding-inline: 1.25rem; }
a { color: var(--accent); text-underline-offset: .2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--card); z-index: 1; }

header { border-bottom: 1px solid var(--line); background: var(--card); }
header .column { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 2rem; padding-block: .75rem; }
.brand { font-weight: 700; color: var(--ink); text-decoration: none; letter-spacing: -.01em; margin-right: auto; }
.brand span { color: var(--dim); font-weight: 400; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav a { color: var(--dim); text-decoration: none; padding: .25rem 0; border-bottom: 2px solid transparent; }
nav a:hover { color: var(--ink); }
nav a[aria-current] { color: var(--ink); border-color: var(--accent); }
.flaw { background: #a3150d; color: #ffffff; }
.flaw p { padding-block: .6rem; }

main { flex: 1; padding-block: 2.25rem 3rem; }
h1 { font-size: clamp(1.6rem, 5vw, 2.2rem); line-height: 1.2; letter-spacing: -.02em; margin: 0 0 .75rem; text-wrap: balance; }
h2 { font-size: 1rem; margin: 0; }
p { margin-block: 0; }
.lede { font-size: 1.1rem; color: var(--dim); max-width: 42rem; margin-bottom: 1.5rem; text-wrap: pretty; }
.lede strong { color: var(--ink); }
.hint, .dim, .empty { color: var(--dim); }
.hint { font-size: .875rem; }
main > .hint { margin-top: 1.25rem; }

.cards { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.card {
  display: flex;
  flex-direction: column;
  align-items: stretch;
  gap: .8rem;
  padding: 1.25rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 12px;
}
@media (min-width: 46rem) {
  .cards { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .wide { grid-column: 1 / -1; }
}
.stack { display: flex; flex-direction: column; gap: 1rem; }
.stack > :last-child { flex: 1; }
form { margin: 0; }
label { display: block; font-size: .875rem; color: var(--dim); margin-bottom: .3rem; }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
.spread { justify-content: space-between; }
input {
  flex: 1 1 9rem;
  min-width: 0;
  min-height: 2.75rem;
  padding: .5rem .75rem;
  font: inherit;
  color: inherit;
  background: var(--page);
  border: 1px solid var(--rest);
  border-radius: 8px;
}
button {
  min-height: 2.75rem;
  padding: .5rem 1.1rem;
  font: inherit;
  font-weight: 600;
  color: var(--accent-ink);
  background: var(--accent);
  border: 1px solid var(--accent);
  border-radius: 8px;
  cursor: pointer;
}
button:hover { filter: brightness(1.1); }
button.quiet { color: var(--accent); background: transparent; }
button.quiet:hover { background: var(--accent-soft); filter: none; }
.number { font-size: 2.5rem; line-height: 1; font-weight: 700; font-variant-numeric: tabular-nums; }
.cart { margin: 0; padding-left: 1.2rem; }

.message, .notice, .verdict {
  padding: .75rem 1rem;
  margin-bottom: 1rem;
  border-radius: 8px;
  border: 1px solid var(--line);
  border-left: 4px solid var(--accent);
  background: var(--accent-soft);
}
.verdict { background: var(--card); }
.good { border-left-color: var(--good); }
.bad { border-left-color: var(--bad); }

code, .code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875rem; }
.code { margin: 0; padding: .8rem 1rem; background: var(--page); border-radius: 8px; white-space: pre-wrap; word-break: break-all; }
.payload, .key { color: var(--payload); }
.timestamp { color: var(--timestamp); }
.signature { color: var(--signature); }
.legend { display: grid; gap: .8rem 1.5rem; margin: 0; }
.legend dt { font-weight: 600; }
.legend dd { margin: 0; font-size: .875rem; color: var(--dim); }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .5rem 1.25rem; margin: 0; }
.facts dt { color: var(--dim); }
.facts dd { margin: 0; }
@media (min-width: 46rem) { .legend { grid-template-columns: repeat(3, minmax(0, 1fr)); } }

.bar { display: block; width: 100%; height: .8rem; border-radius: .4rem; }
.room { fill: var(--room); }
.fill-payload { fill: var(--payload); }
.fill-timestamp { fill: var(--timestamp); }
.fill-signature { fill: var(--signature); }
.fill-rest { fill: var(--rest); }
.shares { display: grid; gap: .1rem; margin: 0; padding-left: 1.1rem; font-size: .875rem; }
.shares li::marker { content: "■  "; }
.shares li { font-variant-numeric: tabular-nums; }
.shares span { color: var(--dim); }
.rest { color: var(--dim); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .875rem; color: var(--dim); font-weight: 400; }
main > .card + p { margin-top: 1.25rem; }
th:last-child, td:last-child { padding-right: 0; text-align: right; }
.amount { font-variant-numeric: tabular-nums; }

footer { border-top: 1px solid var(--line); padding-block: 1.25rem; color: var(--dim); font-size: .875rem; }
`;
