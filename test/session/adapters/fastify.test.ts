import { PassThrough, Readable } from "node:stream";
import fastify, { type FastifyInstance, type RouteHandlerMethod } from "fastify";
import { expect, test } from "vitest";
import { session } from "../../../src/session/fastify.ts";
import { type Sessions, SessionTooLargeError } from "../../../src/session/index.ts";
import { act, large } from "./actions.ts";
import { asker, common, describeAdapter, type Server } from "./cases.ts";

async function start(sessions: Sessions): Promise<Server> {
  const app = fastify({ forceCloseConnections: true });
  app.register(session, sessions);
  app.get("/*", async (request, reply) => {
    const { status = 200, headers = {}, body, redirect } = await act(request.url, request.session);
    reply.code(status).headers(headers);
    if (redirect !== undefined) return reply.redirect(redirect, 303);
    return reply.send(typeof body === "object" ? Readable.from(body) : body);
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return { url, ask: asker(url), close: () => app.close() };
}

describeAdapter("Fastify", start);

/** An app with one handler, asked without a network. */
function makeApp(handler: RouteHandlerMethod): FastifyInstance {
  const app = fastify();
  app.register(session, common);
  app.get("/", handler);
  return app;
}

test("the error handler of the app gets what went wrong with the session, once", async () => {
  const errors: unknown[] = [];
  const app = makeApp(async (request) => {
    request.session.set("cart", large);
    return "welcome";
  });
  app.setErrorHandler((error, _request, reply) => {
    errors.push(error);
    return reply.code(413).send("too large");
  });
  const { statusCode, body, headers } = await app.inject("/");
  expect([statusCode, body, headers["set-cookie"]]).toEqual([413, "too large", undefined]);
  expect(errors).toEqual([expect.any(SessionTooLargeError)]);
});

test("the stream of a reply that failed is closed", async () => {
  const source = new PassThrough();
  const app = makeApp(async (request) => {
    request.session.set("cart", large);
    return source;
  });
  expect((await app.inject("/")).statusCode).toBe(500);
  expect(source.destroyed).toBe(true);
});

test("a Response as the reply has the session's headers, and its own", async () => {
  const app = makeApp(async (request) => {
    request.session.set("user", "ann");
    return new Response("welcome", { status: 201, headers: { Vary: "Origin", "Set-Cookie": "a=1" } });
  });
  const { statusCode, body, headers } = await app.inject("/");
  expect([statusCode, body, headers.vary]).toEqual([201, "welcome", "Origin, Cookie"]);
  expect(headers["set-cookie"]).toEqual(["a=1", expect.stringMatching(/^sessionid=/)]);
});

test("a Response with a status of 500 saves nothing", async () => {
  const app = makeApp(async (request) => {
    request.session.set("user", "ann");
    return new Response("sorry", { status: 500 });
  });
  const { statusCode, headers } = await app.inject("/");
  expect([statusCode, headers["set-cookie"]]).toEqual([500, undefined]);
});

test("it serves the plugins that are registered after it, and pages that do not exist", async () => {
  const app = fastify();
  app.register(session, common);
  app.register(async (inner) => {
    inner.get("/inner", async (request) => request.session.get("user", "nobody"));
  });
  app.setNotFoundHandler(async (request) => request.session.get("user", "nobody"));
  expect((await app.inject("/inner")).body).toBe("nobody");
  expect((await app.inject("/none")).body).toBe("nobody");
});

test("a reply that is hijacked has no session's headers", async () => {
  const app = makeApp((request, reply) => {
    request.session.set("user", "ann");
    reply.hijack();
    reply.raw.end("raw");
  });
  const { body, headers } = await app.inject("/");
  expect([body, headers["set-cookie"]]).toEqual(["raw", undefined]);
});

test("options are refused when the app gets ready", async () => {
  const app = fastify();
  app.register(session, { ...common, maxAge: 0 });
  await expect(app.ready()).rejects.toThrow(TypeError);
});
