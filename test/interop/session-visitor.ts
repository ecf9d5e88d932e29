import { Browser, type Page } from "./session-browser.ts";
import type { Sites } from "./session-sites.ts";

export const OLD = "old-and-long-enough-to-be-a-django-secret-0123456789";
export const NEW = "new-and-long-enough-to-be-a-django-secret-9876543210";
export const cookieName = "sessionid";

export type Site = "django" | "demo" | "service";

/** What a scenario works with. */
export interface Suite {
  readonly sites: Sites;
  check(holds: boolean, what: string, ...details: readonly unknown[]): void;
  skip(what: string, reason: string): void;
}

/** Somebody who uses all of the sites in one browser. */
export class Visitor extends Browser {
  readonly #sites: Sites;

  constructor(sites: Sites) {
    super();
    this.#sites = sites;
  }

  get cookie(): string | undefined {
    return this.jar.get(cookieName);
  }

  /** @throws {Error} on a status that is neither a success nor a redirection */
  async post(site: Site, path: string, form: Readonly<Record<string, string>> = {}): Promise<Page> {
    const page = await this.send(this.#sites[site](path), form);
    if (page.status >= 400)
      throw new Error(`${page.status} of ${site} for /${path}: ${page.text.slice(0, 200)}`);
    return page;
  }

  async json<T>(site: Site, path: string): Promise<T> {
    return JSON.parse((await this.get(this.#sites[site](path))).text) as T;
  }

  /** Whether each site, visited in this order, takes the visitor for the user. */
  async isKnown(order: readonly Site[]): Promise<boolean> {
    for (const site of order) {
      if ((await this.#user(site)) !== (site === "django" ? "ada" : this.#sites.about.id)) return false;
    }
    return true;
  }

  async isUnknown(): Promise<boolean> {
    return (await this.#user("django")) === null && (await this.#user("demo")) === null;
  }

  /** The auth keys of the session, as Django reads them. */
  async auth(): Promise<readonly string[]> {
    const { auth } = await this.json<{ auth: Readonly<Record<string, string>> }>("django", "me");
    return Object.entries(auth).map(([key, value]) => `${key}=${value}`);
  }

  async #user(site: Site): Promise<unknown> {
    return (await this.json<{ user: unknown }>(site, "me")).user;
  }
}
