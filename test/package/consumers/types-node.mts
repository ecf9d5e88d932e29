import { createServer } from "node:http";
import { createSessions } from "cookiesess/session";
import { attachSession } from "cookiesess/session/node";
import "./session-data.mjs";

const sessions = createSessions({ secret: "s" });
createServer(async (request, response) => {
  const session = await attachSession(sessions, request, response, (error: unknown) =>
    response.destroy(error as Error),
  );
  const cart: number[] | undefined = session.get("cart");
  // @ts-expect-error no such key
  session.get("user");
  response.end(JSON.stringify(cart));
});
