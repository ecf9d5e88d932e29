import { Agent, get } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSessions, type Sessions } from "../../../src/session/index.ts";
import { gate, shutGate } from "./actions.ts";
import { TestStore } from "./store.ts";

/** Requests a path of a server, and follows no redirect. */
export type Ask = (path: string, init?: { cookie?: string; method?: string }) => Promise<Response>;

export interface Server {
  readonly ask: Ask;
  /** Where it listens; undefined when it is asked without a network. */
  readonly url?: string;
  close(): Promise<unknown>;
}

/** A server with the handlers of `actions.ts`. */
export type Start = (sessions: Sessions) => Server | Promise<Server>;

/** Asks a server that listens at `url`. */
export function asker(url: string): Ask {
  return (path, { cookie, method = "GET" } = {}) =>
    fetch(url + path, { method, redirect: "manual", headers: cookie === undefined ? {} : { cookie } });
}

/** The `Cookie:` header that a browser sends after a response. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
}

export const common = { secret: "s".repeat(32), secure: false };

/** What every adapter does, whatever it is for. `memory`: its servers do not listen. */
export function describeAdapter(name: string, start: Start, asked: "network" | "memory" = "network"): void {
  describe(name, () => {
    describe("without revocation", () => describeHeaders(start));
    describe("with revocation", () => describeRevocation(start));
    if (asked === "network") describeHttp(start);
  });
}

function describeHeaders(start: Start): void {
  let server: Server;
  let ask: Ask;
  beforeAll(async () => {
    server = await start(createSessions(common));
    ask = server.ask;
  });
  afterAll(() => server.close());
  afterEach(() => gate.open());

  const setCookies = (response: Response) => response.headers.getSetCookie();

  test("a handler that does not touch the session: no header", async () => {
    const response = await ask("/untouched", { cookie: cookieOf(await ask("/login")) });
    expect(await response.text()).toBe("untouched");
    expect(setCookies(response)).toEqual([]);
    expect(response.headers.get("vary")).toBeNull();
  });

  test("a session that is read: Vary, and no cookie", async () => {
    const response = await ask("/user");
    expect(await response.text()).toBe("nobody");
    expect(setCookies(response)).toEqual([]);
    expect(response.headers.get("vary")).toBe("Cookie");
  });

  test("a session that is changed: a cookie that brings it back", async () => {
    const response = await ask("/login");
    expect(await response.text()).toBe("welcome");
    expect(setCookies(response)).toEqual([expect.stringMatching(/^sessionid=[^;]+; .*HttpOnly/)]);
    expect(response.headers.get("vary")).toBe("Cookie");
    const again = await ask("/user", { cookie: cookieOf(response) });
    expect(await again.text()).toBe("ann");
    expect(setCookies(again)).toEqual([]);
  });

  test("a cookie that was tampered with: an empty session, no error", async () => {
    const response = await ask("/user", { cookie: `${cookieOf(await ask("/login"))}x` });
    expect([response.status, await response.text()]).toEqual([200, "nobody"]);
  });

  test("a session that is ended: the cookie is deleted", async () => {
    const response = await ask("/logout", { cookie: cookieOf(await ask("/login")) });
    expect(await response.text()).toBe("bye");
    expect(setCookies(response)).toEqual([expect.stringMatching(/^sessionid=""; .*Max-Age=0/)]);
    expect(response.headers.get("vary")).toBe("Cookie");
  });

  test.each([200, 201, 404])("status %d saves", async (status) => {
    const response = await ask(`/status?status=${status}`);
    expect([response.status, await response.text()]).toEqual([status, "that"]);
    expect(setCookies(response)).toHaveLength(1);
  });

  test.each([204, 304])("status %d saves, and has no body", async (status) => {
    const response = await ask(`/status?status=${status}`);
    expect([response.status, await response.text()]).toEqual([status, ""]);
    expect(setCookies(response)).toHaveLength(1);
    expect(response.headers.get("vary")).toBe("Cookie");
  });

  test.each(["/status?status=500", "/status?status=503"])("%s does not save", async (path) => {
    const response = await ask(path);
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(await response.text()).toBe("that");
    expect(setCookies(response)).toEqual([]);
  });

  test("a handler that throws: the framework's 500, and nothing saved", async () => {
    const response = await ask("/throw");
    expect(response.status).toBe(500);
    expect(setCookies(response)).toEqual([]);
    expect(await (await ask("/untouched")).text()).toBe("untouched");
  });

  test.each(["/large", "/large-stream"])(
    "%s: a 500 without a cookie and without the handler's body",
    async (path) => {
      const response = await ask(path);
      expect(response.status).toBe(500);
      expect(setCookies(response)).toEqual([]);
      expect(await response.text()).not.toMatch(/welcome|first/);
      expect(await (await ask("/untouched")).text()).toBe("untouched");
    },
  );

  test("a page that does not exist: the framework's 404", async () => {
    expect((await ask("/none")).status).toBe(404);
  });

  test("a redirect saves", async () => {
    const response = await ask("/redirect");
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toMatch(/\/user$/);
    expect(await (await ask("/user", { cookie: cookieOf(response) })).text()).toBe("ann");
  });

  test("the handler's own cookies stay", async () => {
    const lines = setCookies(await ask("/cookies"));
    expect(lines).toHaveLength(3);
    expect(lines).toEqual(expect.arrayContaining(["a=1; Path=/", "b=2; Path=/"]));
  });

  test.each([
    ["vary=Origin", "Origin, Cookie"],
    ["vary=Origin&vary=Accept-Encoding", "Origin, Accept-Encoding, Cookie"],
    ["vary=Origin,%20cookie", "Origin, cookie"],
    ["vary=*", "*"],
  ])("the handler's %s becomes %j", async (query, expected) => {
    expect((await ask(`/vary?${query}`)).headers.get("vary")).toBe(expected);
  });

  test("a streamed body: the cookie comes with the first piece, before the last is there", async () => {
    shutGate();
    const response = await ask("/stream");
    expect(setCookies(response)).toHaveLength(1);
    gate.open();
    expect(await response.text()).toBe("first second");
  });

  test("two requests at once: each has its own session", async () => {
    const users = ["ann", "bob"];
    const responses = await Promise.all(users.map((user) => ask(`/meet?user=${user}`)));
    expect(await Promise.all(responses.map((response) => response.text()))).toEqual(users);
    const later = await Promise.all(
      responses.map(async (response) => ask("/user", { cookie: cookieOf(response) })),
    );
    expect(await Promise.all(later.map((response) => response.text()))).toEqual(users);
  });
}

