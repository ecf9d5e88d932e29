/** Logs in, reloads and overfills a session with every adapter, and says what came of it. */
const { once } = require("node:events");
const { createServer } = require("node:http");

const options = { secret: "s", secure: false };
const large = Array.from({ length: 8192 }, () => Math.floor(Math.random() * 36).toString(36)).join("");

function answer(url, session) {
  if (url.endsWith("/login")) session.set("user", "ann");
  if (url.endsWith("/large")) session.set("cart", large);
  return String(session.get("user", "nobody"));
}

async function overHttp(handler, visit) {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const origin = `http://127.0.0.1:${server.address().port}`;
    return await visit((path, headers = {}) => fetch(origin + path, { headers }));
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function visit(ask) {
  const login = await ask("/login");
  const cookie = login.headers.getSetCookie()[0].split(";")[0];
  const user = await (await ask("/", { cookie })).text();
  return [user, (await ask("/large")).status];
}

module.exports = async ({ core, node, express, fastify, hono, web, frameworks }) => {
  const sessions = core.createSessions(options);
  const status = (error) => (error instanceof core.SessionTooLargeError ? 413 : 500);

  const bare = async (request, response) => {
    const session = await node.attachSession(sessions, request, response, (error) =>
      response.writeHead(status(error)).end(),
    );
    response.end(answer(request.url, session));
  };

  const expressApp = frameworks.express();
  expressApp.use(express.session(options));
  expressApp.use((request, response) => response.send(answer(request.url, request.session)));
  expressApp.use((error, _request, response, _next) => response.sendStatus(status(error)));

  const fastifyApp = frameworks.fastify();
  fastifyApp.register(fastify.session, options);
  fastifyApp.get("/*", async (request) => answer(request.url, request.session));
  fastifyApp.setErrorHandler((error, _request, reply) => reply.code(status(error)).send());
  await fastifyApp.ready();

  const honoApp = new frameworks.Hono();
  honoApp.use(hono.session(options));
  honoApp.get("*", (c) => c.text(answer(c.req.path, c.get("session"))));
  honoApp.onError((error, c) => c.text("", status(error)));

  const withSession = web.session(options);
  const route = (path, headers = {}) =>
    withSession(
      new Request(`http://localhost${path}`, { headers }),
      (session) => new Response(answer(path, session)),
    ).catch((error) => new Response(null, { status: status(error) }));

  return {
    node: await overHttp(bare, visit),
    express: await overHttp(expressApp, visit),
    fastify: await overHttp((...pair) => fastifyApp.routing(...pair), visit),
    hono: await visit((path, headers) => honoApp.request(path, { headers })),
    web: await visit(route),
  };
};
