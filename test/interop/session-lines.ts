import type { Page } from "./session-browser.ts";
import { readSetCookie, type SetCookie } from "./session-browser.ts";
import { cookieName, type Site, type Suite, Visitor } from "./session-visitor.ts";

/** Seconds that two dates may be apart, for two requests one after the other. */
const NEAR = 3;

/** The `Set-Cookie` lines of both for the same action, attribute by attribute. */
export async function compareLines({ sites, check }: Suite): Promise<void> {
  const { id } = sites.about;
  const actions: Readonly<Record<string, (visitor: Visitor, site: Site) => Promise<Page>>> = {
    "a login": (visitor, site) => visitor.post(site, "login", { user: id }),
    "a logout": async (visitor, site) => {
      await visitor.post("django", "login");
      return visitor.post(site, "logout");
    },
    "a bad cookie": (visitor, site) => {
      visitor.jar.set(cookieName, "x".repeat(40));
      return visitor.get(sites[site]("me"));
    },
    "a change": (visitor, site) => visitor.post(site, "count"),
    "a change of a session that ends with the browser": async (visitor, site) => {
      await visitor.post("django", "expiry", { value: "0" });
      return visitor.post(site, "count");
    },
    "a visit that only reads": async (visitor, site) => {
      await visitor.post("django", "count");
      return visitor.get(sites[site]("me"));
    },
    "a visit without a cookie": (visitor, site) => visitor.get(sites[site]("me")),
  };
  for (const [what, act] of Object.entries(actions)) {
    const theirs = await act(new Visitor(sites), "django");
    const ours = await act(new Visitor(sites), "demo");
    const [expected, found] = [linesOf(theirs), linesOf(ours)];
    check(String(found.map(shape)) === String(expected.map(shape)), `Set-Cookie of ${what}`, found, expected);
    check(near(datesOf(found), datesOf(expected)), `expires of ${what}`, found, expected);
    check(variesOn(ours) && variesOn(theirs), `Vary of ${what}`, ours.headers.vary, theirs.headers.vary);
  }
}

function linesOf({ headers }: Page): readonly SetCookie[] {
  return (headers["set-cookie"] ?? []).map(readSetCookie);
}

/** Everything that must be the same: the order and spelling of attributes too. */
function shape({ name, value, attributes }: SetCookie): string {
  const kind = value === '""' ? value : value.startsWith("e30:") ? "an empty session" : "a session";
  const parts = attributes.map(([key, text]) =>
    key === "expires" ? `expires=${spelling(text)}` : `${key}=${text}`,
  );
  return [`${name}=${kind}`, ...parts].join("; ");
}

function spelling(date: string): string {
  return date
    .replaceAll(/[a-z]/g, "a")
    .replaceAll(/[A-FH-LN-SU-Z]/g, "A")
    .replaceAll(/\d/g, "0");
}

function datesOf(lines: readonly SetCookie[]): readonly number[] {
  return lines.flatMap(({ attributes }) =>
    attributes.filter(([key]) => key === "expires").map(([, text]) => Date.parse(text) / 1000),
  );
}

function near(some: readonly number[], others: readonly number[]): boolean {
  return (
    some.length === others.length && some.every((date, at) => Math.abs(date - (others[at] ?? 0)) <= NEAR)
  );
}

function variesOn({ headers }: Page): boolean {
  return (headers.vary ?? "").split(/,\s*/).filter((field) => field === "Cookie").length === 1;
}
