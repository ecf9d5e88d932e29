/**
 * Talks to npm's cookie-session over HTTP: sessions minted here must be read there, sessions set there must be
 * verified here, and both must judge mutated cookies alike.
 *
 *   COOKIE_SESSION_DIR=DIR npx tsx test/interop/cookie-session.ts [seed]
 *
 * DIR is where `npm install cookie-session` was run.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { unwrap } from "../../src/core/result.ts";
import type { Value } from "../../src/encoding/values.ts";
import { cookieSession } from "../../src/formats/cookie-session.ts";

const MINTED = 300;
const MUTATED = 1500;
const KEYS = ["current key", "retired key"];
const limits = { maxLength: 1 << 20, maxInflated: 1 << 20, maxDepth: 2000 };
const options = cookieSession.settle({});

interface Session {
  readonly isNew: boolean;
}
type Request = IncomingMessage & { session: Session | object };
interface Peer {
  readonly cookieSession: (
    options: object,
  ) => (req: IncomingMessage, res: ServerResponse, next: () => void) => void;
  readonly Cookies: new (
    req: IncomingMessage,
    res: ServerResponse,
    options: object,
  ) => { get(name: string, options: object): string | undefined };
}
interface Answer {
  readonly accepted: boolean;
  readonly isNew: boolean;
  readonly session: string;
}
type Pair = readonly [value: string, signature: string];

const seed = Number(process.argv[2] ?? Date.now() % 2 ** 31);
let state = seed;
function random(below: number): number {
  state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
  return ((state ^ (state >>> 13)) >>> 0) % below;
}
const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;

function randomText(): string {
  const parts = [
    "a",
    "Z",
    "0",
    " ",
    '"',
    "\\",
    "/",
    "\n",
    "\u0000",
    "é",
    "中",
    "🍪",
    "\ud800",
    "\u2028",
    "<",
    "?~",
  ];
  return Array.from({ length: random(12) }, () => pick(parts)).join("");
}

function randomValue(depth: number): Value {
  const kind = random(depth > 3 ? 5 : 7);
  if (kind === 0) return randomText();
  if (kind === 1) return random(2 ** 31) - 2 ** 30;
  if (kind === 2) return (random(2 ** 31) - 2 ** 30) * 10 ** (random(60) - 30);
  if (kind === 3) return pick([true, false, null]);
  if (kind === 4) return pick([0, -1, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);
  if (kind === 5) return Array.from({ length: random(5) }, () => randomValue(depth + 1));
  return randomSession(depth + 1);
}

function randomSession(depth = 0): { readonly [key: string]: Value } {
  const key = () => pick([randomText(), String(random(20)), `key${random(100)}`]);
  return Object.fromEntries(Array.from({ length: random(6) }, () => [key(), randomValue(depth)]));
}

/** Anything a header can carry between two cookies. */
const HEADER_CHARACTERS = Array.from({ length: 0x5e }, (_, index) => String.fromCharCode(0x21 + index))
  .filter((character) => character !== ";")
  .concat("\u00a0", "é", "ÿ");

function mutate(text: string): string {
  const at = random(text.length + 1);
  const other = pick(HEADER_CHARACTERS);
  return pick([
    text.slice(0, at) + other + text.slice(at + 1),
    text.slice(0, at) + other + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at),
    `"${text}"`,
    text + text,
    text.replaceAll("=", ""),
    text.toUpperCase(),
  ]);
}

const derive = (secret: string) => cookieSession.derive(new TextEncoder().encode(secret), { options });
const keys = KEYS.map(derive);

function sealed(session: Value, secret: string): Pair {
  const pairs = unwrap(
    cookieSession.seal(
      { kind: "value", value: session },
      derive(secret),
      { options },
      { now: 0, random: () => new Uint8Array() },
    ),
  );
  return [pairs[0].value, pairs[1]?.value ?? ""];
}

/** A value that is signed as it is, so that mutations get past the signature. */
function resealed(value: string): Pair {
  const body = { kind: "body", body: { value }, keepTime: true } as const;
  const pairs = unwrap(
    cookieSession.seal(body, derive("current key"), { options }, { now: 0, random: () => new Uint8Array() }),
  );
  return [pairs[0].value, pairs[1]?.value ?? ""];
}

/** The middleware sees every number as a double. */
const asDouble = (_key: string, value: unknown) => (typeof value === "bigint" ? Number(value) : value);

function judge([value, signature]: Pair): { readonly verdict: string; readonly session?: string } {
  const unquote = (text: string) => cookieSession.unquote?.(text) ?? text;
  const siblings = new Map([["session.sig", unquote(signature)]]);
  const input = { name: "session", value: unquote(value), siblings };
  const parsed = unwrap(cookieSession.parse(input, options));
  for (const key of keys) {
    const opened = cookieSession.open(parsed, key, input, options);
    if (!opened.ok) continue;
    const payload = cookieSession.read(opened.value, options, limits);
    if (!payload.ok) return { verdict: payload.code };
    return { verdict: "valid", session: JSON.stringify(payload.value.value, asDouble) };
  }
  return { verdict: "bad-signature" };
}

