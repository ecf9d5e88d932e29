import { attributeOf, type Page, readSetCookie } from "./session-browser.ts";
import { type Site, type Suite, Visitor } from "./session-visitor.ts";

const TWO_WEEKS = 1_209_600;
/** Seconds that two ages may be apart, for two requests one after the other. */
const NEAR = 3;

interface Told {
  readonly age: number;
  readonly date: number;
  readonly browserClose: boolean;
}

/** What one side sets as the expiry, the other side keeps to. */
export async function checkExpiry(suite: Suite): Promise<void> {
  await checkDirection(suite, "django", "service", "demo");
  await checkDirection(suite, "service", "django", "django");
}

/** Set at `at`, read by `get_expiry_age` at `reader`, and by the `Set-Cookie` of a change at `writer`. */
async function checkDirection(suite: Suite, at: Site, reader: Site, writer: Site): Promise<void> {
  const { sites, check, skip } = suite;
  const values = [0, 3600, 7_776_000, ...(sites.about.dates ? moments() : []), null];
  for (const value of values) {
    const visitor = new Visitor(sites);
    await visitor.post("django", "login");
    await visitor.post(at, "expiry", { value: JSON.stringify(value) });
    const what = `set_expiry(${JSON.stringify(value)}) at ${at}`;
    const [there, here] = [
      await visitor.json<Told>(at, "expiry"),
      await visitor.json<Told>(reader, "expiry"),
    ];
    check(agree(here, there), `${what}: ${reader} says the same`, here, there);
    const expected = ageOf(value);
    check(near(here.age, expected || TWO_WEEKS), `${what}: its age at ${reader}`, here, expected);
    const changed = await visitor.post(writer, "count");
    check(
      sets(changed, value === 0 ? undefined : expected),
      `${what}: Max-Age of ${writer}`,
      changed.headers,
    );
    check(await visitor.isKnown(["django", "demo"]), `${what}: the user stays logged in`);
    visitor.jar.closeBrowser();
    const closed = value === 0 ? await visitor.isUnknown() : await visitor.isKnown(["django", "demo"]);
    check(closed, `${what}: what closing the browser does`);
  }
  if (!sites.about.dates) skip(`set_expiry(date) at ${at}`, "before Django 4.1, JSON sessions hold no dates");
}

/** With and without a fraction, and in another zone. */
function moments(): readonly string[] {
  const seconds = Math.floor(Date.now() / 1000) + 5400;
  const text = (milliseconds: number) => new Date(milliseconds).toISOString();
  return [
    text(seconds * 1000).replace(".000Z", "+00:00"),
    text(seconds * 1000 + 250).replace("Z", "+00:00"),
    text((seconds + 7200) * 1000).replace(".000Z", "+02:00"),
  ];
}

/** Seconds from now; 0: with the browser. */
function ageOf(value: number | string | null): number {
  if (value === null) return TWO_WEEKS;
  return typeof value === "number" ? value : (Date.parse(value) - Date.now()) / 1000;
}

function agree(one: Told, other: Told): boolean {
  const sameEnd = near(one.age, other.age) && near(one.date, other.date);
  return sameEnd && one.browserClose === other.browserClose;
}

/** Undefined: neither `Max-Age` nor `expires`. */
function sets({ headers }: Page, age: number | undefined): boolean {
  const [line, ...others] = headers["set-cookie"] ?? [];
  if (line === undefined || others.length > 0) return false;
  const cookie = readSetCookie(line);
  const [maxAge, expires] = [attributeOf(cookie, "Max-Age"), attributeOf(cookie, "expires")];
  if (age === undefined) return maxAge === undefined && expires === undefined;
  return near(Number(maxAge), age) && near(Date.parse(expires ?? "") / 1000, Date.now() / 1000 + age);
}

function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= NEAR;
}
