import type { Value, ValueObject } from "../encoding/values.ts";
import type { Lifetime } from "./expiry.ts";
import type { SessionIds } from "./revocation.ts";

declare global {
  namespace Cookiesess {
    /** What an application keeps in its sessions: it declares this interface too, with its own keys. */
    interface SessionData {}
  }
}

/** `Cookiesess.SessionData`, or anything that JSON holds while that is empty. */
export type SessionData = keyof Cookiesess.SessionData extends never
  ? Record<string, Value>
  : Cookiesess.SessionData;

/** A session that was opened. */
export interface Loaded {
  readonly data: ValueObject;
  /** By what it is revoked; undefined without revocation. */
  readonly id: string | undefined;
  /** Unix seconds. */
  readonly issuedAt: number | null;
  /** A fallback or an outdated layout made it, or it is past `refreshAfter`. */
  readonly stale: boolean;
}

/** What sessions have in common: how they are opened and signed. */
export interface SessionStore {
  readonly maxAge: number;
  readonly expireAtBrowserClose: boolean;
  /** Whether a session may end at a date. */
  readonly storesMoments: boolean;
  now(): Date;
  /** Undefined: the cookie was not accepted. */
  load(key: string): Loaded | undefined;
  /** @throws {SessionTooLargeError} when no browser would keep it */
  dump(data: ValueObject, id: string | undefined, lifetime: Lifetime): string;
  encode(data: ValueObject): string;
  decode(text: string): ValueObject;
  /** Undefined without revocation. */
  readonly ids: SessionIds | undefined;
}
