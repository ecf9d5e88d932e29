import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";

/** A response, read to its end. */
export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asked {
  readonly method?: "GET" | "POST";
  readonly form?: Readonly<Record<string, string>>;
  /** The whole `Cookie:` header. */
  readonly cookie?: string | undefined;
  readonly agent?: Agent;
}

/** One request over HTTP/1.1. @throws what the socket throws */
export function ask(url: string, { method = "GET", form, cookie, agent }: Asked = {}): Promise<Page> {
  const body = form && new URLSearchParams(form).toString();
  const headers: OutgoingHttpHeaders = {};
  if (cookie !== undefined) headers.Cookie = cookie;
  if (body !== undefined) headers["Content-Type"] = "application/x-www-form-urlencoded";
  if (method === "POST") headers["Content-Length"] = Buffer.byteLength(body ?? "");
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, ...(agent && { agent }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, text: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.setTimeout(20_000, () => outgoing.destroy(new Error(`no answer from ${url}`)));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** A `Set-Cookie` line: the attributes as they are spelled and in their order. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

export function readSetCookie(line: string): SetCookie {
  const [[name, value], ...attributes] = line.split(";").map((part) => {
    const [key = "", ...rest] = part.trim().split("=");
    return [key, rest.join("=")] as const;
  }) as [readonly [string, string], ...(readonly [string, string])[]];
  return { name, value, attributes };
}

/** The attribute's value, empty where it has none; undefined when it is not there. */
export function attributeOf({ attributes }: SetCookie, name: string): string | undefined {
  return attributes.findLast(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

interface Kept {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** Unix milliseconds; infinite: until the browser closes. */
  readonly until: number;
}

/**
 * The cookies that a browser keeps for one host, whatever the port: RFC 6265, sections 5.3 and 5.4. It knows one host
 * over plain HTTP, so `Domain`, `Secure` and `SameSite` decide nothing here.
 */
export class Jar {
  #cookies = new Map<string, Kept>();

  take(lines: readonly string[], requestPath: string): void {
    for (const line of lines) {
      const cookie = readSetCookie(line);
      const asked = attributeOf(cookie, "Path");
      const path = asked?.startsWith("/") ? asked : requestPath.replace(/(?!^)\/[^/]*$/, "");
      const kept = { name: cookie.name, value: cookie.value, path, until: endOf(cookie) };
      this.#cookies.set(`${kept.name};${path}`, kept);
    }
  }

  /** What is sent along: longer paths first. */
  header(requestPath: string): string | undefined {
    const sent = this.#live.filter(({ path }) => covers(path, requestPath));
    sent.sort((a, b) => b.path.length - a.path.length);
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  get(name: string): string | undefined {
    return this.#live.find((cookie) => cookie.name === name)?.value;
  }

  /** Puts a cookie at `/`, as who edits it in the browser's tools does. */
  set(name: string, value: string): void {
    this.#cookies.set(`${name};/`, { name, value, path: "/", until: Number.POSITIVE_INFINITY });
  }

  /** Ends what was to live as long as the browser. */
  closeBrowser(): void {
    for (const [key, { until }] of this.#cookies) if (!Number.isFinite(until)) this.#cookies.delete(key);
  }

  get #live(): Kept[] {
    const now = Date.now();
    return [...this.#cookies.values()].filter(({ until }) => until > now);
  }
}

/** `Max-Age` goes before `Expires`. */
function endOf(cookie: SetCookie): number {
  const age = attributeOf(cookie, "Max-Age");
  if (age !== undefined && /^-?\d+$/.test(age)) return Date.now() + Number(age) * 1000;
  const expires = Date.parse(attributeOf(cookie, "Expires") ?? "");
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires;
}

function covers(path: string, requestPath: string): boolean {
  return requestPath === path || requestPath.startsWith(path.endsWith("/") ? path : `${path}/`);
}

/** Visits servers with one jar. */
export class Browser {
  readonly jar = new Jar();
  readonly #agent: Agent | undefined;

  /** `agent`: keeps connections; without, each request has its own. */
  constructor(agent?: Agent) {
    this.#agent = agent;
  }

  get(url: string): Promise<Page> {
    return this.#visit(url, {});
  }

  send(url: string, form: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#visit(url, { method: "POST", form });
  }

  /** Redirects are not followed. */
  async #visit(url: string, asked: Asked): Promise<Page> {
    const { pathname } = new URL(url);
    const agent = this.#agent ?? new Agent({ keepAlive: false });
    const page = await ask(url, { ...asked, agent, cookie: this.jar.header(pathname) });
    this.jar.take(page.headers["set-cookie"] ?? [], pathname);
    return page;
  }
}
