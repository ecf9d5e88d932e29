import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateSync } from "node:zlib";
import { Browser } from "./session-browser.ts";

const LANES = 4;
const SLOW = 50;
const SAMPLES = 100;
const PATIENCE = 10_000;
/** A request beside hostile ones: at most so many times the median of before, or so many milliseconds more. */
const FACTOR = 10;
const ALLOWANCE = 20;

type Check = (holds: boolean, what: string, ...details: readonly unknown[]) => void;

/** Bytes of a request's headers after the request line and `Host`, and the statuses that may answer it. */
interface Hostile {
  readonly headers: (good: string) => readonly (string | Buffer)[];
  readonly statuses: readonly number[];
  readonly path?: string;
}

const fill = (size: number, make: (index: number) => string): string => {
  const parts: string[] = [];
  for (let length = 0, index = 0; ; index++) {
    const part = make(index);
    length += part.length + 2;
    if (length > size) return parts.join("; ");
    parts.push(part);
  }
};

/** What is left of Node's 16 KiB for one header. */
const ROOM = 15_000;
const forged = `:1vMHTQ:${"A".repeat(43)}`;
const bomb = `.${deflateSync(Buffer.alloc(10_000_000)).toString("base64url")}${forged}`;
const name = (index: number) => `${index.toString(36)}=1`;
const bytes = (...codes: number[]) => Buffer.from(codes);

const HOSTILE: Readonly<Record<string, Hostile>> = {
  "a Cookie header of 64 KB": { headers: () => [`Cookie: a=${"x".repeat(65_536)}`], statuses: [431] },
  "thousands of cookies in 15 KB": { headers: () => [`Cookie: ${fill(ROOM, name)}`], statuses: [401] },
  "the same name a thousand times, the good one last": {
    headers: (good) => [`Cookie: ${fill(ROOM - 1000, () => "sessionid=x")}; sessionid=${good}`],
    statuses: [200],
  },
  "the same name a thousand times, the good one first": {
    headers: (good) => [`Cookie: sessionid=${good}; ${fill(ROOM - 1000, () => "sessionid=x")}`],
    statuses: [401],
  },
  "a thousand chunks": {
    headers: () => [`Cookie: ${fill(ROOM, (index) => `sessionid.${index % 100}=${index}`)}`],
    statuses: [401],
  },
  "several Cookie headers": {
    headers: (good) => [`Cookie: ${fill(4000, name)}`, `Cookie: sessionid=${good}`, "Cookie: ;=;;=; "],
    statuses: [200],
  },
  "a session of 15 KB": {
    headers: () => [`Cookie: sessionid=${"A".repeat(ROOM)}${forged}`],
    statuses: [401],
  },
  "a session of separators": { headers: () => [`Cookie: sessionid=${":".repeat(ROOM)}`], statuses: [401] },
  "a zip bomb without a signature": { headers: () => [`Cookie: sessionid=${bomb}`], statuses: [401] },
  "a zip bomb at the page that opens cookies": {
    headers: () => [`Cookie: sessionid=${bomb}`],
    statuses: [200],
    path: "cookie",
  },
  "bytes beyond ASCII": {
    headers: (good) => [
      Buffer.concat([
        Buffer.from(`Cookie: a=`),
        bytes(0x80, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80),
        Buffer.from(`; sessionid=${good}`),
      ]),
    ],
    statuses: [200],
  },
  "bytes beyond ASCII in the session": {
    headers: (good) => [
      Buffer.concat([Buffer.from(`Cookie: sessionid=${good}`), bytes(0xff, 0xfe, 0xe2, 0x82)]),
    ],
    statuses: [401],
  },
  "a NUL": {
    headers: () => [Buffer.concat([Buffer.from("Cookie: sessionid=a"), bytes(0), Buffer.from("b")])],
    statuses: [400],
  },
  "a bare CR": { headers: () => ["Cookie: sessionid=a\rb"], statuses: [400] },
  "a header without a colon": { headers: () => ["Cookie sessionid=a"], statuses: [400] },
  "a header that is folded": { headers: () => ["Cookie: a=b;\r\n sessionid=a"], statuses: [400, 401] },
  "two lengths": { headers: () => ["Content-Length: 1", "Content-Length: 2"], statuses: [400] },
};

/** Somebody with a session, who must not notice anything. */
class Neighbour {
  readonly #browser = new Browser();
  readonly #url: string;
  #told = "";

  constructor(url: string) {
    this.#url = url;
  }

  async arrive(): Promise<string> {
    await this.#browser.send(`${this.#url}login`, { user: "neighbour" });
    await this.#browser.send(`${this.#url}count`);
    this.#told = (await this.#browser.get(`${this.#url}me`)).text;
    return this.#browser.jar.get("sessionid") ?? "";
  }

