import { randomBytes } from "node:crypto";
import type { Session } from "../session/index.ts";
import { HttpError, readField } from "./http.ts";
import { LONGEST_NAME, LONGEST_TEXT, MOST_FILLING } from "./pages/home.ts";
import type { Site } from "./site.ts";
import { next, readVisitor } from "./visitor.ts";

/** What a form asks for. */
export type Action = (site: Site, session: Session, form: URLSearchParams) => void | Promise<void>;

export const ACTIONS: Readonly<Record<string, Action>> = {
  "/login"(site, session, form) {
    site.login.logIn(session, readField(form, "user", LONGEST_NAME));
  },
  "/logout"(_site, session) {
    session.flush();
  },
  "/logout-everywhere": logOutEverywhere,
  "/count"(site, session) {
    session.set("count", next(readVisitor(session, site.login.userKey).count));
  },
  "/cart"(site, session, form) {
    const { cart } = readVisitor(session, site.login.userKey);
    session.set("cart", [...cart, readField(form, "item", LONGEST_TEXT)]);
  },
  "/cart/clear"(_site, session) {
    session.delete("cart");
  },
  "/message"(_site, session, form) {
    const messages = session.get("messages", []);
    session.set("messages", [
      ...(Array.isArray(messages) ? messages : []),
      readField(form, "text", LONGEST_TEXT),
    ]);
  },
  "/fill"(_site, session, form) {
    const text = readField(form, "bytes", 6);
    if (!/^\d+$/.test(text) || Number(text) > MOST_FILLING) {
      throw new HttpError(400, `"bytes" is a whole number up to ${MOST_FILLING}.`);
    }
    if (Number(text) === 0) session.delete("filling");
    else session.set("filling", randomText(Number(text)));
  },
};

async function logOutEverywhere(site: Site, session: Session): Promise<void> {
  if (!site.revokes) {
    throw new HttpError(
      409,
      "This server remembers no ended sessions, so it cannot end those of other browsers.",
    );
  }
  const { user } = readVisitor(session, site.login.userKey);
  if (user !== undefined) {
    await Promise.all(site.members.take(user).map((id) => site.sessions.revoke(id)));
  }
  session.flush();
}

/** No compression makes it shorter. */
function randomText(length: number): string {
  return randomBytes(length).toString("base64url").slice(0, length);
}
