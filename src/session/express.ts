import type { IncomingMessage, ServerResponse } from "node:http";
import { type SessionSource, sessionsOf } from "./adapter.ts";
import { attachSession } from "./node.ts";
import type { Session } from "./session.ts";
import type { SessionData } from "./session-store.ts";

declare global {
  namespace Express {
    interface Request {
      session: Session;
    }
  }
}

type Middleware = (
  request: IncomingMessage & { session?: unknown },
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Middleware for Express and Connect: `app.use(session({ secret }))` gives every request its `session`. What goes
 * wrong with it reaches the error handlers that follow the route, wherever it was answered; see `attachSession`.
 *
 * @throws {TypeError} as `createSessions`
 */
export function session<Data extends object = SessionData>(source: SessionSource<Data>): Middleware {
  const sessions = sessionsOf(source);
  return (request, response, next) => {
    const go = (session: Session<Data>) => {
      request.session = session;
      next();
    };
    const attached = attachSession(sessions, request, response, next);
    if (attached instanceof Promise) attached.then(go, next);
    else go(attached);
  };
}
