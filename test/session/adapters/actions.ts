import type { Session } from "../../../src/session/index.ts";

/** What a handler answers, for each framework to send in its own way. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** In pieces: a stream. */
  readonly body?: string | AsyncIterable<string>;
  /** Where to go, by the framework's own redirect with status 303. */
  readonly redirect?: string;
}

type Action = (session: Session, query: URLSearchParams) => Answer | Promise<Answer>;

/** Random, so that no compression makes it small. */
export const large = Array.from({ length: 8192 }, () => Math.floor(Math.random() * 36).toString(36)).join("");

/** Lets the second piece of the streams go. */
export const gate = { open: (): void => undefined, opened: Promise.resolve() };

export function shutGate(): void {
  gate.opened = new Promise((resolve) => {
    gate.open = resolve;
  });
}

async function* pieces(): AsyncIterable<string> {
  yield "first ";
  await gate.opened;
  yield "second";
}

let release: () => void = () => undefined;
let meeting: Promise<void> | undefined;

/** Resolves for both when the second one comes. */
function meet(): Promise<void> {
  if (meeting !== undefined) release();
  meeting ??= new Promise((resolve) => {
    release = resolve;
  });
  return meeting;
}

/** The handlers that every adapter is tested with, by path. */
const actions: Readonly<Record<string, Action>> = {
  "/untouched": () => ({ body: "untouched" }),
  "/user": (session) => ({ body: String(session.get("user", "nobody")) }),
  "/login": (session, query) => {
    session.set("user", query.get("user") ?? "ann");
    return { body: "welcome" };
  },
  "/logout": (session) => {
    session.flush();
    return { body: "bye" };
  },
  "/logout-stream": (session) => {
    session.flush();
    return { body: pieces() };
  },
  "/status": (session, query) => {
    session.set("user", "ann");
    const status = Number(query.get("status"));
    return status === 204 || status === 304 ? { status } : { status, body: "that" };
  },
  "/throw": (session) => {
    session.set("user", "ann");
    throw new Error("the handler failed");
  },
  "/large": (session) => {
    session.set("cart", large);
    return { body: "welcome" };
  },
  "/large-stream": (session) => {
    session.set("cart", large);
    return { body: pieces() };
  },
  "/stream": (session) => {
    session.set("user", "ann");
    return { body: pieces(), headers: { "Content-Type": "text/plain" } };
  },
  "/redirect": (session) => {
    session.set("user", "ann");
    return { redirect: "/user" };
  },
  "/cookies": (session) => {
    session.set("user", "ann");
    return { body: "welcome", headers: { "Set-Cookie": ["a=1; Path=/", "b=2; Path=/"] } };
  },
  "/vary": (session, query) => {
    session.get("user");
    return { body: "that", headers: { Vary: query.getAll("vary") } };
  },
  "/meet": async (session, query) => {
    session.set("user", query.get("user") ?? "");
    await meet();
    return { body: String(session.get("user")) };
  },
};

/** Runs the handler of a path with its query. */
export async function act(target: string, session: Session): Promise<Answer> {
  const { pathname, searchParams } = new URL(target, "http://localhost");
  const action = actions[pathname];
  return action === undefined ? { status: 404, body: "no such page" } : action(session, searchParams);
}

/** As a stream of the web. */
export function webBody(body: Answer["body"]): ReadableStream<Uint8Array> | string | null {
  if (body === undefined || typeof body === "string") return body ?? null;
  const iterator = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
}

/** Header lines as pairs, an array as one pair an item. */
export function headerPairs(headers: Answer["headers"] = {}): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((text): [string, string] => [name, text]),
  );
}
