import type { Secret } from "../index.ts";

/** How the demo server runs. Everything has a default. */
export interface DemoOptions {
  /** On 127.0.0.1. Default: a free one. */
  readonly port?: number | undefined;
  /** Default: a random one, and no session outlives the server. */
  readonly secret?: Secret | undefined;
  readonly fallbacks?: readonly Secret[] | undefined;
  /** Seconds. Default: 14 days. */
  readonly maxAge?: number | undefined;
  /** Logins under Django's own keys, for a Django site with the same secret. No session is revoked then. */
  readonly django?: boolean | undefined;
  /** Django's version, `1.4` to `6.1`. */
  readonly version?: string | undefined;
  readonly backend?: "signed_cookies" | "django-cookie-sessions" | undefined;
  readonly salt?: string | undefined;
  /** With `django`: the password column of whoever logs in here, for the session's auth hash. */
  readonly passwordHash?: string | undefined;
  /** A name of `FLAWS`: one deliberate fault. */
  readonly flaw?: string | undefined;
  /** Whether a logout makes copies of the cookie useless. Default: true, but for `django`. */
  readonly revocation?: boolean | undefined;
  /** Gets one line a request: method, path, status, milliseconds. No cookie and no query is in it. */
  readonly log?: ((line: string) => void) | undefined;
  /** Unix seconds. */
  readonly now?: (() => number) | undefined;
}
