import { createServer, type ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterEach, describe, expect, test } from "vitest";
import {
  createSessions,
  RevocationError,
  type Session,
  SessionTooLargeError,
} from "../../../src/session/index.ts";
import { attachSession } from "../../../src/session/node.ts";
import { large } from "./actions.ts";
import { type Ask, common, cookieOf, type Server } from "./cases.ts";
import { listen } from "./listen.ts";
import { TestStore } from "./store.ts";

type Handler = (response: ServerResponse, session: Session) => unknown;

let server: Server | undefined;
afterEach(() => server?.close());

/** A server with one handler. */
async function serve(
  handler: Handler,
  onError?: (response: ServerResponse, error: unknown) => void,
  store?: TestStore,
): Promise<Ask> {
  const sessions = createSessions({ ...common, revocation: store });
  server = await listen(
    createServer(async (request, response) => {
      const report = onError && ((error: unknown) => onError(response, error));
      await handler(response, await attachSession(sessions, request, response, report));
    }),
  );
  return server.ask;
}

const bytes = new TextEncoder().encode("body");

describe("the session goes with the headers, however they are sent", () => {
  const ways: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
    "end()": (response) => response.end(),
    "end(callback)": (response) => new Promise<void>((resolve) => response.end(resolve)),
    "end(text)": (response) => response.end("body"),
    "end(bytes)": (response) => response.end(bytes),
    "end(text, encoding)": (response) => response.end("Ym9keQ==", "base64"),
    "end(text, callback)": (response) => new Promise<void>((resolve) => response.end("body", resolve)),
    "end(text, encoding, callback)": (response) =>
      new Promise<void>((resolve) => response.end("Ym9keQ==", "base64", resolve)),
    "write, write, end": (response) => {
      response.write("bo");
      response.write("ZA==", "base64");
      response.end("y");
    },
    "write with a callback": (response) =>
      new Promise<void>((resolve) => response.write("body", () => resolve())).then(() => response.end()),
    flushHeaders: (response) => {
      response.flushHeaders();
      response.end("body");
    },
    "writeHead(status)": (response) => response.writeHead(200).end("body"),
    "writeHead(status, text)": (response) => response.writeHead(200, "Fine").end("body"),
    "writeHead with an object": (response) => response.writeHead(200, { "X-Given": "1" }).end("body"),
    "writeHead with a list": (response) => response.writeHead(200, ["X-Given", "1"]).end("body"),
    pipe: (response) => Readable.from(["bo", "dy"]).pipe(response),
    pipeline: (response) => pipeline(Readable.from(["bo", "dy"]), response),
    "in a callback": (response) => setImmediate(() => response.end("body")),
  };
  const cases = Object.entries(ways);

  test.each(cases)("%s", async (name, send) => {
    const ask = await serve((response, session) => {
      session.set("user", "ann");
      return send(response);
    });
    const response = await ask("/");
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^sessionid=/)]);
    expect(response.headers.get("vary")).toBe("Cookie");
    expect(await response.text()).toBe(/^end\((callback)?\)$/.test(name) ? "" : "body");
  });

  test.each(cases)("%s, after revocations", async (name, send) => {
    const ask = await serve(
      (response, session) => {
        if (session.get("user") !== "ann") session.set("user", "ann");
        else session.cycleKey();
        return send(response);
      },
      undefined,
      new TestStore(),
    );
    const first = cookieOf(await ask("/"));
    const response = await ask("/", { cookie: first });
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^sessionid=/)]);
    expect(cookieOf(response)).not.toBe(first);
    expect(await response.text()).toBe(/^end\((callback)?\)$/.test(name) ? "" : "body");
  });

  test.each(cases)("%s, with two sessions", async (_, send) => {
    const others = createSessions({ ...common, name: "other" });
    server = await listen(
      createServer(async ({ headers }, response) => {
        attachSession(createSessions(common), { headers }, response).set("user", "ann");
        const other = await attachSession(others, { headers }, response);
        if (other.get("user") !== "bob") other.set("user", "bob");
        await send(response);
      }),
    );
    const first = await server.ask("/");
    expect(
      first.headers
        .getSetCookie()
        .map((line) => line.split("=", 1)[0])
        .sort(),
    ).toEqual(["other", "sessionid"]);
    expect(first.headers.get("vary")).toBe("Cookie");
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(";", 1)[0])
      .join("; ");
    const second = await server.ask("/", { cookie });
    expect(second.headers.getSetCookie()).toEqual([expect.stringMatching(/^sessionid=/)]);
  });

  test.each(cases)(
    "%s, of a session that is too large: 500, nothing else, and the server lives",
    async (_, send) => {
      let isFirst = true;
      const ask = await serve((response, session) => {
        if (isFirst) {
          response.setHeader("ETag", '"body"').setHeader("Content-Length", 4);
          session.set("cart", large);
        }
        // `pipeline` rejects, some ways never call back: the answer is not theirs.
        Promise.resolve(send(response)).catch(() => undefined);
        isFirst = false;
      });
      const response = await ask("/");
      expect(response.status).toBe(500);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(response.headers.get("etag")).toBeNull();
      expect(await response.text()).toBe("");
      expect((await ask("/")).status).toBe(200);
    },
  );
});

