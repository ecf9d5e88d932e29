import { session } from "cookiesess/session/express";
import express from "express";
import "./session-data.mjs";

const app = express();
app.use(session({ secret: "s" }));
app.get("/", (request, response) => {
  const cart: number[] | undefined = request.session.get("cart");
  // @ts-expect-error no such key
  request.session.get("user");
  response.json(cart);
});
