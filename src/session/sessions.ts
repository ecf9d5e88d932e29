import platform from "#platform";
import { createCodec } from "../codec.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { Verified } from "../core/verify.ts";
import { isObject } from "../encoding/values.ts";
import { django } from "../formats/django.ts";
import { type Policy, type SessionOptions, settlePolicy } from "./options.ts";
import { readCookies } from "./request-cookies.ts";
import type { RevocationStore } from "./revocation.ts";
import { type Loaded, Session, type SessionData, type SessionIds, type SessionStore } from "./session.ts";
import { SetCookies } from "./set-cookies.ts";
import { faultOf, type StandardSchema } from "./standard-schema.ts";

/** What the headers of a response need for its session. */
export interface Outcome {
  /** `Set-Cookie` lines, often none. */
  readonly setCookies: readonly string[];
  /** The response depends on the cookie: `Vary: Cookie`. */
  readonly vary: boolean;
}

/** Sessions under some options. The adapters for servers are made of these three. */
export interface Sessions<Data extends object = SessionData> {
  /**
   * The session of a request with this `Cookie:` header. Without revocation nothing is read yet.
   * @throws what the revocation store throws
   */
  open(cookieHeader: string | undefined): Promise<Session<Data>>;
  /**
   * Signs what was changed, right before the headers of a response with this status are sent. Nothing is saved for
   * a status of 500 and more.
   * @throws {SessionTooLargeError} when no browser would keep the session
   * @throws {TypeError} when something in it has no JSON form
   */
  commit(session: Session<Data>, status: number): Outcome;
  /** Ends the sessions of an id (`session.id`), wherever their cookies are. Without revocation, does nothing. */
  revoke(id: string): Promise<void>;
}

/** @throws {TypeError} on options that Django or a browser would not take */
export function createSessions<Data extends object = SessionData>(
  options: SessionOptions<Data>,
): Sessions<Data> {
  const policy = settlePolicy(options);
  const store = makeStore(options, policy);
  const lines = new SetCookies(policy);
  const { revocation } = options;
  return {
    async open(cookieHeader) {
      const session = new Session<Data>(store, readCookies(cookieHeader ?? "", policy.name));
      if (revocation !== undefined) await refuseRevoked(session, revocation, options.onRejected);
      return session;
    },
    commit(session, status) {
      if (session.sent.size > 0 && session.isEmpty()) {
        return { setCookies: lines.forDeletion([...session.sent.keys()]), vary: true };
      }
      const { accessed } = session;
      const wanted = session.modified || session.stale || policy.saveEveryRequest;
      if (!wanted || session.isEmpty() || status >= 500) return { setCookies: [], vary: accessed };
      session.save();
      return { setCookies: lines.forSession(session), vary: true };
    },
    async revoke(id) {
      await revocation?.revoke(id, policy.maxAge);
    },
  };
}

async function refuseRevoked<Data extends object>(
  session: Session<Data>,
  revocation: RevocationStore,
  onRejected: SessionOptions["onRejected"],
): Promise<void> {
  const { id } = session;
  const isRevoked = id !== undefined && (await revocation.isRevoked(id));
  if (isRevoked) {
    session.reject();
    onRejected?.(fail("revoked", "its session has ended"));
  } else if (!session.modified) session.accessed = false;
}

function makeStore<Data extends object>(options: SessionOptions<Data>, policy: Policy): SessionStore {
  const { secret, fallbacks, version, salt, algorithm, backend, onRejected, validate } = options;
  const common = { secret, fallbacks, version, algorithm };
  const cookies = createCodec(django, { ...common, salt, backend, maxAge: policy.maxAge });
  const rows = createCodec(django, { ...common, backend: "session_data" });
  const { now } = policy;
  const refused = (failure: Failure) => {
    onRejected?.(failure);
    return undefined;
  };
  const lines = new SetCookies(policy);
  return {
    maxAge: policy.maxAge,
    expireAtBrowserClose: policy.expireAtBrowserClose,
    now: () => new Date(now() * 1000),
    load(key) {
      const at = now();
      const verified = cookies.verify({ value: key }, { now: at });
      if (!verified.ok) return refused(verified);
      const loaded = loadedFrom(verified, at - policy.refreshAfter);
      if (loaded === undefined) return refused(fail("bad-payload", "the session is not an object"));
      const fault = validate === undefined ? undefined : faultOf(validate as StandardSchema, loaded.data);
      return fault === undefined
        ? loaded
        : refused(fail("bad-payload", `the session is not valid: ${fault}`));
    },
    dump(data) {
      const key = cookies.sign(data, { now: now() });
      lines.check(key, data);
      return key;
    },
    encode: (data) => rows.sign(data, { now: now() }),
    decode(text) {
      const verified = rows.verify({ value: text }, { now: now() });
      if (!verified.ok) return refused(verified) ?? {};
      return isObject(verified.payload) ? verified.payload : {};
    },
    ids: options.revocation && makeIds(options.revocation, policy),
  };
}

function loadedFrom({ payload, issuedAt, needsRotation }: Verified, fresh: number): Loaded | undefined {
  if (!isObject(payload)) return undefined;
  return { data: payload, issuedAt, stale: needsRotation || (issuedAt !== null && issuedAt < fresh) };
}

const ID_BYTES = 16;

function makeIds(revocation: RevocationStore, { maxAge }: Policy): SessionIds {
  return {
    make: () => platform.base64url(platform.random(ID_BYTES)),
    ofCookie: (key) => platform.base64url(platform.hash("sha256", new TextEncoder().encode(key))),
    revoke: async (id) => revocation.revoke(id, maxAge),
  };
}
