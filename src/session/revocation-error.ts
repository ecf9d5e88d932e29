import type { Session } from "./session.ts";

/**
 * The revocation store failed, so a session could not be ended, and nobody may be told that it was. It asks for the
 * status 503 in the ways of Express (`status`), Fastify (`statusCode`) and Hono (`getResponse`).
 */
export class RevocationError extends Error {
  override readonly name = "RevocationError";
  readonly code = "revocation-failed";
  readonly status = 503;
  readonly statusCode = 503;

  /** `cause`: what the store threw. */
  constructor(cause: unknown) {
    super("the revocation store failed", { cause });
  }

  /** A `Response`, of which not every program has the type. */
  getResponse(): unknown {
    return new Response(null, { status: this.status });
  }
}

/** `session.settled`, rejected with a RevocationError when a revocation could not be stored. */
export function settle(session: Pick<Session, "settled">): Promise<unknown> | undefined {
  return session.settled?.catch((cause: unknown) => {
    throw new RevocationError(cause);
  });
}
