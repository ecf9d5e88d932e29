import type { SessionOptions } from "./options.ts";
import { settle } from "./revocation-error.ts";
import type { Session } from "./session.ts";
import type { SessionData } from "./session-store.ts";
import { createSessions, type Outcome, type Sessions } from "./sessions.ts";

/** What every adapter takes: options, or the sessions that were made of them. */
export type SessionSource<Data extends object = SessionData> = SessionOptions<Data> | Sessions<Data>;

/** @throws {TypeError} as `createSessions` */
export function sessionsOf<Data extends object>(source: SessionSource<Data>): Sessions<Data> {
  return "open" in source ? source : createSessions(source);
}

/** A response that is complete but for its headers, and whose body nobody has read. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/**
 * Ends a request. When that fails an error is sent in place of the reply, so the reply's body is let go of.
 * @throws {RevocationError} and what `commit` throws
 */
export async function conclude<Data extends object>(
  sessions: Sessions<Data>,
  session: Session<Data>,
  reply: Reply,
): Promise<Outcome> {
  try {
    await settle(session);
    return sessions.commit(session, reply.status);
  } catch (error) {
    discard(reply.body);
    throw error;
  }
}

/** Closes what is behind a stream of Node or of the web. */
function discard(body: unknown): void {
  if (body instanceof ReadableStream) body.cancel().catch(() => undefined);
  else if (isDestroyable(body)) body.destroy();
}

function isDestroyable(body: unknown): body is { destroy(): void } {
  return typeof body === "object" && body !== null && "destroy" in body && typeof body.destroy === "function";
}
