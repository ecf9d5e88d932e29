import { randomBytes } from "node:crypto";
import { type Codec, createCodec } from "../index.ts";
import { createSessions, type SessionOptions, type Sessions } from "../session/index.ts";
import { findFlaw } from "./flaws/index.ts";
import { type Fault, type Flaw, makeKit, rewriteHeader } from "./flaws/kit.ts";
import { djangoLogin, type LoginKeys, plainLogin } from "./login.ts";
import { GivenCookies, Members, MemoryRevocation } from "./memory.ts";
import type { DemoOptions } from "./options.ts";

export const COOKIE = "sessionid";
const TWO_WEEKS = 1_209_600;
const SECRET_BYTES = 32;

const randomSecret = () => randomBytes(SECRET_BYTES).toString("base64url");

/** Everything that the pages share. */
export interface Site {
  readonly sessions: Sessions;
  /** Reads cookies for the page about them, as a server without a flaw. */
  readonly codec: Codec;
  readonly login: LoginKeys;
  readonly members: Members;
  readonly given: GivenCookies;
  readonly flaw: Flaw | undefined;
  /** What every error page shows; set, a refused cookie is an error too. */
  readonly leak: string | undefined;
  /** Whether sessions can be ended from here. */
  readonly revokes: boolean;
  /** Seconds. */
  readonly maxAge: number;
  readonly now: () => number;
  /** The `Cookie:` header that the sessions are opened from. */
  cookieHeader(sent: string | undefined): string | undefined;
}

/** @throws {TypeError} on an unknown flaw, and options that Django would not take */
export function makeSite(options: DemoOptions): Site {
  const { django = false, version, backend, salt, passwordHash, maxAge = TWO_WEEKS } = options;
  const { secret = randomSecret(), fallbacks = [], now = () => Date.now() / 1000 } = options;
  const revokes = options.revocation ?? !django;
  const format = {
    format: "django",
    serializer: "json",
    ...{ secret, fallbacks, maxAge, version, backend, salt },
  } as const;
  const flaw = options.flaw === undefined ? undefined : findFlaw(options.flaw);
  const fault: Fault = flaw?.make(makeKit(format, now)) ?? {};
  const settings: SessionOptions = {
    ...{ name: COOKIE, secret, fallbacks, maxAge, version, backend, salt, now },
    // Browsers keep no secure cookie of a plain http server.
    secure: false,
    revocation: revokes ? new MemoryRevocation(now) : undefined,
    ...fault.settings,
  };
  return {
    sessions: createSessions(settings),
    codec: createCodec(format),
    login: django ? djangoLogin(secret, version, passwordHash) : plainLogin,
    members: new Members(),
    given: new GivenCookies(COOKIE),
    flaw,
    leak: fault.leak,
    revokes,
    maxAge,
    now,
    cookieHeader: (sent) => rewriteHeader(sent, COOKIE, fault),
  };
}
