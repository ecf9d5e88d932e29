import type { MiddlewareHandler } from "hono";
import { conclude, type SessionSource, sessionsOf } from "./adapter.ts";
import type { Session } from "./session.ts";
import type { SessionData } from "./session-store.ts";
import { withOutcome } from "./web-response.ts";

declare module "hono" {
  interface ContextVariableMap {
    session: Session;
  }
}

/**
 * Middleware for Hono on any of its runtimes: after `app.use(session({ secret }))`, `c.get("session")` and
 * `c.var.session` are the session of the request. What `commit` throws, and a RevocationError, go to `app.onError`.
 *
 * @throws {TypeError} as `createSessions`
 */
export function session<Data extends object = SessionData>(
  source: SessionSource<Data>,
): MiddlewareHandler<{ Variables: { session: Session<Data> } }> {
  const sessions = sessionsOf(source);
  return async (c, next) => {
    const opened = await sessions.open(c.req.header("Cookie"));
    c.set("session", opened);
    await next();
    const { res } = c;
    const outcome = await conclude(sessions, opened, res);
    c.res = undefined; // Hono would merge the headers of the two.
    c.res = withOutcome(res, outcome);
  };
}
