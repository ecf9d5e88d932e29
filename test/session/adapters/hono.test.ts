import { Hono } from "hono";
import { beforeEach, expect, expectTypeOf, test, vi } from "vitest";
import { session } from "../../../src/session/hono.ts";
import { type Sessions, SessionTooLargeError } from "../../../src/session/index.ts";
import { act, headerPairs, large, webBody } from "./actions.ts";
import { common, describeAdapter, type Server } from "./cases.ts";
import { serveFetch } from "./serve-fetch.ts";

function makeApp(sessions: Sessions): Hono {
  const app = new Hono();
  app.use(session(sessions));
  app.get("*", async (c) => {
    const { status = 200, headers, body, redirect } = await act(c.req.url, c.get("session"));
    if (redirect !== undefined) return c.redirect(redirect, 303);
    return new Response(webBody(body), { status, headers: headerPairs(headers) });
  });
  return app;
}

function start(sessions: Sessions): Promise<Server> {
  return serveFetch(makeApp(sessions).fetch);
}

function startInMemory(sessions: Sessions): Server {
  const app = makeApp(sessions);
  return {
    ask: async (path, { cookie, method = "GET" } = {}) =>
      app.request(path, { method, headers: cookie === undefined ? {} : { cookie } }),
    close: async () => undefined,
  };
}

beforeEach(() => {
  // Hono's own error handler prints.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

describeAdapter("Hono, over HTTP", start);
describeAdapter("Hono, by app.request()", startInMemory, "memory");

test("app.onError gets what went wrong with the session", async () => {
  const errors: unknown[] = [];
  const app = new Hono();
  app.use(session(common));
  app.get("/", (c) => {
    c.var.session.set("cart", large);
    return c.text("welcome");
  });
  app.onError((error, c) => {
    errors.push(error);
    return c.text("too large", 413);
  });
  const response = await app.request("/");
  expect([response.status, await response.text()]).toEqual([413, "too large"]);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(errors).toEqual([expect.any(SessionTooLargeError)]);
});

test("headers and cookies that the handler sets through its context stay", async () => {
  const app = new Hono();
  app.use(session(common));
  app.get("/", (c) => {
    c.get("session").set("user", "ann");
    c.header("Vary", "Origin");
    c.header("Set-Cookie", "a=1", { append: true });
    c.header("Set-Cookie", "b=2", { append: true });
    return c.json({ welcome: true }, 201);
  });
  const response = await app.request("/");
  expect([response.status, await response.json()]).toEqual([201, { welcome: true }]);
  expect(response.headers.get("vary")).toBe("Origin, Cookie");
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2", expect.stringMatching(/^sessionid=/)]);
});

test("a middleware outside of it adds its headers too", async () => {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("X-Outer", "1");
  });
  app.use(session(common));
  app.get("/", (c) => c.text(String(c.get("session").get("user", "nobody"))));
  const response = await app.request("/");
  expect(response.headers.get("x-outer")).toBe("1");
  expect(response.headers.get("vary")).toBe("Cookie");
});

test("a session of a type of its own", async () => {
  const app = new Hono().use(session<{ cart: number[] }>(common)).get("/", (c) => {
    const opened = c.get("session");
    expectTypeOf(opened.get("cart")).toEqualTypeOf<number[] | undefined>();
    return c.json(opened.get("cart", []));
  });
  expect(await (await app.request("/")).json()).toEqual([]);
});
