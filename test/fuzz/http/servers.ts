import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createNetServer, type Socket } from "node:net";
import { expect, onTestFinished } from "vitest";
import type { Hostile } from "../../../src/fuzz/hostile.ts";
import { type HttpTargetOptions, httpTarget } from "../../../src/fuzz/http-target.ts";
import { FuzzError, type Target } from "../../../src/fuzz/target.ts";

export const GENUINE = cookie("genuine.0123456789abcdefghij");
export const FORGED = cookie("genuine.0000000000zzzzzzzzzz");

export function cookie(value: string): Hostile {
  return { header: `session=${value}`, pairs: [{ name: "session", value }] };
}

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Connections so far. */
  readonly connections: () => number;
  stop(): Promise<void>;
}

export async function serve(listener: RequestListener, port = 0): Promise<Listening> {
  const server = createServer(listener);
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  onTestFinished(stop);
  const address = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${address.port}/me`, port: address.port, server, stop },
    connections: () => connections,
  };
}

/** Records what arrives, byte for byte, and answers every request of GET, or does what `answer` does. */
export async function serveRaw(
  answer: (socket: Socket, head: Buffer) => void,
): Promise<{ readonly url: string; readonly heads: Buffer[] }> {
  const heads: Buffer[] = [];
  const server = createNetServer((socket) => {
    let seen = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      seen = Buffer.concat([seen, chunk]);
      for (let end = seen.indexOf("\r\n\r\n"); end !== -1; end = seen.indexOf("\r\n\r\n")) {
        const head = seen.subarray(0, end);
        seen = seen.subarray(end + 4);
        heads.push(head);
        answer(socket, head);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/me`, heads };
}

export function reply(socket: Socket, body: string, status = "200 OK"): void {
  socket.write(`HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** A target that is closed with the test. */
export function target(url: string, options: Partial<HttpTargetOptions> = {}): Target {
  const made = httpTarget({ url, concurrency: 4, authorizedHosts: [], secrets: [], ...options });
  onTestFinished(() => made.close?.());
  return made;
}

/** Whether a request has the genuine cookie. */
export function isGenuine(header: string | undefined): boolean {
  return header?.includes(GENUINE.header) === true;
}

/** An application that knows who is logged in. */
export function app(genuine: RequestListener, nobody: RequestListener): RequestListener {
  return (request, response) =>
    isGenuine(request.headers.cookie) ? genuine(request, response) : nobody(request, response);
}

export const text =
  (body: string | (() => string), status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status).end(typeof body === "string" ? body : body());
  };

export const redirect =
  (location: string): RequestListener =>
  (_request, response) => {
    response.writeHead(302, { Location: location }).end();
  };

export const simple = app(text("Hello alice"), text("Log in"));

/** The error that a promise is rejected with. */
export async function failure(
  promise: Promise<unknown>,
): Promise<{ message: string; hint: string | undefined }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FuzzError);
  const { message, hint } = error as FuzzError;
  return { message, hint };
}
