/** What happens between requests: time goes by, secrets are replaced. */
import type { Setup } from "./session-sites.ts";
import { cookieName, NEW, OLD, type Suite, Visitor } from "./session-visitor.ts";

const TWO_WEEKS = 1_209_600;
const MINUTES = 300;

export async function checkExpired({ sites, check }: Suite): Promise<void> {
  const visitor = new Visitor(sites);
  await visitor.post("django", "login");
  const cookie = visitor.cookie ?? "";
  await sites.setClock(TWO_WEEKS - MINUTES, { secret: OLD });
  check(await visitor.isKnown(["demo", "django"]), "the cookie is accepted until two weeks have passed");
  await sites.setClock(TWO_WEEKS + MINUTES, { secret: OLD });
  for (const site of ["django", "demo"] as const) {
    visitor.jar.set(cookieName, cookie);
    const { user } = await visitor.json<{ user: unknown }>(site, "me");
    const renewed = visitor.cookie?.startsWith("e30:") === true;
    check(user === null && renewed, `${site} refuses it then, and gives a new empty session`, visitor.cookie);
  }
  await sites.setClock(0, { secret: OLD });
  visitor.jar.set(cookieName, cookie);
  check(await visitor.isKnown(["demo", "django"]), "it was the time, nothing else");
}

/** The secret that is in force at both, and the one that replaces it. */
interface Change {
  readonly from: string;
  readonly to: string;
}

const FORTH: Change = { from: OLD, to: NEW };
const BACK: Change = { from: NEW, to: OLD };

/** Each rotation begins where the one before has ended. */
export async function checkRotation(suite: Suite): Promise<void> {
  await rotateNodeAlone(suite);
  if (!suite.sites.about.fallbacks) {
    suite.skip("rotation at both, Node first", "before Django 4.1.8, there are no fallbacks for logins");
    suite.skip("rotation at both, Django first", "before Django 4.1.8, there are no fallbacks for logins");
    return;
  }
  await rotateBoth(suite, ["node", "django"], FORTH);
  await rotateBoth(suite, ["django", "node"], BACK);
  await rotateAtOnce(suite, ["node", "django"], FORTH);
  await rotateAtOnce(suite, ["django", "node"], BACK);
}

/** Node keeps Django's users when its own secret moves on. */
async function rotateNodeAlone({ sites, check }: Suite): Promise<void> {
  const visitor = new Visitor(sites);
  await visitor.post("django", "login");
  const original = visitor.cookie;
  await sites.restartNode({ secret: NEW, fallbacks: [OLD] });
  check(await visitor.isKnown(["demo"]), "Node accepts Django's cookie under its fallback");
  check(visitor.cookie !== original, "and signs it again");
  await sites.restartNode({ secret: NEW });
  check(await visitor.isKnown(["demo"]), "so that the fallback is not needed any more");
  visitor.jar.set(cookieName, original ?? "");
  check(!(await visitor.isKnown(["demo"])), "but for cookies from before");
  await sites.restartNode({ secret: OLD });
}

type Side = "node" | "django";

function restart({ sites }: Suite, side: Side, setup: Setup): Promise<void> {
  return side === "node" ? sites.restartNode(setup) : sites.restartDjango(setup);
}

/** In three phases: both sides accept at every step what either signs. */
async function rotateBoth(suite: Suite, order: readonly [Side, Side], { from, to }: Change): Promise<void> {
  const { sites, check } = suite;
  const [visitor, idle] = [new Visitor(sites), new Visitor(sites)];
  await visitor.post("django", "login");
  await visitor.post("demo", "cart", { item: "apple" });
  idle.jar.set(cookieName, visitor.cookie ?? "");
  const phases: Readonly<Record<string, Setup>> = {
    introduce: { secret: from, fallbacks: [to] },
    promote: { secret: to, fallbacks: [from] },
    retire: { secret: to },
  };
  for (const [phase, setup] of Object.entries(phases)) {
    for (const side of order) {
      await restart(suite, side, setup);
      const what = `${phase} at ${side}, ${order[0]} first`;
      check(await visitor.isKnown(["demo", "django"]), `the user stays: ${what}`);
      check(await visitor.isKnown(["django", "demo"]), `and at the next visit: ${what}`);
    }
    if (phase === "promote") await checkNewLogins(suite);
  }
  const { cart } = await visitor.json<{ cart: unknown }>("demo", "me");
  check(JSON.stringify(cart) === '["apple"]', "the cart outlives the rotation", cart);
  check(await idle.isUnknown(), "a cookie from before is refused by both in the end");
}

/** While the former secret is still a fallback: whoever logs in at one is known to the other. */
async function checkNewLogins({ sites, check }: Suite): Promise<void> {
  const pairs = [
    ["demo", "django"],
    ["django", "demo"],
  ] as const;
  for (const [at, other] of pairs) {
    const visitor = new Visitor(sites);
    await visitor.post(at, "login", { user: sites.about.id });
    check(await visitor.isKnown([other, at]), `a login at ${at} under the new secret is one at ${other}`);
  }
}

/**
 * Without `introduce`, between two visits: the side that moved on first signs what the other cannot read yet, so the
 * user sees only that side until the other has followed.
 */
async function rotateAtOnce(suite: Suite, order: readonly [Side, Side], { from, to }: Change): Promise<void> {
  const { sites, check } = suite;
  const visitor = new Visitor(sites);
  await visitor.post("django", "login");
  for (const side of order) {
    await restart(suite, side, { secret: to, fallbacks: [from] });
    const what = `promote at ${side}, ${order[0]} first`;
    check(await visitor.isKnown([side === "node" ? "demo" : "django"]), `the user stays: ${what}`);
  }
  check(await visitor.isKnown(["demo", "django"]), `and is known to both: ${order[0]} first`);
  await sites.restart({ secret: to });
  check(await visitor.isKnown(["demo", "django"]), `and once the former secret is gone: ${order[0]} first`);
}
