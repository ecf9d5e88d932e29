import type { IncomingMessage, ServerResponse } from "node:http";
import { guardResponse } from "./node-response.ts";
import type { Session } from "./session.ts";
import type { SessionData } from "./session-store.ts";
import type { Opening, Sessions } from "./sessions.ts";

/**
 * Opens the session of a request of `node:http`, and saves it with the headers of the response, however they are
 * sent: by `end`, `write`, `writeHead`, `flushHeaders` or a stream that is piped into it. The response does not end
 * before the revocations of the request are stored.
 *
 * A session that cannot be saved, or ended, is no exception in the handler, which may be a callback where nobody
 * would catch it. From there on nothing that the handler sends goes out. `onError` gets the error, soon afterwards,
 * and answers; by default with an empty 500, or 503 when the revocation store failed. `session.save()` throws where
 * it is called.
 *
 * At once; with revocation a promise, for the store is asked.
 *
 * @throws {RevocationError} when the revocation store fails
 */
export function attachSession<Data extends object = SessionData>(
  sessions: Sessions<Data, Session<Data>>,
  request: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
  onError?: (error: unknown) => void,
): Session<Data>;
export function attachSession<Data extends object = SessionData>(
  sessions: Sessions<Data>,
  request: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
  onError?: (error: unknown) => void,
): Opening<Data>;
export function attachSession<Data extends object = SessionData>(
  sessions: Sessions<Data>,
  request: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
  onError?: (error: unknown) => void,
): Opening<Data> {
  const opened = sessions.open(request.headers.cookie);
  return opened instanceof Promise
    ? opened.then((session) => guardResponse(response, sessions, session, onError))
    : guardResponse(response, sessions, opened, onError);
}
