/** What is attacked: the demo with and without a flaw, Django, Flask and Express. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A server that runs. */
export interface Site {
  readonly url: string;
  /** What it is: "Django 3.2.19". */
  readonly title: string;
  close(): Promise<void>;
}

/** The demo as a process of its own. */
export async function startDemo(secret: string, flaw?: string): Promise<Site> {
  const argv = ["--import", "tsx", "src/cli/bin.ts", "demo", "--quiet", "--secret-env", "DEMO_SECRET"];
  const child = spawn(process.execPath, flaw === undefined ? argv : [...argv, "--flaw", flaw], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, DEMO_SECRET: secret },
  });
  const url = await firstLine(child);
  return { url, title: `the demo, ${flaw ?? "without a flaw"}`, close: () => end(child) };
}

/** Undefined without Django. */
export function startDjango(secret: string, database: string): Promise<Site | undefined> {
  const engine = "django.contrib.sessions.backends.signed_cookies";
  return startPython("Django", "session.py", { secret, fallbacks: [], database, engine, clock: 0 });
}

/** Undefined without Flask. */
export function startFlask(secret: string): Promise<Site | undefined> {
  return startPython("Flask", "fuzz-flask.py", { secret });
}

async function startPython(title: string, script: string, config: object): Promise<Site | undefined> {
  const python = process.env.PYTHON ?? "/usr/bin/python3";
  const child = spawn(python, [here(script), JSON.stringify(config)], { stdio: ["pipe", "pipe", "inherit"] });
  const about = JSON.parse(await firstLine(child)) as { readonly port?: number; readonly version?: string };
  if (about.port === undefined) return undefined;
  return {
    url: `http://127.0.0.1:${about.port}`,
    title: `${title} ${about.version}`,
    close: () => end(child),
  };
}

const PEER = "cookie-session";

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** npm's cookie-session, from where `npm install cookie-session` was run; undefined without such a place. */
export async function startCookieSession(secret: string): Promise<Site | undefined> {
  const folder = process.env.COOKIE_SESSION_DIR;
  if (folder === undefined) return undefined;
  const require = createRequire(join(resolve(folder), "package.json"));
  const middleware = (require(PEER) as (options: object) => Middleware)({ keys: [secret] });
  const server = createServer((request, response) => {
    middleware(request, response, () => answer(request as never, response));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { version } = require(`${PEER}/package.json`) as { readonly version: string };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    title: `cookie-session ${version}`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(
  request: IncomingMessage & { session: { user?: unknown } | null },
  response: ServerResponse,
): void {
  if (request.url === "/login") request.session = { user: "ada" };
  if (request.url === "/logout") request.session = null;
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ user: request.session?.user ?? null }));
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("it has no output");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("it ended before it listened");
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.stdin?.end();
  child.kill("SIGTERM");
  await ended;
}