function verdictOf(answer: Answer): string {
  if (!answer.isNew) return "valid";
  return answer.accepted ? "bad-payload" : "bad-signature";
}

async function withPeer(directory: string, use: (peer: Client) => Promise<void>): Promise<void> {
  const fromDirectory = createRequire(join(resolve(directory), "index.js"));
  const fromPackage = createRequire(fromDirectory.resolve("cookie-session"));
  const peer: Peer = { cookieSession: fromDirectory("cookie-session"), Cookies: fromPackage("cookies") };
  const client = new Client(peer);
  await client.start();
  await use(client);
  await client.stop();
}

/** The real middleware behind a port of this machine. */
class Client {
  /** Assigned to `req.session` by the next request; null: the session is read. */
  #assigned: object | null = null;
  #port = 0;
  readonly #server;

  constructor({ cookieSession: middleware, Cookies }: Peer) {
    const handle = middleware({ keys: KEYS });
    this.#server = createServer((req, res) =>
      handle(req, res, () => res.end(this.#answer(req as Request, res, Cookies))),
    );
  }

  #answer(req: Request, res: ServerResponse, Cookies: Peer["Cookies"]): string {
    if (this.#assigned !== null) {
      req.session = this.#assigned;
      return "{}";
    }
    const accepted = new Cookies(req, res, { keys: KEYS }).get("session", { signed: true }) !== undefined;
    const { session } = req;
    return JSON.stringify({ accepted, isNew: (session as Session).isNew, session: JSON.stringify(session) });
  }

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise((closed) => this.#server.close(closed));
  }

  #send(
    headers: Record<string, string>,
  ): Promise<{ readonly body: string; readonly cookies: readonly string[] }> {
    return new Promise((done, failed) => {
      request({ host: "127.0.0.1", port: this.#port, headers, agent: false }, async (res) => {
        let body = "";
        for await (const chunk of res.setEncoding("utf8")) body += chunk;
        done({ body, cookies: res.headers["set-cookie"] ?? [] });
      })
        .on("error", failed)
        .end();
    });
  }

  async read([value, signature]: Pair): Promise<Answer> {
    const { body } = await this.#send({ Cookie: `session=${value}; session.sig=${signature}` });
    return JSON.parse(body) as Answer;
  }

  async mint(session: object): Promise<Pair> {
    this.#assigned = session;
    const { cookies } = await this.#send({});
    this.#assigned = null;
    const value = (name: string) =>
      cookies
        .find((line) => line.startsWith(`${name}=`))
        ?.slice(name.length + 1)
        .split(";")[0] ?? "";
    return [value("session"), value("session.sig")];
  }
}

const tally = { name: "cookie-session", passed: 0, failed: 0, skipped: 0 };

function check(condition: boolean, what: string, ...details: readonly unknown[]): void {
  if (condition) tally.passed++;
  else {
    tally.failed++;
    console.error(`seed ${seed}: ${what}`, ...details);
  }
}

async function exchange(peer: Client): Promise<void> {
  for (let round = 0; round < MINTED; round++) {
    const session = randomSession();
    const ours = sealed(session, pick(KEYS));
    const answer = await peer.read(ours);
    check(
      verdictOf(answer) === "valid" && answer.session === JSON.stringify(session),
      "minted here",
      ours,
      answer,
    );
    if (Object.keys(session).length === 0) continue;
    const theirs = await peer.mint(session);
    check(judge(theirs).session === JSON.stringify(session), "set there", theirs);
    check(sealed(session, "current key").join() === theirs.join(), "same bytes", theirs);
  }
}

async function compareMutations(peer: Client): Promise<void> {
  for (let round = 0; round < MUTATED; round++) {
    const [value, signature] = sealed(randomSession(), pick(KEYS));
    const mutated: Pair = pick<() => Pair>([
      () => [mutate(value), signature],
      () => [value, mutate(signature)],
      () => resealed(mutate(value)),
      () => resealed(btoa(mutate(atob(value)))),
    ])();
    const answer = await peer.read(mutated);
    const { verdict, session } = judge(mutated);
    const agrees = verdict === verdictOf(answer) && (session === undefined || session === answer.session);
    check(agrees, "mutated", mutated, verdict, answer);
  }
}

const directory = process.env.COOKIE_SESSION_DIR;
if (directory === undefined) {
  console.error("skipped: COOKIE_SESSION_DIR names no directory with npm's cookie-session");
  tally.skipped = 1;
} else {
  await withPeer(directory, async (peer) => {
    await exchange(peer);
    await compareMutations(peer);
  });
}
console.log(JSON.stringify(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;