function describeHttp(start: Start): void {
  let server: Server;
  beforeAll(async () => {
    server = await start(createSessions(common));
  });
  afterAll(() => server.close());

  test("HEAD: the headers of GET, and no body", async () => {
    const response = await server.ask("/login", { method: "HEAD" });
    expect([response.status, await response.text()]).toEqual([200, ""]);
    const again = await server.ask("/user", { cookie: cookieOf(response) });
    expect(await again.text()).toBe("ann");
  });

  test("one connection serves many requests in turn", async () => {
    const paths = ["/login", "/status?status=304", "/throw", "/large", "/stream", "/redirect", "/user"];
    const replies = await overOneConnection(server.url ?? "", paths);
    expect(replies.map(({ status }) => status)).toEqual([200, 304, 500, 500, 200, 303, 200]);
    expect(replies.at(-1)?.body).toBe("nobody");
    expect(new Set(replies.map(({ port }) => port)).size).toBe(1);
  });
}

interface Reply {
  readonly status: number | undefined;
  readonly body: string;
  /** Of the client. */
  readonly port: number | undefined;
}

async function overOneConnection(url: string, paths: readonly string[]): Promise<readonly Reply[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const replies: Reply[] = [];
  for (const path of paths) replies.push(await requestWith(agent, url + path));
  agent.destroy();
  return replies;
}

function requestWith(agent: Agent, url: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, async (response) => {
      const port = response.socket.localPort;
      let body = "";
      for await (const piece of response.setEncoding("utf8")) body += piece;
      resolve({ status: response.statusCode, body, port });
    }).on("error", reject);
  });
}

function describeRevocation(start: Start): void {
  let store: TestStore;
  let server: Server;
  let ask: Ask;
  let cookie: string;
  beforeEach(async () => {
    store = new TestStore();
    server = await start(createSessions({ ...common, revocation: store }));
    ask = server.ask;
    cookie = cookieOf(await ask("/login"));
  });
  afterEach(() => server.close());

  test("a copy of the cookie of an ended session is useless", async () => {
    expect(await (await ask("/user", { cookie })).text()).toBe("ann");
    await ask("/logout", { cookie });
    expect(await (await ask("/user", { cookie })).text()).toBe("nobody");
  });

  test.each(["/logout", "/logout-stream"])("%s does not arrive before the store has it", async (path) => {
    let release: () => void = () => undefined;
    store.hold = new Promise((resolve) => {
      release = resolve;
    });
    const revoking = new Promise<void>((resolve) => {
      store.onRevoke = resolve;
    });
    let hasArrived = false;
    const leaving = ask(path, { cookie }).then((response) => {
      hasArrived = true;
      return response;
    });
    await revoking;
    // A whole exchange later it is still not there.
    expect(await (await ask("/untouched")).text()).toBe("untouched");
    expect(hasArrived).toBe(false);
    release();
    const response = await leaving;
    expect(response.headers.getSetCookie()).toEqual([expect.stringContaining("Max-Age=0")]);
    expect(await response.text()).toMatch(/^(bye|first second)$/);
  });

  test.each(["/logout", "/logout-stream"])(
    "%s with a store that fails: 503, and no deletion",
    async (path) => {
      store.onRevoke = () => {
        store.fault = new Error("the store is away");
      };
      const response = await ask(path, { cookie });
      expect(response.status).toBe(503);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(await response.text()).not.toMatch(/bye|first/);
      store.fault = undefined;
      expect(await (await ask("/user", { cookie })).text()).toBe("ann");
    },
  );

  test("a store that cannot be asked: nobody is let in", async () => {
    store.fault = new Error("the store is away");
    const response = await ask("/user", { cookie });
    expect(response.status).toBeGreaterThanOrEqual(500);
    expect(await response.text()).not.toContain("ann");
  });
}
