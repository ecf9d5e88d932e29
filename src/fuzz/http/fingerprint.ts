import type { Reply } from "./exchange.ts";
import type { LoggedIn } from "./logged-in.ts";

/** How answers to the genuine session can be told from those to nobody. */
export interface Fingerprint {
  readonly toldApartBy: "the status" | "the redirect" | "the body" | "Set-Cookie" | "--logged-in";
  /** It rests on words that may change, such as a clock's. */
  readonly volatile: boolean;
  /** An answer to the genuine session itself teaches which words have changed since. */
  accepts(reply: Reply, isGenuine: boolean): boolean;
}

/** What an answer must be and show. */
interface Signs {
  readonly status: number;
  readonly redirect: string | undefined;
  readonly has: readonly string[];
  readonly lacks: readonly string[];
  /** The genuine session's answers are empty. */
  readonly wordless: boolean;
}

/** Words that may be gone from the next answer although nothing happened: a clock's, a counter's, a token's pieces. */
const fleeting = /\p{N}|^.{1,2}$/u;
const time = /^\d+:/;

/** The words of a body; times of day are none. */
function words({ body }: Reply): ReadonlySet<string> {
  const found = body.toString("utf8").match(/\d{1,2}(?::\d{2}){1,2}|[\p{L}\p{N}_]+/gu) ?? [];
  return new Set(found.filter((word) => !time.test(word)));
}

/** Where an answer redirects to; its query may hold tokens. */
export function redirectOf({ location, status }: Reply, base: URL): string | undefined {
  if (location === undefined || status < 300 || status > 399) return undefined;
  if (!URL.canParse(location, base)) return "elsewhere";
  const { origin, pathname } = new URL(location, base);
  return origin === base.origin ? pathname : origin + pathname;
}

export function byLoggedIn(matches: LoggedIn): Fingerprint {
  return { toldApartBy: "--logged-in", volatile: false, accepts: matches };
}

/**
 * Compares answers of one URL, the genuine session's and nobody's. The body counts by its words: those that all
 * answers of one side have and none of the other. Words of 8 and more characters that stand in the genuine cookie do
 * not count, for no other cookie has them.
 * @returns undefined when nothing tells them apart
 */
export function compare(
  genuine: readonly [Reply, ...Reply[]],
  nobody: readonly Reply[],
  base: URL,
  cookie: string,
): Fingerprint | undefined {
  const [{ status }] = genuine;
  const redirect = redirectOf(genuine[0], base);
  const ours = genuine.map(words);
  const theirs = nobody.map(words);
  const common = shared(ours).filter((word) => word.length < 8 || !cookie.includes(word));
  const markers = common.filter((word) => !theirs.some((set) => set.has(word)));
  const signs: Signs = {
    ...{ status, redirect },
    has: markers.length > 0 ? markers : common.filter((word) => !fleeting.test(word)),
    lacks: shared(theirs).filter((word) => !ours.some((set) => set.has(word))),
    wordless: ours.every((set) => set.size === 0),
  };
  const toldApartBy = firstDifference(signs, markers, nobody, base);
  return toldApartBy === undefined ? bySetCookie(genuine, nobody) : bySigns(signs, toldApartBy, base);
}

/** Where only that differs: nobody gets a new session, or only a genuine one is renewed. */
function bySetCookie(
  [first, ...others]: readonly [Reply, ...Reply[]],
  nobody: readonly Reply[],
): Fingerprint | undefined {
  const names = namesSet(first);
  if (others.some((reply) => namesSet(reply) !== names)) return undefined;
  if (nobody.some((reply) => namesSet(reply) === names)) return undefined;
  const accepts = (reply: Reply) => reply.status === first.status && namesSet(reply) === names;
  return { toldApartBy: "Set-Cookie", volatile: false, accepts };
}

/** The names of the cookies that an answer sets, in one text. */
function namesSet({ headers }: Reply): string {
  const lines = headers.filter(
    (_, index) => index % 2 === 1 && /^set-cookie$/i.test(headers[index - 1] ?? ""),
  );
  return lines
    .map((line) => line.split("=", 1)[0]?.trim())
    .sort()
    .join(" ");
}

function firstDifference(
  { status, redirect, lacks }: Signs,
  markers: readonly string[],
  nobody: readonly Reply[],
  base: URL,
): Fingerprint["toldApartBy"] | undefined {
  if (nobody.every((reply) => reply.status !== status)) return "the status";
  if (nobody.every((reply) => redirectOf(reply, base) !== redirect)) return "the redirect";
  // A page that shows the cookie's size or time differs for each cookie, also for one that has ended.
  return [...markers, ...lacks].some((word) => !fleeting.test(word)) ? "the body" : undefined;
}

/** An answer may tell the cookie's size or time, so fleeting words only count where there are no others. */
function bySigns(signs: Signs, toldApartBy: Fingerprint["toldApartBy"], base: URL): Fingerprint {
  const steady = signs.has.filter((word) => !fleeting.test(word));
  let has = steady.length > 0 ? steady : signs.has;
  return {
    toldApartBy,
    volatile: (has.length > 0 ? has : signs.lacks).some((word) => fleeting.test(word)),
    accepts(reply, isGenuine) {
      if (reply.status !== signs.status || redirectOf(reply, base) !== signs.redirect) return false;
      // Most answers to forgeries end here, at a fraction of the cost.
      if (!isGenuine && has.some((word) => !reply.body.includes(word))) return false;
      const shown = words(reply);
      if (signs.wordless && shown.size > 0) return false;
      if (signs.lacks.some((word) => shown.has(word))) return false;
      const missing = has.filter((word) => !shown.has(word));
      if (missing.length === 0) return true;
      const onlyFleeting = missing.every((word) => fleeting.test(word)) && missing.length < has.length;
      if (!isGenuine || !onlyFleeting) return false;
      has = has.filter((word) => shown.has(word));
      return true;
    },
  };
}

function shared([first, ...others]: readonly ReadonlySet<string>[]): readonly string[] {
  return [...(first ?? [])].filter((word) => others.every((set) => set.has(word)));
}
