import type { Session } from "../session/index.ts";
import { type CookieView, cookiePage, noCookiePage, stretches } from "./pages/cookie.ts";
import { homePage } from "./pages/home.ts";
import { jsonReply, pageReply, type Reply } from "./reply.ts";
import { COOKIE, type Site } from "./site.ts";
import { readVisitor, takeMessages, wasRefused } from "./visitor.ts";
import { isoTime } from "./words.ts";

/** `sent`: the cookie as it came, before a flaw changed it. */
export type View = (site: Site, session: Session, sent: string | undefined) => Reply;

export const VIEWS: Readonly<Record<string, View>> = {
  "/"(site, session, sent) {
    const { login, revokes, flaw } = site;
    const filling = session.get("filling");
    const main = homePage({
      visitor: readVisitor(session, login.userKey),
      messages: takeMessages(session),
      filling: typeof filling === "string" ? filling.length : 0,
      size: sent === undefined ? [] : stretches(viewOf(site, session, sent)),
      notices: noticesFor(site, session),
      revokes,
      django: login.userKey !== "user",
    });
    return pageReply({ title: "Home", path: "/", flaw, main });
  },

  "/cookie"(site, session, sent) {
    const main = sent === undefined ? noCookiePage() : cookiePage(viewOf(site, session, sent));
    return pageReply({ title: "The cookie", path: "/cookie", flaw: site.flaw, main });
  },

  "/me"(site, session, sent) {
    const { user, count, cart } = readVisitor(session, site.login.userKey);
    const { issuedAt } = session;
    const me = {
      authenticated: user !== undefined,
      user: user ?? null,
      // As text where JSON's readers would round it.
      count: typeof count === "bigint" ? String(count) : count,
      cart,
      size: sent?.length ?? 0,
      issuedAt: (issuedAt !== null && isoTime(issuedAt)) || null,
    };
    return jsonReply(me, me.authenticated ? 200 : 401);
  },
};

function noticesFor({ login }: Site, session: Session): readonly string[] {
  const notices: string[] = [];
  if (wasRefused(session)) {
    notices.push("The cookie that came was not accepted, so this is a new session. Its page says why.");
  }
  if (login.isIncomplete(session)) {
    notices.push(
      "Django will end this login: it has no auth hash, which is made of the user's password column. Start the demo with --password-hash.",
    );
  }
  return notices;
}

function viewOf(site: Site, session: Session, value: string): CookieView {
  const { codec, maxAge, given } = site;
  const now = site.now();
  return {
    name: COOKIE,
    value,
    decoded: codec.decode({ value }, { now }),
    verdict: verdictOf(site, session, value, now),
    line: given.lineOf(value),
    maxAge,
    now,
  };
}

function verdictOf(
  { codec, flaw }: Site,
  session: Session,
  value: string,
  now: number,
): CookieView["verdict"] {
  const verified = codec.verify({ value }, { now });
  if (verified.ok) {
    if (wasRefused(session))
      return { good: false, text: "Refused: it is genuine, but its session has ended." };
    const { keyIndex } = verified;
    const key =
      keyIndex === 0 ? "the current secret" : `fallback ${keyIndex}, so it has just been signed again`;
    return { good: true, text: `Genuine: the signature holds under ${key}.` };
  }
  if (flaw !== undefined && !wasRefused(session)) {
    return { good: false, text: `Accepted, by the flaw alone. A sound server says: ${verified.message}.` };
  }
  return { good: false, text: `Refused: ${verified.message}.` };
}
