import * as platform from "#platform";
import { encodeUtf8 } from "../encoding/utf8.ts";
import type { Value, ValueObject } from "../encoding/values.ts";

/**
 * Remembers sessions that have ended, so that copies of their cookies are refused. Ids are random texts, or digests
 * of cookies. Keyv keeps them in memory, Redis, memcached and others: see `keyvRevocation`.
 */
export interface RevocationStore {
  /** Asked when a request brings a session, before anything of it is handed out. An error fails the request. */
  isRevoked(id: string): boolean | Promise<boolean>;
  /** May forget the id after `ttlSeconds`: by then its cookies have expired. */
  revoke(id: string, ttlSeconds: number): void | Promise<void>;
}

/** The part of a Keyv that is used. */
interface Keyed {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMilliseconds?: number): Promise<unknown>;
  on(event: "error", listener: (error: unknown) => void): unknown;
  throwOnErrors?: boolean;
}

/**
 * Revocations in a Keyv: `keyvRevocation(new Keyv())` in memory, for one process, or with one of Keyv's adapters for
 * many. A store that cannot be reached is an error of the request: nobody is let in unchecked. For that the Keyv is
 * told to throw (`throwOnErrors`), so let it be one that nothing else uses.
 */
export function keyvRevocation(keyv: Keyed): RevocationStore {
  // Else Keyv 5 answers as if nothing were stored; its adapters do so all the same, but tell by an event.
  keyv.throwOnErrors = true;
  let failures = 0;
  let failure: unknown;
  keyv.on("error", (error) => {
    failures++;
    failure = error;
  });
  const checked = async (call: () => Promise<unknown>): Promise<unknown> => {
    const before = failures;
    const answer = await call();
    if (failures > before) throw failure;
    return answer;
  };
  return {
    isRevoked: async (id) => (await checked(() => keyv.get(id))) !== undefined,
    revoke: async (id, ttlSeconds) => {
      const stored = await checked(() => keyv.set(id, 1, ttlSeconds * 1000));
      if (stored === false) throw new Error("the store did not take it");
    },
  };
}

/** Ids by which sessions are revoked. */
export interface SessionIds {
  /** A new one. */
  make(): string;
  /** Of a cookie that carries none. */
  ofCookie(key: string): string;
  revoke(id: string): Promise<void>;
}

const ID_BYTES = 16;

/** A request that is under way when its session ends may still sign a cookie, and clocks differ. */
const LATE = 3600;

/** `maxAge`: seconds for which a cookie is accepted. */
export function makeIds(revocation: RevocationStore, maxAge: number): SessionIds {
  return {
    make: () => platform.base64url(platform.random(ID_BYTES)),
    ofCookie: (key) => platform.base64url(platform.hash("sha256", encodeUtf8(key))),
    revoke: async (id) => revocation.revoke(id, maxAge + LATE),
  };
}

/** Where a payload carries the id. */
const ID = "_session_id";

/** Takes the id out of a payload; undefined where there is none. */
export function takeId(data: ValueObject): string | undefined {
  const { [ID]: id } = data;
  delete (data as Record<string, Value>)[ID];
  return typeof id === "string" ? id : undefined;
}

/** What `sign` makes of the payload with the id in it. */
export function withId(
  data: ValueObject,
  id: string | undefined,
  sign: (data: ValueObject) => string,
): string {
  if (id === undefined) return sign(data);
  (data as Record<string, Value>)[ID] = id;
  try {
    return sign(data);
  } finally {
    takeId(data);
  }
}
