import { createCodec } from "../codec.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { Verified } from "../core/verify.ts";
import { copyValue, isObject, type ValueObject } from "../encoding/values.ts";
import { eraOf, NEWEST_VERSION } from "../formats/django/era.ts";
import { django } from "../formats/django.ts";
import { type Policy, type SessionOptions, settlePolicy } from "./options.ts";
import { RecentCookies } from "./recent-cookies.ts";
import { readCookies } from "./request-cookies.ts";
import { makeIds, type RevocationStore, type SessionIds, takeId, withId } from "./revocation.ts";
import { RevocationError } from "./revocation-error.ts";
import { Session } from "./session.ts";
import type { SessionData, SessionStore } from "./session-store.ts";
import { SetCookies } from "./set-cookies.ts";
import { faultOf, type StandardSchema } from "./standard-schema.ts";
import { SessionTooLargeError } from "./too-large.ts";

/** What the headers of a response need for its session. */
export interface Outcome {
  /** `Set-Cookie` lines, often none. */
  readonly setCookies: readonly string[];
  /** The response depends on the cookie: `Vary: Cookie`. */
  readonly vary: boolean;
}

/** A session, or a promise of one where a revocation store is asked. */
export type Opening<Data extends object> = Session<Data> | Promise<Session<Data>>;

/** Sessions under some options. The adapters for servers are made of these three. */
export interface Sessions<Data extends object = SessionData, Opened extends Opening<Data> = Opening<Data>> {
  /**
   * The session of a request with this `Cookie:` header. At once, and nothing is read yet; with revocation a
   * promise, for the store is asked.
   * @throws {RevocationError} when the revocation store fails
   */
  open(cookieHeader: string | undefined): Opened;
  /**
   * Signs what was changed, right before the headers of a response with this status are sent. Nothing is saved for
   * a status of 500 and more.
   * @throws {SessionTooLargeError} when no browser would keep the session; one that was not changed stays as it came
   * @throws {TypeError} when something in it has no JSON form
   */
  commit(session: Session<Data>, status: number): Outcome;
  /** Ends the sessions of an id (`session.id`), wherever their cookies are. Without revocation, does nothing. */
  revoke(id: string): Promise<void>;
}

/** @throws {TypeError} on options that Django or a browser would not take */
export function createSessions<Data extends object = SessionData>(
  options: SessionOptions<Data> & { readonly revocation?: undefined },
): Sessions<Data, Session<Data>>;
export function createSessions<Data extends object = SessionData>(
  options: SessionOptions<Data>,
): Sessions<Data>;
export function createSessions<Data extends object = SessionData>(
  options: SessionOptions<Data>,
): Sessions<Data> {
  const policy = settlePolicy(options);
  const store = makeStore(options, policy);
  const lines = new SetCookies(policy);
  const { revocation } = options;
  return {
    open(cookieHeader) {
      const session = new Session<Data>(store, readCookies(cookieHeader ?? "", policy.name));
      return revocation === undefined ? session : refuseRevoked(session, revocation, options.onRejected);
    },
    commit(session, status) {
      if (session.sent.size > 0 && session.isEmpty()) {
        return { setCookies: lines.forDeletion([...session.sent.keys()]), vary: true };
      }
      const { accessed } = session;
      const wanted = session.modified || session.stale || policy.saveEveryRequest;
      if (!wanted || session.isEmpty() || status >= 500) return { setCookies: [], vary: accessed };
      if (!saved(session)) return { setCookies: [], vary: accessed };
      return { setCookies: lines.forSession(session), vary: true };
    },
    async revoke(id) {
      await store.ids?.revoke(id);
    },
  };
}

/** Whether it fits. A session that was only to be signed again is no error: its visitor has done nothing to it. */
function saved<Data extends object>(session: Session<Data>): boolean {
  try {
    session.save();
    return true;
  } catch (error) {
    if (session.modified || !(error instanceof SessionTooLargeError)) throw error;
    return false;
  }
}

async function isRevoked(id: string, revocation: RevocationStore): Promise<boolean> {
  try {
    return await revocation.isRevoked(id);
  } catch (cause) {
    throw new RevocationError(cause);
  }
}

async function refuseRevoked<Data extends object>(
  session: Session<Data>,
  revocation: RevocationStore,
  onRejected: SessionOptions["onRejected"],
): Promise<Session<Data>> {
  const { id } = session;
  if (id !== undefined && (await isRevoked(id, revocation))) {
    session.reject();
    onRejected?.(fail("revoked", "its session has ended"));
  } else if (!session.modified) session.accessed = false;
  return session;
}

function makeStore<Data extends object>(options: SessionOptions<Data>, policy: Policy): SessionStore {
  const { secret, fallbacks, version, salt, algorithm, backend, onRejected, validate } = options;
  const common = { secret, fallbacks, version, algorithm, serializer: "json" } as const;
  const cookies = createCodec(django, { ...common, salt, backend, maxAge: policy.maxAge });
  const rows = createCodec(django, { ...common, backend: "session_data" });
  const { now } = policy;
  const refused = (failure: Failure) => {
    onRejected?.(failure);
    return undefined;
  };
  const lines = new SetCookies(policy);
  const recent = new RecentCookies(policy.remember);
  const verify = (value: string, at: number): Verified | Failure => {
    const known = recent.get(value, at);
    if (known !== undefined) return known;
    const verified = cookies.verify({ value }, { now: at });
    if (verified.ok) recent.add(value, verified);
    return verified;
  };
  const ids = options.revocation && makeIds(options.revocation, policy.maxAge);
  return {
    maxAge: policy.maxAge,
    expireAtBrowserClose: policy.expireAtBrowserClose,
    storesMoments: eraOf(version ?? NEWEST_VERSION).storesMoments,
    now: () => new Date(now() * 1000),
    load(key) {
      const at = now();
      const verified = verify(key, at);
      if (!verified.ok) return refused(verified);
      const { payload, issuedAt, needsRotation } = verified;
      // Others may be given the same cookie.
      const data = copyValue(payload);
      if (!isObject(data)) return refused(fail("bad-payload", "the session is not an object"));
      const id = ids && idOf(key, data, ids);
      const fault = validate && faultIn(data, validate);
      if (fault !== undefined) return refused(fail("bad-payload", `the session is not valid: ${fault}`));
      const old = issuedAt !== null && issuedAt < at - policy.refreshAfter;
      return { data, id, issuedAt, stale: needsRotation || old };
    },
    dump(data, id, lifetime) {
      const key = withId(data, id, (payload) => cookies.sign(payload, { now: now() }));
      lines.check(key, data, lifetime);
      return key;
    },
    encode: (data) => rows.sign(data, { now: now() }),
    decode(text) {
      const verified = rows.verify({ value: text }, { now: now() });
      if (!verified.ok) return refused(verified) ?? {};
      return isObject(verified.payload) ? verified.payload : {};
    },
    ids,
  };
}

function idOf(key: string, data: ValueObject, ids: SessionIds): string {
  return takeId(data) ?? ids.ofCookie(key);
}

/** What is wrong with a session. An empty one has no shape yet: whoever is rejected gets one. */
function faultIn(data: ValueObject, schema: StandardSchema): string | undefined {
  return Object.keys(data).length === 0 ? undefined : faultOf(schema, data);
}