  /** Milliseconds of each request; undefined when one was not answered with the session. */
  async visit(): Promise<readonly number[] | undefined> {
    const taken: number[] = [];
    for (let count = 0; count < SAMPLES; count++) {
      const start = performance.now();
      const page = await this.#browser.get(`${this.#url}me`).catch(() => undefined);
      if (page?.status !== 200 || page.text !== this.#told) return undefined;
      taken.push(performance.now() - start);
    }
    return taken;
  }
}

/** Hostile requests of each kind, with a normal visitor beside them. */
export async function checkHostile(url: string, isAlive: () => boolean, check: Check): Promise<void> {
  const neighbour = new Neighbour(url);
  const good = await neighbour.arrive();
  await neighbour.visit();
  const before = median((await neighbour.visit()) ?? []);
  console.log(
    `a visitor alone: median ${before.toFixed(2)} ms; allowed beside hostile requests: ${most(before).toFixed(2)}`,
  );
  const beside = async (what: string, attack: (until: () => boolean) => Promise<void>) => {
    let over = false;
    const attacking = attack(() => over);
    const taken = await neighbour.visit();
    over = true;
    await attacking;
    check(taken !== undefined, `${what}: the visitor is served, with the same session`);
    const during = median(taken ?? []);
    console.log(`beside ${what}: median ${during.toFixed(2)} ms`);
    check(
      during <= most(before),
      `${what}: a visitor's median stays below ${most(before).toFixed(2)} ms`,
      during,
    );
    check(isAlive(), `${what}: the server lives`);
  };
  for (const [what, hostile] of Object.entries(HOSTILE)) {
    await beside(what, (until) => attackAll(url, what, hostile, good, until, check));
  }
  await beside("10,000 cookies over one connection", (until) => attackOneConnection(url, until, check));
  await beside(`${SLOW} requests whose headers never end`, (until) => attackSlowly(url, until));
}

function most(before: number): number {
  return Math.max(before * FACTOR, before + ALLOWANCE);
}

/** @returns infinity for no samples */
function median(taken: readonly number[]): number {
  return taken.toSorted((a, b) => a - b)[taken.length >> 1] ?? Number.POSITIVE_INFINITY;
}

async function attackAll(
  url: string,
  what: string,
  { headers, statuses, path = "me" }: Hostile,
  good: string,
  until: () => boolean,
  check: Check,
): Promise<void> {
  const lines = ["Connection: close", ...headers(good)];
  const request = requestOf(path, lines);
  const answers = new Set<number>();
  const lane = async () => {
    do answers.add(statusOf(await send(url, [request])));
    while (!until());
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const expected = [...answers].every((status) => statuses.includes(status));
  check(expected, `${what}: answered with ${statuses.join(" or ")}`, [...answers]);
}

function requestOf(path: string, headers: readonly (string | Buffer)[]): Buffer {
  const end = Buffer.from("\r\n");
  const lines = [`GET /${path} HTTP/1.1`, "Host: 127.0.0.1", ...headers, ""];
  return Buffer.concat(lines.flatMap((line) => [Buffer.from(line), end]));
}

/** Sends as it is, and gives what came until the server closed the connection. */
function send(url: string, requests: readonly Buffer[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let text = "";
    socket.setTimeout(PATIENCE, () => socket.destroy());
    socket.on("data", (data) => {
      text += data.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
    for (const request of requests) socket.write(request);
  });
}

/** 0: no answer. */
function statusOf(text: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
}

/** As many requests on one connection as hold 10,000 cookies of two to five bytes. */
async function attackOneConnection(url: string, until: () => boolean, check: Check): Promise<void> {
  const cookies = Array.from({ length: 10_000 }, (_, index) => `c${index.toString(36)}=`);
  const headers: string[] = [];
  while (cookies.length > 0) headers.push(`Cookie: ${cookies.splice(0, 2000).join("; ")}`);
  const requests = headers.map((header, index) =>
    requestOf("me", [...(index === headers.length - 1 ? ["Connection: close"] : []), header]),
  );
  const answered: number[] = [];
  do answered.push((await send(url, requests)).split("HTTP/1.1 401").length - 1);
  while (!until());
  const all = answered.every((count) => count === requests.length);
  check(all, "10,000 cookies over one connection: each request is answered", answered);
}

async function attackSlowly(url: string, until: () => boolean): Promise<void> {
  const sockets = openSlowly(url, SLOW);
  while (!until()) {
    for (const socket of sockets) socket.write("x");
    await sleep(50);
  }
  for (const socket of sockets) socket.destroy();
}

/** Connections whose request has begun and does not end. */
export function openSlowly(url: string, count: number) {
  return Array.from({ length: count }, () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("GET /me HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid=");
    return socket;
  });
}
