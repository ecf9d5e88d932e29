import type { IncomingMessage, ServerResponse } from "node:http";
import { attachSession } from "./node.ts";
import type { SessionOptions } from "./options.ts";
import type { Session, SessionData } from "./session.ts";
import { createSessions, type Sessions } from "./sessions.ts";

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
 * Middleware for Express and Connect: `app.use(session({ secret }))` gives every request its `session`.
 * @throws {TypeError} as `createSessions`
 */
export function session<Data extends object = SessionData>(
  options: SessionOptions<Data> | Sessions<Data>,
): Middleware {
  const sessions = "open" in options ? options : createSessions(options);
  return (request, response, next) => {
    attachSession(sessions, request, response)
      .then((opened) => {
        request.session = opened;
      })
      .then(next, next);
  };
}
