import { session } from "cookiesess/session/fastify";
import fastify from "fastify";
import "./session-data.mjs";

const app = fastify();
app.register(session, { secret: "s" });
// @ts-expect-error a secret is required
app.register(session, { maxAge: 1 });
app.get("/", async (request) => {
  const cart: number[] | undefined = request.session.get("cart");
  // @ts-expect-error no such key
  request.session.get("user");
  return cart;
});
