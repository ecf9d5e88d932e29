import type { Server as HttpServer } from "node:http";
import { asker, type Server } from "./cases.ts";

/** Listens on a free port of the loopback. */
export async function listen(server: HttpServer): Promise<Server> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    ask: asker(url),
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
