import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  app,
  FORGED,
  failure,
  GENUINE,
  isGenuine,
  redirect,
  serve,
  simple,
  target,
  text,
} from "./servers.ts";

describe("what tells the genuine session from nobody", () => {
  const changing = (who: string) => () =>
    `<p>${who}<input value="${randomBytes(16).toString("hex")}"> request ${randomBytes(4).readUInt32BE()}`;

  const json = (value: object) => text(JSON.stringify(value));

  test.each([
    ["the body", app(text(changing("Hello alice")), text(changing("Log in")))],
    ["the body", app(json({ user: 42 }), json({ user: null }))],
    ["the body", app(json({ ok: true }), json({ ok: false }))],
    ["the body", app(text(""), text("Log in"))],
    ["the body", app(text("OK"), text("OK, but log in"))],
    ["the status", app(text("Hello"), text("Hello", 401))],
    ["the status", app(text("Hello"), redirect("/login"))],
    ["the redirect", app(redirect("/home?token=1"), redirect("/login?next=/me"))],
    ["the redirect", app(redirect("/home"), redirect("https://login.example/home"))],
  ])("is %s (%#)", async (toldApartBy, listener) => {
    const { url } = await serve(listener);
    const attacked = target(url);
    expect(await attacked.learn(GENUINE)).toMatchObject({ toldApartBy });
    expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
    expect((await attacked.send(FORGED)).verdict).toBe("refused");
    expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
  });

  test("is the cookie that nobody is given, where all else is the same", async () => {
    const { url } = await serve((request, response) => {
      if (!isGenuine(request.headers.cookie)) response.setHeader("Set-Cookie", "sessionid=new; Path=/");
      response.end("The shop");
    });
    const attacked = target(url);
    expect(await attacked.learn(GENUINE)).toMatchObject({ toldApartBy: "Set-Cookie" });
    expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
    expect((await attacked.send(FORGED)).verdict).toBe("refused");
  });

  test("a page that only tells the cookie's size does not tell who is logged in", async () => {
    const size = (request: IncomingMessage) =>
      JSON.stringify({ user: null, size: request.headers.cookie?.length ?? 0 });
    const { url } = await serve((request, response) => response.end(size(request)));
    expect((await failure(target(url).learn(GENUINE))).message).toContain("the same answer as no cookie");
  });

  test.each([401, 403])("a genuine cookie that is answered with %i has ended", async (status) => {
    const { url } = await serve(app(text("You have been logged out", status), text("Log in", status)));
    expect((await failure(target(url).learn(GENUINE))).message).toContain("is not let in");
  });

  test("a third answer is a refusal, although it is no answer to nobody", async () => {
    const { url } = await serve((request, response) => {
      if (request.headers.cookie === undefined) text("Log in")(request, response);
      else if (isGenuine(request.headers.cookie)) text("Hello alice")(request, response);
      else text("That is no cookie")(request, response);
    });
    const attacked = target(url);
    await attacked.learn(GENUINE);
    expect((await attacked.send(FORGED)).verdict).toBe("refused");
  });

  test("a server that accepts a forgery is found out", async () => {
    const { url } = await serve((request, response) =>
      text(request.headers.cookie?.includes("genuine") ? "Hello alice" : "Log in")(request, response),
    );
    const attacked = target(url);
    expect(await attacked.learn(GENUINE)).toEqual({
      genuine: "200, 11 B",
      nobody: "200, 6 B",
      toldApartBy: "the body",
    });
    expect(await attacked.send(FORGED)).toMatchObject({ verdict: "accepted", detail: "200, 11 B" });
  });

  test("a page that shows its cookie accepts other cookies", async () => {
    const { url } = await serve((request, response) =>
      text(request.headers.cookie ? `Hello alice: ${request.headers.cookie}` : "Log in")(request, response),
    );
    const attacked = target(url);
    await attacked.learn(GENUINE);
    expect(await attacked.send(FORGED)).toMatchObject({ verdict: "accepted", reflects: undefined });
  });

  test("a clock that shows seconds, and one that shows minutes, are no part of it", async () => {
    let minutes = 13;
    const { url } = await serve(
      app(
        text(() => `Hello user 42, ends in ${Math.trunc(Date.now() / 1000)} s, ${minutes} minutes left`),
        text("Log in"),
      ),
    );
    const attacked = target(url);
    await attacked.learn(GENUINE);
    await sleep(1_000);
    expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
    minutes = 12;
    expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
    expect((await attacked.send(FORGED)).verdict).toBe("refused");
  });

  test("a session that ends is not accepted any more", async () => {
    let over = false;
    const { url } = await serve((request, response) =>
      text(isGenuine(request.headers.cookie) && !over ? "Hello user 42" : "Hello user 0, log in")(
        request,
        response,
      ),
    );
    const attacked = target(url);
    await attacked.learn(GENUINE);
    over = true;
    expect((await attacked.send(GENUINE)).verdict).toBe("refused");
  });

  test("a new cookie with every answer is not taken", async () => {
    const seen = new Set<string | undefined>();
    const { url } = await serve((request, response) => {
      seen.add(request.headers.cookie);
      response.setHeader("Set-Cookie", `session=${randomBytes(8).toString("hex")}`);
      simple(request, response);
    });
    const attacked = target(url);
    await attacked.learn(GENUINE);
    await attacked.send(GENUINE);
    expect(seen).toEqual(new Set([undefined, GENUINE.header]));
  });

  test("nothing is an error", async () => {
    const { url } = await serve(text(changing("Hello")));
    expect(await failure(target(url).learn(GENUINE))).toEqual({
      message: expect.stringMatching(/^the genuine cookie gets the same answer as no cookie: 200, \d+ B$/),
      hint: expect.stringContaining("--logged-in TEXT"),
    });
  });

  test("a genuine session that is answered in two ways is an error", async () => {
    let turn = 0;
    const { url } = await serve(
      app((...both) => (turn++ % 2 === 0 ? text("Hello") : redirect("/login"))(...both), redirect("/login")),
    );
    expect(await failure(target(url).learn(GENUINE))).toEqual({
      message: "the genuine cookie gets different answers: 200, 5 B, and 302 to /login",
      hint: expect.stringContaining("--logged-in TEXT"),
    });
  });

  test("a genuine session that fails is an error", async () => {
    const { url } = await serve(app(text("", 500), text("Log in")));
    const { message } = await failure(target(url).learn(GENUINE));
    expect(message).toBe("the genuine cookie is answered with 500 Internal Server Error");
  });
});

describe("--logged-in", () => {
  test.each(["alice", "/hello\\s+ALICE/i", "status:200"])("%s says who is logged in", async (loggedIn) => {
    const { url } = await serve(app(text("Hello alice"), text("Log in", 401)));
    const attacked = target(url, { loggedIn });
    expect((await attacked.learn(GENUINE)).toldApartBy).toBe("--logged-in");
    expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
    expect((await attacked.send(FORGED)).verdict).toBe("refused");
  });

  test.each([
    ["log in", "the answer to the genuine cookie is not as --logged-in says"],
    ["l", "--logged-in is true of an answer without the cookie, too"],
  ])("%j does not", async (loggedIn, message) => {
    const { url } = await serve(app(text("Hello alice"), text("Please log in")));
    expect((await failure(target(url, { loggedIn }).learn(GENUINE))).message).toBe(message);
  });

  test.each([
    ["", "an empty text is in every answer"],
    ["status:20", '"20" is no status'],
    ["/(/", "Invalid regular expression"],
  ])("%j is refused", (loggedIn, message) => {
    expect(() => target("http://127.0.0.1/", { loggedIn })).toThrow(message);
  });
});
