import { type Html, html } from "../html.ts";
import type { Visitor } from "../visitor.ts";
import { plural } from "../words.ts";
import { MOST_BYTES, type Stretch, sizeBar } from "./parts.ts";

export const LONGEST_NAME = 30;
export const LONGEST_TEXT = 200;
export const MOST_FILLING = 100_000;

export interface Home {
  readonly visitor: Visitor;
  readonly messages: readonly string[];
  readonly filling: number;
  readonly size: readonly Stretch[];
  /** What the visitor should know about the login or the cookie, if anything. */
  readonly notices: readonly string[];
  readonly revokes: boolean;
  /** Logins are a Django site's. */
  readonly django: boolean;
}

export function homePage(home: Home): Html {
  return html`<h1>A session without a database</h1>
<p class="lede">All that this site knows about you is in one signed cookie, which your browser brings along.</p>
${home.messages.map((text) => html`<p class="message" role="status">${text}</p>`)}
${home.notices.map((text) => html`<p class="notice">${text}</p>`)}
<div class="cards">
<div class="stack">
${visitorCard(home)}
${cartCard(home.visitor)}
</div>
<div class="stack">
${counterCard(home.visitor)}
${messageCard()}
</div>
${sizeCard(home)}
</div>`;
}

function visitorCard({ visitor: { user }, revokes, django }: Home): Html {
  if (user === undefined) return loginCard(django);
  return html`<section class="card"><h2>You</h2>
<p>Logged in as <strong class="user">${user}</strong>.</p>
<div class="row">
<form method="post" action="/logout"><button>Log out</button></form>
${revokes && html`<form method="post" action="/logout-everywhere"><button class="quiet">Log out everywhere</button></form>`}
</div>
<p class="hint">${
    revokes
      ? "Everywhere: also in the other browsers where you are logged in under this name."
      : "Without revocation a copy of the cookie stays valid until it expires."
  }</p></section>`;
}

function loginCard(django: boolean): Html {
  return html`<section class="card"><h2>You</h2>
<form method="post" action="/login">
<label for="user">${django ? "User id" : "Name"}</label>
<div class="row"><input id="user" name="user" required maxlength="${LONGEST_NAME}" autocomplete="username" autocapitalize="none" spellcheck="false"><button>Log in</button></div>
</form>
<p class="hint">${django ? "The id of a user of the Django site." : "Any name will do."} There is no password: this is a demo.</p></section>`;
}

function counterCard({ count }: Visitor): Html {
  return html`<section class="card"><h2>Counter</h2>
<form method="post" action="/count" class="row spread"><output class="number">${count}</output><button>Count</button></form>
<p class="hint">It lives in the cookie, and the server keeps none of it: close the browser, and it is still there.</p></section>`;
}

/** Items that are listed. */
const MOST_ITEMS = 100;

function cartList(cart: readonly string[]): Html {
  if (cart.length === 0) return html`<p class="empty">Nothing in it yet.</p>`;
  const rest = cart.length - MOST_ITEMS;
  return html`<ul class="cart">${cart.slice(0, MOST_ITEMS).map((item) => html`<li>${item}</li>`)}</ul>
${rest > 0 && html`<p class="hint">… and ${rest.toLocaleString("en")} more</p>`}`;
}

function cartCard({ cart }: Visitor): Html {
  return html`<section class="card"><h2>Cart</h2>
${cartList(cart)}
<form method="post" action="/cart">
<label for="item">Item</label>
<div class="row"><input id="item" name="item" required maxlength="${LONGEST_TEXT}" autocomplete="off"><button>Add</button></div>
</form>
${cart.length > 0 && html`<form method="post" action="/cart/clear"><button class="quiet">Empty the cart</button></form>`}
</section>`;
}

function messageCard(): Html {
  return html`<section class="card"><h2>Message</h2>
<form method="post" action="/message">
<label for="text">Text</label>
<div class="row"><input id="text" name="text" required maxlength="${LONGEST_TEXT}" autocomplete="off"><button>Leave</button></div>
</form>
<p class="hint">The next page shows it, once.</p></section>`;
}

function sizeCard({ size, filling }: Home): Html {
  const total = size.reduce((sum, { bytes }) => sum + bytes, 0);
  return html`<section class="card wide"><h2>Room in the cookie</h2>
${sizeBar(size)}
<p><strong>${plural(total, "byte")}</strong> of ${MOST_BYTES.toLocaleString("en")}. <a href="/cookie">Take it apart</a></p>
<form method="post" action="/fill">
<label for="bytes">Fill it with so many random characters</label>
<div class="row"><input id="bytes" name="bytes" type="number" required min="0" max="${MOST_FILLING}" value="${filling === 0 ? 5000 : filling}"><button>Fill</button></div>
</form>
<p class="hint">A browser drops a larger cookie without a word, so this server refuses to send one. 0 takes them out again.</p></section>`;
}
