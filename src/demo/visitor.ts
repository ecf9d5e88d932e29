import type { Value } from "../index.ts";
import type { Session } from "../session/index.ts";

/** What the pages know of a visitor. Another site may write the same session, so nothing in it is relied upon. */
export interface Visitor {
  readonly user: string | undefined;
  /** A bigint beyond 2^53, where a number would skip some. */
  readonly count: number | bigint;
  readonly cart: readonly string[];
}

/** `userKey`: where the session says who is logged in. */
export function readVisitor(session: Session, userKey: string): Visitor {
  const user = session.get(userKey);
  const count = session.get("count");
  return {
    user: typeof user === "string" || isNumber(user) ? String(user) : undefined,
    count: isNumber(count) ? count : 0,
    cart: texts(session.get("cart")),
  };
}

function isNumber(value: Value | undefined): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** One more, as Python counts. */
export function next(count: number | bigint): number | bigint {
  return typeof count === "bigint" || count === Number.MAX_SAFE_INTEGER ? BigInt(count) + 1n : count + 1;
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
