import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { conclude, type Reply, type SessionSource, sessionsOf } from "./adapter.ts";
import type { Session } from "./session.ts";
import type { SessionData } from "./session-store.ts";
import type { Outcome } from "./sessions.ts";
import { mergeVary } from "./vary.ts";
import { withOutcome } from "./web-response.ts";

declare module "fastify" {
  interface FastifyRequest {
    session: Session;
  }
}

/**
 * Plugin for Fastify: after `app.register(session, { secret })` every request has its `session`, in the whole app
 * from there on. What `commit` throws, and a RevocationError, become the error reply.
 *
 * A reply that is hijacked (`reply.hijack()`) sends nothing of the session: call `attachSession` for `reply.raw`.
 *
 * @throws {TypeError} as `createSessions`
 */
export async function session<Data extends object = SessionData>(
  app: FastifyInstance,
  source: SessionSource<Data>,
): Promise<void> {
  const sessions = sessionsOf(source);
  const opened = new WeakMap<FastifyRequest, Session<Data>>();
  app.decorateRequest("session");
  app.addHook("onRequest", async (request) => {
    const session = await sessions.open(request.headers.cookie);
    opened.set(request, session);
    Object.assign(request, { session });
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const session = opened.get(request);
    // The error reply to what `conclude` throws comes here too.
    opened.delete(request);
    if (session === undefined) return payload;
    const outcome = await conclude(sessions, session, replyOf(reply, payload));
    if (payload instanceof Response) return withOutcome(payload, outcome);
    addHeaders(reply, outcome);
    return payload;
  });
}
// Not encapsulated, as by fastify-plugin.
Object.assign(session, {
  [Symbol.for("skip-override")]: true,
  [Symbol.for("fastify.display-name")]: "cookiesess/session",
  [Symbol.for("plugin-meta")]: { name: "cookiesess/session", fastify: "5.x" },
});

function replyOf(reply: FastifyReply, payload: unknown): Reply {
  return payload instanceof Response ? payload : { status: reply.statusCode, body: payload };
}

function addHeaders(reply: FastifyReply, { setCookies, vary }: Outcome): void {
  if (vary) reply.header("Vary", mergeVary(reply.getHeader("Vary")?.toString(), "Cookie"));
  for (const line of setCookies) reply.header("Set-Cookie", line);
}
