import { session } from "cookiesess/session/hono";
import { Hono } from "hono";
import "./session-data.mjs";

const app = new Hono();
app.use(session({ secret: "s" }));
app.get("/", (c) => {
  const cart: number[] | undefined = c.get("session").get("cart");
  // @ts-expect-error no such key
  c.var.session.get("user");
  return c.json(cart ?? []);
});
