import type { Value } from "../index.ts";
import type { Session } from "../session/index.ts";

/** What the pages know of a visitor. Another site may write the same session, so nothing in it is relied upon. */
export interface Visitor {
  readonly user: string | undefined;
  readonly count: number;
  readonly cart: readonly string[];
}

/** `userKey`: where the session says who is logged in. */
export function readVisitor(session: Session, userKey: string): Visitor {
  const user = session.get(userKey);
  const count = session.get("count");
  return {
    user: typeof user === "string" || typeof user === "number" ? String(user) : undefined,
    count: typeof count === "number" ? count : 0,
    cart: texts(session.get("cart")),
  };
}

const MOST_MESSAGES = 20;

/** The last messages, which are gone from the session afterwards, and the others with them. */
export function takeMessages(session: Session): readonly string[] {
  return session.has("messages") ? texts(session.pop("messages")).slice(-MOST_MESSAGES) : [];
}

function texts(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A cookie came and was not accepted: it is forged, expired, broken, or its session has ended. */
export function wasRefused(session: Session): boolean {
  return session.sent.size > 0 && session.issuedAt === null;
}
