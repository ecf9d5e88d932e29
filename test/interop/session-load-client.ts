import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Dice } from "./random.ts";
import { Browser, type Page } from "./session-browser.ts";

/** What `/me` says of a session. */
interface State {
  readonly user: string | null;
  readonly count: number;
  readonly cart: readonly string[];
}

const NOTHING: State = { user: null, count: 0, cart: [] };
const MOST_ITEMS = 8;
const PAUSE = 25;

/** What all clients have seen together. */
export class Ledger {
  requests = 0;
  /** Sessions that were looked at and found as this client was told. */
  intact = 0;
  /** Requests sent again, because the server went away before it answered. */
  retries = 0;
  /** Sessions that are new and empty after the answer to a login or a logout was lost. */
  remade = 0;
  readonly faults: string[] = [];
  readonly statuses = new Map<number, number>();

  see(what: string, { status }: Page): void {
    this.requests++;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status >= 500) this.faults.push(`${status} for ${what}`);
  }
}

type Change = "count" | "cart" | "cart/clear" | "message" | "fill" | "login" | "logout";

/** One browser that mixes requests, and knows what its session must be after each. */
export class Client {
  readonly #name: string;
  readonly #url: string;
  readonly #dice: Dice;
  readonly #ledger: Ledger;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #browser = new Browser(this.#agent);
  #state: State = NOTHING;
  /** The answer to something that ends the former session was lost. */
  #lost = false;

  constructor(name: string, url: string, dice: Dice, ledger: Ledger) {
    this.#name = name;
    this.#url = url;
    this.#dice = dice;
    this.#ledger = ledger;
  }

  async run(until: () => boolean): Promise<void> {
    while (!until()) {
      await this.#step();
      await this.#look();
    }
    this.#agent.destroy();
  }

  #step(): Promise<void> {
    const change = this.#dice.pick<Change | "read">([
      ...(["count", "count", "count", "cart", "cart", "message", "fill", "login", "read", "read"] as const),
      ...(this.#dice.below(8) === 0 ? (["logout", "cart/clear"] as const) : []),
    ] as [Change | "read", ...(Change | "read")[]]);
    return change === "read" ? this.#read() : this.#change(change);
  }

  async #read(): Promise<void> {
    const path = this.#dice.pick(["", "cookie", "healthz", "nowhere"]);
    await this.#send(
      `GET /${path}`,
      () => this.#browser.get(this.#url + path),
      path === "nowhere" ? 404 : 200,
    );
  }

  async #change(wanted: Change): Promise<void> {
    const change = wanted === "cart" && this.#state.cart.length >= MOST_ITEMS ? "cart/clear" : wanted;
    const item = `item ${this.#dice.below(1000)}`;
    const form = { user: this.#name, item, text: item, bytes: "6000" };
    const visit = () => this.#browser.send(this.#url + change, form);
    await this.#send(`POST /${change}`, visit, change === "fill" ? 413 : 303);
    this.#state = changed(this.#state, change, this.#name, item);
  }

  /** Sends until there is an answer: the session is in the cookie, so what was not answered did not happen. */
  async #send(what: string, visit: () => Promise<Page>, status: number): Promise<void> {
    const page = await this.#insist(what, visit);
    if (page.status !== status) this.#fault(`${page.status} instead of ${status} for ${what}`);
  }

  async #insist(what: string, visit: () => Promise<Page>): Promise<Page> {
    for (;;) {
      try {
        const page = await visit();
        this.#ledger.see(what, page);
        return page;
      } catch (error) {
        if (!isGone(error)) throw error;
        this.#ledger.retries++;
        if (/login|logout/.test(what)) this.#lost = true;
        await sleep(PAUSE);
      }
    }
  }

  async #look(): Promise<void> {
    const page = await this.#insist("GET /me", () => this.#browser.get(`${this.#url}me`));
    const { user, count, cart } = JSON.parse(page.text) as State;
    const seen: State = { user, count, cart };
    const same = JSON.stringify(seen) === JSON.stringify(this.#state);
    const isEmpty = user === null && count === 0 && cart.length === 0;
    if (page.status !== (user === null ? 401 : 200)) this.#fault(`status ${page.status} of ${page.text}`);
    if (same) this.#ledger.intact++;
    else if (this.#lost && (isEmpty || user === this.#name)) this.#ledger.remade++;
    else this.#fault(`found ${JSON.stringify(seen)}, was told ${JSON.stringify(this.#state)}`);
    this.#state = seen;
    this.#lost = false;
  }

  #fault(text: string): void {
    this.#ledger.faults.push(`${this.#name}: ${text}`);
  }
}

function changed(state: State, change: Change, user: string, item: string): State {
  if (change === "count") return { ...state, count: state.count + 1 };
  if (change === "cart") return { ...state, cart: [...state.cart, item] };
  if (change === "cart/clear") return { ...state, cart: [] };
  if (change === "login") return { ...state, user };
  return change === "logout" ? NOTHING : state;
}

function isGone(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ECONNREFUSED" || code === "ECONNRESET" || code === "EPIPE";
}
