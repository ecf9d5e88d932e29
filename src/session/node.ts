import type { IncomingMessage, ServerResponse } from "node:http";
import onHeaders from "on-headers";
import type { Session, SessionData } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { mergeVary } from "./vary.ts";

/**
 * Opens the session of a request of `node:http`, and saves it with the headers of the response, however they are
 * sent. What `commit` throws comes out of the call that sends them: `end`, `write`, `writeHead` or `flushHeaders`.
 *
 * @throws what the revocation store throws
 */
export async function attachSession<Data extends object = SessionData>(
  sessions: Sessions<Data>,
  request: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
): Promise<Session<Data>> {
  const session = await sessions.open(request.headers.cookie);
  onHeaders(response, () => {
    const { setCookies, vary } = sessions.commit(session, response.statusCode);
    if (vary) response.setHeader("Vary", mergeVary(textOf(response.getHeader("Vary")), "Cookie"));
    for (const line of setCookies) response.appendHeader("Set-Cookie", line);
  });
  holdEnd(response, session);
  return session;
}

function textOf(header: number | string | readonly string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header?.toString();
}

/** Ends the response once its revocations are stored: who has read it knows that the session is over. */
function holdEnd<Data extends object>(response: ServerResponse, session: Session<Data>): void {
  const end = response.end as (...args: unknown[]) => ServerResponse;
  response.end = (...args: unknown[]) => {
    const { settled } = session;
    if (settled === undefined) return end.apply(response, args);
    response.end = end;
    settled.then(
      () => end.apply(response, args),
      () => fail(response),
    );
    return response;
  };
}

/** The session could not be ended, so nobody is told that it was. */
function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.writeHead(503).end();
  }
}
