import { conclude, type SessionSource, sessionsOf } from "./adapter.ts";
import type { Session } from "./session.ts";
import type { SessionData } from "./session-store.ts";
import { withOutcome } from "./web-response.ts";

/** Answers a request with what the handler makes of its session. */
export type WithSession<Data extends object = SessionData> = (
  request: Pick<Request, "headers">,
  handler: (session: Session<Data>) => Response | Promise<Response>,
) => Promise<Response>;

/**
 * Sessions for servers that speak `Request` and `Response`, as the routes of Next.js, Remix and SvelteKit:
 *
 *     const withSession = session({ secret });
 *     export const GET = (request) => withSession(request, (session) => Response.json(session.get("cart", [])));
 *
 * The promise is rejected with what the handler throws, what the revocation store throws, a RevocationError, and
 * what `Sessions.commit` throws; then there is no response, and none of its headers.
 *
 * @throws {TypeError} as `createSessions`
 */
export function session<Data extends object = SessionData>(source: SessionSource<Data>): WithSession<Data> {
  const sessions = sessionsOf(source);
  return async (request, handler) => {
    const opened = await sessions.open(request.headers.get("cookie") ?? undefined);
    const response = await handler(opened);
    return withOutcome(response, await conclude(sessions, opened, response));
  };
}
