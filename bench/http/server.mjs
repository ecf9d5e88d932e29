/**
 * One server of bench/http: answers `GET /` with the session's user, `GET /login` starts a session.
 *
 *   node bench/http/server.mjs KIND [REDIS_PORT]
 *
 * Prints its port. Every kind sends the same body, and does nothing else but what its session costs.
 */

import { once } from "node:events";
import { createServer } from "node:http";

const SECRET = "a secret of the benchmark, long enough for all of them";
const SESSION = {
  _auth_user_id: "1",
  _auth_user_backend: "django.contrib.auth.backends.ModelBackend",
  _auth_user_hash: "0c88f371c703474e7e741a41da62c42b6cee0d7cb0b7a24b2aedc231ccc71bdc",
};

function answer(response, user) {
  const body = JSON.stringify({ user });
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", body.length);
  response.end(body);
}

const isLogin = (request) => request.url === "/login";

/** Over a middleware that sets `request.session` to an object. */
const withMiddleware = (middleware) => (request, response) => {
  middleware(request, response, () => {
    if (isLogin(request)) Object.assign(request.session, SESSION);
    answer(response, request.session._auth_user_id);
  });
};

const KINDS = {
  bare: () => (_request, response) => answer(response, "1"),
  async cookiesess() {
    const { createSessions } = await import("../../dist/session/index.js");
    const { attachSession } = await import("../../dist/session/node.js");
    const sessions = createSessions({ secret: SECRET, secure: false });
    return (request, response) => {
      const session = attachSession(sessions, request, response);
      if (isLogin(request)) session.update(SESSION);
      answer(response, session.get("_auth_user_id"));
    };
  },
  async "cookie-session"() {
    const { default: cookieSession } = await import("cookie-session");
    return withMiddleware(cookieSession({ keys: [SECRET] }));
  },
  async "iron-session"() {
    const { getIronSession } = await import("iron-session");
    const options = { password: SECRET, cookieName: "session", cookieOptions: { secure: false } };
    return async (request, response) => {
      const session = await getIronSession(request, response, options);
      if (isLogin(request)) {
        Object.assign(session, SESSION);
        await session.save();
      }
      answer(response, session._auth_user_id);
    };
  },
  async "express-session, memory"() {
    const { default: expressSession } = await import("express-session");
    const store = new expressSession.MemoryStore();
    return withMiddleware(expressSession({ secret: SECRET, store, resave: false, saveUninitialized: false }));
  },
  async "express-session, Redis"(port) {
    const { default: expressSession } = await import("express-session");
    const { RedisStore } = await import("connect-redis");
    const { createClient } = await import("redis");
    const client = await createClient({ socket: { port: Number(port) } }).connect();
    const store = new RedisStore({ client, disableTouch: true });
    return withMiddleware(expressSession({ secret: SECRET, store, resave: false, saveUninitialized: false }));
  },
};

const [kind, redisPort] = process.argv.slice(2);
const server = createServer(await KINDS[kind](redisPort)).listen(0, "127.0.0.1");
await once(server, "listening");
process.on("disconnect", () => process.exit());
process.send({ port: server.address().port });
