import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { FORGED, failure, GENUINE, reply, serve, serveRaw, simple, target, text } from "./servers.ts";

describe("failures", () => {
  /** Knows two cookies: the genuine one, and one that it does something to. */
  function served(bad: (request: IncomingMessage, response: ServerResponse) => void): RequestListener {
    return (request, response) =>
      request.headers.cookie === FORGED.header ? bad(request, response) : simple(request, response);
  }

  test.each([
    [500, "500 Internal Server Error"],
    [503, "503 Service Unavailable"],
    [599, "599"],
  ])("a status of %d", async (status, detail) => {
    const { url } = await serve(served(text("Hello alice", status)));
    const attacked = target(url);
    await attacked.learn(GENUINE);
    expect(await attacked.send(FORGED)).toMatchObject({ verdict: "error", detail });
  });

  test("a header that the server finds too large is refused", async () => {
    const { url } = await serve(simple);
    const attacked = target(url);
    await attacked.learn(GENUINE);
    const answer = await attacked.send({ header: `${GENUINE.header}${"x".repeat(20_000)}` });
    expect(answer).toMatchObject({ verdict: "refused", detail: "431, 0 B" });
  });

  test.each(["before an answer", "in the middle of one"])("a connection that closes %s", async (when) => {
    let asked = 0;
    const { url } = await serve(
      served((_request, response) => {
        asked += 1;
        if (when === "in the middle of one") response.writeHead(200, { "Content-Length": 99 }).write("Hello");
        setTimeout(() => response.destroy(), 20);
      }),
    );
    const attacked = target(url);
    await attacked.learn(GENUINE);
    expect(await attacked.send(FORGED)).toMatchObject({ verdict: "error", detail: "connection closed" });
    expect(asked).toBe(when === "in the middle of one" ? 1 : 2);
    expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
  });

  test("what is no HTTP", async () => {
    const { url } = await serveRaw((socket, head) => {
      if (head.includes(FORGED.header)) socket.end("220 mail.example ESMTP\r\n");
      else reply(socket, head.includes("genuine") ? "Hello alice" : "Log in");
    });
    const attacked = target(url);
    await attacked.learn(GENUINE);
    expect(await attacked.send(FORGED)).toMatchObject({
      verdict: "error",
      detail: "an answer that is no HTTP",
    });
  });

  test.each(["no answer", "half of one"])("%s in time", async (what) => {
    const { url } = await serve(
      served((_request, response) => {
        if (what === "half of one") response.writeHead(200).write("Hello alice");
      }),
    );
    const attacked = target(url, { timeout: 1_500 });
    await attacked.learn(GENUINE);
    const answer = await attacked.send(FORGED);
    expect(answer).toMatchObject({ verdict: "error", detail: "no answer in 1.5 s" });
    expect(answer.milliseconds).toBeGreaterThan(1_400);
  });

  test("answers are slow from twenty times the usual", async () => {
    const { url } = await serve((request, response) => {
      setTimeout(() => simple(request, response), 50);
    });
    const attacked = target(url);
    await attacked.learn(GENUINE);
    expect(attacked.slowFrom).toBeGreaterThanOrEqual(20 * 49);
  });

  test("an endless body is not read to its end", async () => {
    const { url } = await serve(
      served((_request, response) => {
        const more = () => {
          while (!response.destroyed && response.write("x".repeat(65_536)));
        };
        response.on("drain", more);
        more();
      }),
    );
    const attacked = target(url);
    await attacked.learn(GENUINE);
    expect(await attacked.send(FORGED)).toMatchObject({ verdict: "refused", detail: "200, over 1 MiB" });
  });

  test("nobody there", async () => {
    const { url, stop } = await serve(simple);
    await stop();
    const { message, hint } = await failure(target(url).learn(GENUINE));
    expect(message).toBe(`${new URL(url).origin} does not answer (ECONNREFUSED)`);
    expect(hint).toBe("is the server running?");
  });

  test("a server that restarts is waited for", async () => {
    const { url, port, stop } = await serve(simple);
    const attacked = target(url);
    await attacked.learn(GENUINE);
    await stop();
    const answer = attacked.send(GENUINE);
    await sleep(300);
    await serve(simple, port);
    expect(await answer).toMatchObject({ verdict: "accepted" });
  });

  test("one that stays away: the request whose connection it closed failed, and no other is sent", async () => {
    const { url, stop } = await serve(simple);
    const attacked = target(url);
    await attacked.learn(GENUINE);
    await stop();
    expect(await attacked.send(GENUINE)).toMatchObject({ verdict: "error", detail: "connection closed" });
    const { message } = await failure(Promise.resolve(attacked.send(GENUINE)));
    expect(message).toBe("the target is gone (ECONNREFUSED)");
  }, 20_000);

  test("idle connections that the server has closed are no failure", async () => {
    const { url, server, connections } = await serve(simple);
    const attacked = target(url, { concurrency: 8 });
    await attacked.learn(GENUINE);
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 8 }, () => attacked.send(GENUINE)));
      const before = connections();
      server.closeIdleConnections();
      const answers = await Promise.all(Array.from({ length: 8 }, () => attacked.send(GENUINE)));
      expect(answers.map(({ verdict }) => verdict)).toEqual(answers.map(() => "accepted"));
      expect(connections()).toBeGreaterThan(before);
    }
  });
});
