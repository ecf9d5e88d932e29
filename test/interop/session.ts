/**
 * A real Django and the servers on Node share their users' sessions: one secret, one cookie, one browser.
 *
 *   PYTHON=/usr/bin/python3 npx tsx test/interop/session.ts
 *
 * PYTHON is an interpreter that finds Django (PYTHONPATH helps); without Django, nothing is tested. Everything runs
 * twice: with Django's signed_cookies, and with the store of django-cookie-sessions in its place.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, Browser } from "./session-browser.ts";
import { checkExpiry } from "./session-expiry.ts";
import { compareLines } from "./session-lines.ts";
import { checkExpired, checkRotation } from "./session-moves.ts";
import { type Engine, NoDjango, Sites } from "./session-sites.ts";
import { cookieName, OLD, type Suite, Visitor } from "./session-visitor.ts";

const ENGINES: readonly Engine[] = [
  {
    name: "signed_cookies",
    module: "django.contrib.sessions.backends.signed_cookies",
    backend: "signed_cookies",
  },
  { name: "django-cookie-sessions", module: "__main__", backend: "django-cookie-sessions" },
];

const tally = { name: "session", version: null as string | null, passed: 0, failed: 0, skipped: 0 };

async function checkLogins({ sites, check }: Suite): Promise<void> {
  const atDjango = new Visitor(sites);
  await atDjango.post("django", "login");
  check(await atDjango.isKnown(["demo", "django"]), "who logs in at Django is that user at Node");
  const atDemo = new Visitor(sites);
  await atDemo.post("demo", "login", { user: sites.about.id });
  check(await atDemo.isKnown(["django", "demo"]), "who logs in at the demo is that user at Django");
  const [theirs, ours] = [await atDjango.auth(), await atDemo.auth()];
  check(theirs.length === 3 && String(theirs) === String(ours), "both logins write the same auth keys", ours);
  await atDemo.post("demo", "count");
  check(await atDemo.isKnown(["django"]), "and the user stays after another write at Node");
}

async function checkCart({ sites, check }: Suite): Promise<void> {
  const visitor = new Visitor(sites);
  await visitor.post("django", "login");
  for (const [site, item] of CART) await visitor.post(site, "cart", { item });
  for (const site of ["demo", "django", "django", "demo", "demo"] as const) await visitor.post(site, "count");
  const expected = JSON.stringify(CART.map(([, item]) => item));
  const { cart, count } = await visitor.json<{ cart: unknown; count: unknown }>("demo", "me");
  check(JSON.stringify(cart) === expected, "the demo lists what was put in the cart at both", cart);
  const there = await visitor.json<{ cart: unknown }>("django", "cart");
  check(JSON.stringify(there.cart) === expected, "Django lists what was put in the cart at both", there);
  check(count === 5, "the demo knows the count of both", count);
  const counted = await visitor.json<{ count: unknown }>("django", "count");
  check(counted.count === 5, "Django knows the count of both", counted);
  check(await visitor.isKnown(["django", "demo"]), "the user is still logged in");
  const anonymous = new Visitor(sites);
  await anonymous.post("demo", "cart", { item: "pear" });
  const seen = await anonymous.json<{ cart: unknown }>("django", "cart");
  check(JSON.stringify(seen.cart) === '["pear"]', "a cart from before the login too", seen);
  await anonymous.post("django", "login");
  const kept = await anonymous.json<{ cart: unknown }>("demo", "me");
  check(JSON.stringify(kept.cart) === '["pear"]', "and it outlives the login", kept);
}

/** Across 2^53, from where on a number of JavaScript skips some. */
async function checkCounter({ sites, check }: Suite): Promise<void> {
  const visitor = new Visitor(sites);
  await visitor.post("django", "count", { by: String(2n ** 53n - 2n) });
  let count = 2n ** 53n - 2n;
  for (const site of ["demo", "demo", "django", "demo", "django", "demo"] as const) {
    await visitor.post(site, "count");
    count += 1n;
    const there = (await visitor.get(sites.django("count"))).text;
    check(there === `{"count": ${count}}`, `Django knows ${count}, which ${site} counted`, there);
    const page = (await visitor.get(sites.demo(""))).text;
    check(page.includes(`>${count}<`), `the demo shows ${count}, which ${site} counted`);
    const me = await visitor.json<{ count: number | string }>("demo", "me");
    check(String(me.count) === String(count), `the demo tells ${count}, which ${site} counted`, me.count);
  }
}

const CART = [
  ["demo", "apple"],
  ["django", "žluť 🍪"],
  ["demo", '"; <b>'],
  ["django", "\\"],
] as const;

async function checkData({ sites, check }: Suite): Promise<void> {
  const first = await new Visitor(sites).post("django", "data", { part: "nested" });
  const { parts } = JSON.parse(first.text) as { parts: readonly string[] };
  check(parts.length > 1, "Django has data of several kinds", parts);
  for (const part of parts) {
    const visitor = new Visitor(sites);
    await visitor.post("django", "data", { part });
    for (const path of ["count", "cart"]) {
      const before = visitor.cookie;
      await visitor.post("demo", path, { item: "apple" });
      check(visitor.cookie !== before && visitor.cookie !== undefined, `Node writes a session of ${part}`);
      const { kept, found } = await visitor.json<{ kept: boolean; found: string }>("django", "data");
      check(kept, `Django's ${part} are what they were after /${path} at Node`, found);
    }
  }
}

