/** The servers that share sessions: a real Django, the demo, and a small service of our own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startDemo } from "../../src/demo/server.ts";
import { createSessions, type SessionOptions } from "../../src/session/index.ts";
import { attachSession } from "../../src/session/node.ts";

/** The same store on both sides: SESSION_ENGINE (see session.py) and the option `backend`. */
export interface Engine {
  readonly name: string;
  readonly module: string;
  readonly backend: "signed_cookies" | "django-cookie-sessions";
}

/** How a server is started. */
export interface Setup {
  readonly secret: string;
  readonly fallbacks?: readonly string[];
}

export interface About {
  readonly port: number;
  readonly version: string;
  readonly id: string;
  readonly password: string;
  readonly fallbacks: boolean;
  readonly dates: boolean;
}

export class NoDjango extends Error {}

interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** One Django and the servers on Node beside it. Each can be restarted with another setup; the users stay. */
export class Sites {
  readonly #engine: Engine;
  readonly #folder: string;
  #running: { readonly django: Running; readonly demo: Running; readonly service: Running } | undefined;
  #about: About | undefined;
  #clock = 0;

  constructor(engine: Engine, folder: string) {
    this.#engine = engine;
    this.#folder = folder;
  }

  /** @throws {NoDjango} when the interpreter has none */
  async start(setup: Setup): Promise<void> {
    const django = await this.#startDjango(setup);
    this.#running = { django, demo: await this.#startDemo(setup), service: await this.#startService(setup) };
  }

  get about(): About {
    if (this.#about === undefined) throw new Error("Django has not started");
    return this.#about;
  }

  django(path: string): string {
    return new URL(path, this.#sites.django.url).href;
  }

  demo(path: string): string {
    return new URL(path, this.#sites.demo.url).href;
  }

  /** The service of `answerExpiry`, for what the demo has no form for. */
  service(path: string): string {
    return new URL(path, this.#sites.service.url).href;
  }

  async restartDjango(setup: Setup): Promise<void> {
    await this.#sites.django.close();
    this.#running = { ...this.#sites, django: await this.#startDjango(setup) };
  }

  /** The demo and the service. */
  async restartNode(setup: Setup): Promise<void> {
    await Promise.all([this.#sites.demo.close(), this.#sites.service.close()]);
    const [demo, service] = [await this.#startDemo(setup), await this.#startService(setup)];
    this.#running = { ...this.#sites, demo, service };
  }

  /** Seconds ahead of the time. Django restarts with it; for Node it goes by while the servers run. */
  async setClock(clock: number, setup: Setup): Promise<void> {
    this.#clock = clock;
    await this.restartDjango(setup);
  }

  async restart(setup: Setup): Promise<void> {
    await this.restartDjango(setup);
    await this.restartNode(setup);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#running ?? {}).map((site: Running) => site.close()));
    this.#running = undefined;
  }

  get #sites() {
    if (this.#running === undefined) throw new Error("the servers have not started");
    return this.#running;
  }

  async #startDjango({ secret, fallbacks = [] }: Setup): Promise<Running> {
    const script = fileURLToPath(new URL("session.py", import.meta.url));
    const database = join(this.#folder, "db.sqlite3");
    const config = { database, secret, fallbacks, engine: this.#engine.module, clock: this.#clock };
    const child = spawn(process.env.PYTHON ?? "/usr/bin/python3", [script, JSON.stringify(config)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = once(child, "close");
    const answer = JSON.parse(await firstLine(child)) as About | { readonly missing: string };
    if ("missing" in answer) throw new NoDjango(answer.missing);
    this.#about = answer;
    const close = async () => {
      child.stdin.end();
      await ended;
    };
    return { url: `http://127.0.0.1:${answer.port}/`, close };
  }

  #startDemo({ secret, fallbacks = [] }: Setup): Promise<Running> {
    const { version, password } = this.about;
    const { backend } = this.#engine;
    const now = () => Date.now() / 1000 + this.#clock;
    const common = { secret, fallbacks: [...fallbacks], version, backend, now };
    return startDemo({ ...common, django: true, passwordHash: password, log: () => undefined });
  }

  async #startService({ secret, fallbacks = [] }: Setup): Promise<Running> {
    const now = () => Date.now() / 1000 + this.#clock;
    const { backend } = this.#engine;
    const server = createServer(
      answerExpiry({ secret, fallbacks, version: this.about.version, backend, now, secure: false }),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, close: () => closeServer(server) };
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("Django has no stdout");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("Django's process ended");
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** As the view `expiry` of session.py; a value that cannot be kept is a 409 with the reason. */
function answerExpiry(options: SessionOptions<Record<string, never>>) {
  const sessions = createSessions(options);
  return async (request: IncomingMessage, response: ServerResponse) => {
    const session = await attachSession(sessions, request, response);
    try {
      if (request.method === "POST") {
        const value = JSON.parse((await textOf(request)).get("value") ?? "") as string | number | null;
        session.setExpiry(typeof value === "string" ? new Date(value) : value);
        session.save();
      }
      const [age, date] = [session.getExpiryAge(), session.getExpiryDate().getTime() / 1000];
      response.end(JSON.stringify({ age, date, browserClose: session.getExpireAtBrowserClose() }));
    } catch (error) {
      session.modified = false;
      response.writeHead(409).end(String(error));
    }
  };
}

async function textOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}
