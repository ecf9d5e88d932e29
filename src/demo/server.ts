import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answer } from "./answer.ts";
import { pathOf } from "./http.ts";
import type { DemoOptions } from "./options.ts";
import { makeSite } from "./site.ts";

export interface Demo {
  /** `http://127.0.0.1:` and the port. */
  readonly url: string;
  /** Takes no more requests, and resolves when those under way are answered; at most some seconds later. */
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
/** Milliseconds. */
const TIMES = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};
const PATIENCE = 3_000;

/**
 * Starts the demo server on 127.0.0.1.
 * @throws {TypeError} as `makeSite`
 * @throws {Error} with the system's `code` when it cannot listen: EADDRINUSE, EACCES
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const site = makeSite(options);
  const { log = () => undefined } = options;
  const server = createServer(TIMES, (request, response) => {
    noteAtEnd(request, response, log);
    void answer(site, request, response);
  });
  const close = closing(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, HOST, resolve);
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://${HOST}:${port}`, close };
}

/** How to end the server: idle connections at once, the others when their requests are answered. */
function closing(server: Server): () => Promise<void> {
  let running = 0;
  let isClosing = false;
  const endIfIdle = () => {
    if (isClosing && running === 0) server.closeAllConnections();
  };
  server.on("request", (_request, response) => {
    running++;
    response.on("close", () => {
      running--;
      endIfIdle();
    });
  });
  return () =>
    new Promise((resolve) => {
      isClosing = true;
      const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE);
      server.close(() => {
        clearTimeout(impatience);
        resolve();
      });
      endIfIdle();
    });
}

const LONGEST_PATH = 100;

function noteAtEnd(request: IncomingMessage, response: ServerResponse, log: (line: string) => void): void {
  const start = performance.now();
  response.on("close", () => {
    const path = pathOf(request).slice(0, LONGEST_PATH);
    const status = response.writableFinished ? response.statusCode : "aborted";
    log(`${request.method} ${path} ${status} ${(performance.now() - start).toFixed(1)} ms`);
  });
}
