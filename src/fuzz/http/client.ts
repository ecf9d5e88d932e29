import { setTimeout as sleep } from "node:timers/promises";
import { FuzzError } from "../target.ts";
import { type Broken, type Call, createAgent, exchange, type Reply } from "./exchange.ts";

export interface ClientOptions {
  /** Milliseconds for one answer. */
  readonly timeout: number;
  /** Most connections. */
  readonly concurrency: number;
  /** Most requests a second. */
  readonly rate?: number | undefined;
}

export interface Client {
  /** @throws {FuzzError} when the server is not there, or no longer, or wants fewer requests */
  send(call: Call): Promise<Reply | Broken>;
  close(): void;
}

/** Milliseconds to wait for a server that refuses connections: a development server restarts after an exception. */
const RESTART = [50, 100, 200, 400, 800, 1_500, 3_000];

/** How often a server may ask for patience, and for how many seconds at most. */
const PATIENCE = { times: 3, seconds: 30 };

export function createClient({ timeout, concurrency, rate }: ClientOptions): Client {
  const kept = perProtocol({ keepAlive: true, maxSockets: concurrency });
  const fresh = perProtocol({ keepAlive: false, maxSockets: concurrency });
  const turn = pacer(rate);
  let reached = false;

  async function send(call: Call): Promise<Reply | Broken> {
    const { protocol } = call.place.url;
    let agents = kept;
    let refusals = 0;
    let delays = 0;
    let closed: Broken | undefined;
    for (;;) {
      await turn();
      const outcome = await exchange(call, agents(protocol), timeout);
      if ("error" in outcome && isUnreachable(outcome)) {
        const pause = reached ? RESTART[refusals++] : undefined;
        // It closed this request's connection, and is gone since: this may be why.
        if (pause === undefined && closed !== undefined) return closed;
        if (pause === undefined) throw unreachable(call, outcome, reached);
        await sleep(pause);
        continue;
      }
      reached = true;
      if ("error" in outcome && outcome.stale) {
        closed = outcome;
        agents = fresh;
      } else if ("status" in outcome && outcome.status === 429) await obey(outcome, delays++);
      else return outcome;
    }
  }

  return {
    send,
    close() {
      for (const agents of [kept, fresh]) for (const name of PROTOCOLS) agents(name).destroy();
    },
  };
}

const PROTOCOLS = ["http:", "https:"];

function perProtocol(options: { keepAlive: boolean; maxSockets: number }) {
  const agents = new Map(PROTOCOLS.map((name) => [name, createAgent(name, options)]));
  return (name: string) => agents.get(name) ?? createAgent(name, options);
}

/** Waits until the next request may be sent. */
function pacer(rate: number | undefined): () => Promise<void> {
  let next = 0;
  return async () => {
    if (rate === undefined) return;
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + 1_000 / rate;
    if (at > now) await sleep(at - now);
  };
}

/** No connection was made, or not the encrypted one that was asked for: nothing was said about a cookie. */
function isUnreachable({ error }: Broken): boolean {
  if (error === "timeout") return false;
  const { code = "", syscall } = error;
  return syscall === "connect" || !/^$|^ECONNRESET$|^EPIPE$|^ECONNABORTED$|^HPE_/.test(code);
}

function unreachable({ place: { url } }: Call, { error }: Broken, reached: boolean): FuzzError {
  const code = error === "timeout" ? error : (error.code ?? error.message);
  if (reached) return new FuzzError(`the target is gone (${code})`, "the last cookies may have ended it");
  return new FuzzError(`${url.origin} does not answer (${code})`, "is the server running?");
}

async function obey({ retryAfter }: Reply, delays: number): Promise<void> {
  const seconds = /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) : 1;
  if (delays === PATIENCE.times || seconds > PATIENCE.seconds) {
    throw new FuzzError(
      "the target refuses so many requests (429)",
      "--rate 10, or lift the limit for the test",
    );
  }
  await sleep(seconds * 1_000);
}
