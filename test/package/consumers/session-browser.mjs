import { createSessions } from "cookiesess/session";
import { session as honoSession } from "cookiesess/session/hono";
import { session } from "cookiesess/session/web";
import { Hono } from "hono";

const sessions = createSessions({ secret: "s", secure: false });
const withSession = session(sessions);
const login = await withSession(new Request("http://localhost/"), (opened) => {
  opened.set("user", "ann");
  return new Response("welcome");
});
const [cookie] = login.headers.getSetCookie()[0].split(";");
const app = new Hono();
app.use(honoSession(sessions));
app.get("/", (c) => c.text(c.get("session").get("user", "nobody")));
console.log(await (await app.request("/", { headers: { cookie } })).text());
