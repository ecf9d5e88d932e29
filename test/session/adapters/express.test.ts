import { createServer } from "node:http";
import { Readable } from "node:stream";
import express, { type NextFunction, type Request, type Response } from "express";
import { describe, expect, test } from "vitest";
import { session } from "../../../src/session/express.ts";
import { type Sessions, SessionTooLargeError } from "../../../src/session/index.ts";
import { act, large } from "./actions.ts";
import { common, describeAdapter, type Server } from "./cases.ts";
import { listen } from "./listen.ts";

function start(sessions: Sessions): Promise<Server> {
  const app = express();
  app.use(session(sessions));
  app.use(async (request, response) => {
    const { status = 200, headers = {}, body, redirect } = await act(request.url, request.session);
    response.status(status).set(headers);
    if (redirect !== undefined) response.redirect(303, redirect);
    else if (typeof body === "object") Readable.from(body).pipe(response);
    else response.send(body);
  });
  return listen(createServer(app));
}

describeAdapter("Express", start);

describe("Express's error handling", () => {
  const cases: Readonly<Record<string, (request: Request, response: Response) => unknown>> = {
    "a handler that answers": (_, response) => response.json({ welcome: true }),
    "a callback that answers": (_, response) => setImmediate(() => response.json({ welcome: true })),
    "a handler that streams": (_, response) => Readable.from(["welcome"]).pipe(response),
    "a file": (_, response) => response.sendFile(import.meta.filename),
  };

  test.each(Object.entries(cases))("gets what went wrong with the session of %s", async (_, handle) => {
    const app = express();
    app.use(session(common));
    app.get("/", (request, response) => {
      request.session.set("cart", large);
      handle(request, response);
    });
    app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
      response.status(413).json({ code: error instanceof SessionTooLargeError && error.code });
    });
    const server = await listen(createServer(app));
    const response = await server.ask("/");
    expect([response.status, await response.json()]).toEqual([413, { code: "too-large" }]);
    expect(response.headers.getSetCookie()).toEqual([]);
    await server.close();
  });
});

test("options are refused when the app is made", () => {
  expect(() => session({ secret: "s", maxAge: 0 })).toThrow(TypeError);
});
