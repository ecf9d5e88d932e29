import { Buffer } from "node:buffer";
import * as http from "node:http";
import * as https from "node:https";
import type { Place } from "./place.ts";
import { sendingRawCookies } from "./raw-cookie.ts";

/** One request. */
export interface Call {
  readonly place: Place;
  readonly method: string;
  /** Names and values in turns, as they are sent. */
  readonly headers: readonly string[];
  readonly body: Buffer | undefined;
}

export interface Reply {
  readonly status: number;
  /** Names and values in turns, as they were sent; one character a byte. */
  readonly headers: readonly string[];
  /** At most `MOST` bytes. */
  readonly body: Buffer;
  /** Where it redirects to. */
  readonly location: string | undefined;
  readonly retryAfter: string | undefined;
  readonly milliseconds: number;
}

/** A request without an answer, or without the whole of it. */
export interface Broken {
  readonly error: NodeJS.ErrnoException | "timeout";
  /** The connection had been idle: the server may have closed it before it saw the request. */
  readonly stale: boolean;
  readonly milliseconds: number;
}

type Outcome = Omit<Reply, "milliseconds"> | Omit<Broken, "milliseconds">;

/** Bytes of a body that are read. */
export const MOST = 1_048_576;

/** Bytes of an answer's headers; a server may send the cookie back in several. */
const MOST_OF_HEADERS = 262_144;

/** Connections for one kind of URL. */
export function createAgent(protocol: string, options: http.AgentOptions): http.Agent {
  const agent = protocol === "https:" ? new https.Agent(options) : new http.Agent(options);
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...args) => {
    const socket = connect(...args);
    return socket ? sendingRawCookies(socket) : socket;
  };
  return agent;
}

/** Sends one request and reads its answer. Redirects are answers. */
export function exchange(call: Call, agent: http.Agent, timeout: number): Promise<Reply | Broken> {
  return new Promise((resolve) => {
    const request = open(call, agent);
    let started = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let answered = false;
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      resolve({ ...outcome, milliseconds: performance.now() - started });
    };
    const broke = (error: Broken["error"]) =>
      settle({ error, stale: request.reusedSocket && !answered && error !== "timeout" });
    request.once("socket", () => {
      started = performance.now();
      timer = setTimeout(() => {
        broke("timeout");
        request.destroy();
      }, timeout);
    });
    request.once("response", (response) => {
      answered = true;
      read(response).then(settle, broke);
    });
    request.on("error", broke);
    request.once("close", () => answered || broke(new Error("closed")));
    request.end(call.body);
  });
}

function open({ place: { url, loopback, lookup }, method, headers }: Call, agent: http.Agent) {
  const secure = url.protocol === "https:";
  return (secure ? https : http).request({
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port,
    path: url.pathname + url.search,
    ...{ method, headers: [...headers], agent, lookup },
    insecureHTTPParser: true,
    maxHeaderSize: MOST_OF_HEADERS,
    // Certificates for this machine are the developer's own.
    rejectUnauthorized: !loopback,
  });
}

async function read(response: http.IncomingMessage): Promise<Omit<Reply, "milliseconds">> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST) break;
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.rawHeaders,
    body: Buffer.concat(chunks).subarray(0, MOST),
    location: response.headers.location,
    retryAfter: response.headers["retry-after"],
  };
}
