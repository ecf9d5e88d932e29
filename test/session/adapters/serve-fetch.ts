import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { asker, type Server } from "./cases.ts";

/** Serves a function from requests to responses, on a free port of the loopback. */
export function serveFetch(fetch: (request: Request) => Response | Promise<Response>): Promise<Server> {
  return new Promise((resolve) => {
    const server = serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }: AddressInfo) => {
      const url = `http://127.0.0.1:${port}`;
      resolve({ url, ask: asker(url), close: () => new Promise((closed) => server.close(closed)) });
    });
  });
}