describe("headers given to writeHead", () => {
  const given: Readonly<Record<string, (response: ServerResponse) => ServerResponse>> = {
    "an object": (response) => response.writeHead(200, { "Set-Cookie": ["a=1", "b=2"], Vary: "Origin" }),
    "a list": (response) =>
      response.writeHead(200, ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "Vary", "Origin"]),
    "an object, after a text": (response) =>
      response.writeHead(200, "Fine", { "Set-Cookie": ["a=1", "b=2"], Vary: ["Origin"] }),
  };

  test.each(Object.entries(given))("as %s are kept", async (_, writeHead) => {
    const ask = await serve((response, session) => {
      session.set("user", "ann");
      writeHead(response).end();
    });
    const response = await ask("/");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2", expect.stringMatching(/^sessionid=/)]);
    expect(response.headers.get("vary")).toBe("Origin, Cookie");
  });

  test("with a status of 500: nothing is saved", async () => {
    const ask = await serve((response, session) => {
      session.set("user", "ann");
      response.writeHead(500).end();
    });
    expect((await ask("/")).headers.getSetCookie()).toEqual([]);
  });

  test("that are refused: the 500 that follows saves nothing", async () => {
    const ask = await serve((response, session) => {
      session.set("user", "ann");
      try {
        response.writeHead(200, { "X-Given": "a\nb" });
      } catch {
        response.writeHead(500).end();
      }
    });
    const response = await ask("/");
    expect(response.status).toBe(500);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe("a session that cannot be saved", () => {
  test("goes to onError, which may answer with any status", async () => {
    const errors: unknown[] = [];
    const ask = await serve(
      (response, session) => {
        session.set("cart", large);
        response.writeHead(200, { "Content-Type": "text/html" }).end("welcome");
      },
      (response, error) => {
        errors.push(error);
        response.writeHead(413, { "Content-Type": "text/plain" }).end("too large");
      },
    );
    const response = await ask("/");
    expect([response.status, await response.text()]).toEqual([413, "too large"]);
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(errors).toEqual([expect.any(SessionTooLargeError)]);
  });

  test("onError may answer later; what the handler writes meanwhile is dropped", async () => {
    const ask = await serve(
      (response, session) => {
        session.set("cart", large);
        response.write("wel");
        response.write("come");
        response.end();
      },
      (response) => setImmediate(() => response.writeHead(500).end("later")),
    );
    const response = await ask("/");
    expect([response.status, await response.text()]).toEqual([500, "later"]);
  });

  test("what the handler writes after the answer harms nobody", async () => {
    let goOn: () => void = () => undefined;
    const ask = await serve(
      (response, session) => {
        session.set("cart", large);
        response.write("first");
        goOn = () => {
          response.write("more");
          response.end("most");
        };
      },
      (response) => {
        response.writeHead(500).end("sorry");
        goOn();
      },
    );
    expect(await (await ask("/")).text()).toBe("sorry");
    expect(await (await ask("/")).text()).toBe("sorry");
  });

  const pipes: Readonly<Record<string, (response: ServerResponse, source: PassThrough) => unknown>> = {
    pipe: (response, source) => source.pipe(response),
    "writeHead, pipe": (response, source) => source.pipe(response.writeHead(200)),
    pipeline: (response, source) => pipeline(source, response).catch(() => undefined),
  };
  const answer = "x".repeat(2 ** 20);

  test.each(Object.entries(pipes))(
    "%s: the stream is closed, and none of it is in the answer",
    async (_, pipe) => {
      const source = new PassThrough();
      const closed = new Promise<void>((resolve) => source.on("close", resolve));
      const ask = await serve(
        (response, session) => {
          session.set("cart", large);
          pipe(response, source);
          for (const piece of ["first", "second", "third"]) source.write(piece);
        },
        (response) => {
          response.writeHead(500).write(answer);
          response.once("drain", () => setImmediate(() => response.end()));
        },
      );
      const response = await ask("/");
      expect(response.status).toBe(500);
      expect((await response.text()) === answer).toBe(true);
      await closed;
    },
  );

  test("after a revocation that went well", async () => {
    let count = 0;
    const ask = await serve(
      (response, session) => {
        if (count++ > 0) session.flush();
        session.set("cart", count === 1 ? "small" : large);
        response.end("welcome");
      },
      undefined,
      new TestStore(),
    );
    const response = await ask("/", { cookie: cookieOf(await ask("/")) });
    expect([response.status, await response.text()]).toEqual([500, ""]);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

test("a revocation that fails goes to onError, with its cause", async () => {
  const store = new TestStore();
  const errors: unknown[] = [];
  const ask = await serve(
    (response, session) => {
      if (!session.isEmpty()) session.flush();
      else session.set("user", "ann");
      response.end("bye");
    },
    (response, error) => {
      errors.push(error);
      response.writeHead(503).end();
    },
    store,
  );
  const cookie = cookieOf(await ask("/"));
  const fault = new Error("the store is away");
  store.onRevoke = () => {
    store.fault = fault;
  };
  expect((await ask("/", { cookie })).status).toBe(503);
  expect(errors).toEqual([expect.any(RevocationError)]);
  expect(errors[0]).toMatchObject({ cause: fault, status: 503 });
});

test("a revocation after the headers have gone: the response does not end as if it were done", async () => {
  const store = new TestStore();
  const errors: unknown[] = [];
  const ask = await serve(
    (response, session) => {
      if (session.isEmpty()) {
        session.set("user", "ann");
        response.end("welcome");
        return;
      }
      response.write("goodbye");
      session.flush();
      response.end();
    },
    (_response, error) => errors.push(error),
    store,
  );
  const cookie = cookieOf(await ask("/"));
  store.onRevoke = () => {
    store.fault = new Error("the store is away");
  };
  await expect(ask("/", { cookie }).then((response) => response.text())).rejects.toThrow();
  expect(errors).toEqual([expect.any(RevocationError)]);
});