async function checkLogouts({ sites, check }: Suite): Promise<void> {
  for (const at of ["demo", "django"] as const) {
    const visitor = new Visitor(sites);
    await visitor.post("django", "login");
    await visitor.post("demo", "cart", { item: "apple" });
    check(await visitor.isKnown(["django", "demo"]), `logged in before the logout at ${at}`);
    await visitor.post(at, "logout");
    check(visitor.cookie === undefined, `logging out at ${at} takes the cookie away`);
    check(await visitor.isUnknown(), `logging out at ${at} does so at both`);
    const { cart } = await visitor.json<{ cart: readonly string[] }>("django", "cart");
    check(cart.length === 0, `and the cart is gone after it (${at})`, cart);
  }
}

async function checkTampering({ sites, check }: Suite): Promise<void> {
  const visitor = new Visitor(sites);
  await visitor.post("django", "login");
  const genuine = visitor.cookie ?? "";
  for (const [change, value] of Object.entries(tampered(genuine))) {
    for (const site of ["django", "demo"] as const) {
      const browser = new Browser();
      browser.jar.set(cookieName, value);
      const { text } = await browser.get(sites[site]("me"));
      const { user } = JSON.parse(text) as { user: unknown };
      const kept = browser.jar.get(cookieName);
      const renewed = value.length < 8 ? kept === undefined : kept?.startsWith("e30:");
      check(user === null && renewed === true, `${site}: ${change}: nobody, and a new empty session`, kept);
    }
  }
}

function tampered(cookie: string): Readonly<Record<string, string>> {
  const other = (char: string) => (char === "A" ? "B" : "A");
  const swap = (at: number) => cookie.slice(0, at) + other(cookie.charAt(at)) + cookie.slice(at + 1);
  const [payload = "", time = "", signature = ""] = cookie.split(":");
  return {
    "another payload": swap(9),
    "another time": swap(payload.length + 3),
    "another signature": swap(payload.length + time.length + 4),
    "a padded signature": `${cookie}=`,
    "a cut signature": cookie.slice(0, -1),
    "no signature": `${payload}:${time}`,
    "parts in another order": `${time}:${payload}:${signature}`,
    "text of no kind": "x".repeat(300),
    "a short text": "x:y:z",
  };
}

/** Both take the same `Cookie:` headers for the session. */
async function checkHeaders({ sites, check }: Suite): Promise<void> {
  const visitor = new Visitor(sites);
  await visitor.post("django", "login");
  const good = visitor.cookie ?? "";
  const headers = {
    "the last of two names counts": `sessionid=x; sessionid=${good}`,
    "the first does not": `sessionid=${good}; sessionid=xxxxxxxxxx`,
    "in quotes": `sessionid="${good}"`,
    "without spaces": `a=b;sessionid=${good};c=d`,
    "with spaces": `a = b ;  sessionid = ${good} ; c`,
    "with a comma": `sessionid=${good},a=b`,
    "another case": `Sessionid=${good}`,
    "beside an open quote": `a="b; sessionid=${good}`,
    "without a name": `=${good}; ${good}`,
  };
  const seen: (string | null)[] = [];
  for (const [what, cookie] of Object.entries(headers)) {
    const django = JSON.parse((await ask(sites.django("me"), { cookie })).text) as { user: string | null };
    const demo = JSON.parse((await ask(sites.demo("me"), { cookie })).text) as { user: string | null };
    check((django.user === null) === (demo.user === null), `Cookie header: ${what}`, django, demo);
    seen.push(demo.user);
  }
  check(
    seen.includes(null) && seen.includes(sites.about.id),
    "some of the headers log in, some do not",
    seen,
  );
}

async function run(engine: Engine, folder: string): Promise<void> {
  const check = (holds: boolean, what: string, ...details: readonly unknown[]) => {
    tally[holds ? "passed" : "failed"]++;
    if (!holds) console.error(`failed: ${engine.name}: ${what}`, ...details);
  };
  const skip = (what: string, reason: string) => {
    tally.skipped++;
    console.log(`skipped: ${engine.name}: ${what}: ${reason}`);
  };
  const sites = new Sites(engine, folder);
  const suite: Suite = { sites, check, skip };
  try {
    await sites.start({ secret: OLD });
    tally.version = sites.about.version;
    for (const scenario of SCENARIOS) {
      await scenario(suite).catch((error: unknown) => check(false, scenario.name, error));
    }
  } finally {
    await sites.close();
  }
}

/** The last ones restart the servers. */
const SCENARIOS = [
  checkLogins,
  checkCart,
  checkCounter,
  checkData,
  checkLogouts,
  checkTampering,
  checkHeaders,
  compareLines,
  checkExpiry,
  checkExpired,
  checkRotation,
];

const root = mkdtempSync(join(tmpdir(), "cookiesess-session-"));
try {
  await Promise.all(
    ENGINES.map((engine) => {
      const folder = join(root, engine.backend);
      mkdirSync(folder);
      return run(engine, folder);
    }),
  );
} catch (error) {
  if (!(error instanceof NoDjango)) throw error;
  console.error(`skipped: no Django: ${error.message}`);
  tally.skipped++;
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(JSON.stringify(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;
