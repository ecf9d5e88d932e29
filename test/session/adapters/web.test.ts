import { expect, test, vi } from "vitest";
import { type Sessions, SessionTooLargeError } from "../../../src/session/index.ts";
import { session } from "../../../src/session/web.ts";
import { act, headerPairs, large, webBody } from "./actions.ts";
import { common, describeAdapter, type Server } from "./cases.ts";
import { serveFetch } from "./serve-fetch.ts";

type Fetch = (request: Request) => Promise<Response>;

/** As the servers for such handlers do, an error becomes a response. */
function makeFetch(sessions: Sessions): Fetch {
  const withSession = session(sessions);
  return (request) =>
    withSession(request, async (opened) => {
      const { status = 200, headers, body, redirect } = await act(request.url, opened);
      if (redirect !== undefined) return Response.redirect(new URL(redirect, request.url), 303);
      return new Response(webBody(body), { status, headers: headerPairs(headers) });
    }).catch((error) => new Response("error", { status: error.status ?? 500 }));
}

function start(sessions: Sessions): Promise<Server> {
  return serveFetch(makeFetch(sessions));
}

function startInMemory(sessions: Sessions): Server {
  const answer = makeFetch(sessions);
  return {
    ask: (path, { cookie, method = "GET" } = {}) =>
      answer(
        new Request(`http://localhost${path}`, { method, headers: cookie === undefined ? {} : { cookie } }),
      ),
    close: async () => undefined,
  };
}

describeAdapter("Request and Response, over HTTP", start);
describeAdapter("Request and Response, called directly", startInMemory, "memory");

const withSession = session(common);
const request = new Request("http://localhost/");

test("a response that the handler keeps is not changed", async () => {
  const kept = new Response(null, { status: 204 });
  const answered = await withSession(request, (opened) => {
    opened.set("user", "ann");
    return kept;
  });
  expect(answered.headers.getSetCookie()).toHaveLength(1);
  expect([kept.headers.get("vary"), kept.headers.getSetCookie()]).toEqual([null, []]);
});

test("a response without a status of its own comes back as it is", async () => {
  const failed = Response.error();
  const answered = await withSession(request, (opened) => {
    opened.set("user", "ann");
    return failed;
  });
  expect(answered).toBe(failed);
});

test("status, text and headers stay", async () => {
  const answered = await withSession(request, (opened) => {
    opened.set("user", "ann");
    return new Response("made", { status: 201, statusText: "Made", headers: { "X-Given": "1" } });
  });
  expect([answered.status, answered.statusText, answered.headers.get("x-given")]).toEqual([201, "Made", "1"]);
});

test("what went wrong with the session rejects, and the body is cancelled", async () => {
  const cancel = vi.fn();
  const answering = withSession(request, (opened) => {
    opened.set("cart", large);
    return new Response(new ReadableStream({ cancel }));
  });
  await expect(answering).rejects.toBeInstanceOf(SessionTooLargeError);
  expect(cancel).toHaveBeenCalledOnce();
});

test("what the handler throws comes out", async () => {
  const fault = new Error("the handler failed");
  const answering = withSession(request, () => {
    throw fault;
  });
  await expect(answering).rejects.toBe(fault);
});
