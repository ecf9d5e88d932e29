import { describe, expect, test } from "vitest";
import {
  app,
  cookie,
  FORGED,
  failure,
  GENUINE,
  redirect,
  reply,
  serve,
  serveRaw,
  simple,
  target,
  text,
} from "./servers.ts";

describe("requests", () => {
  async function record(options: Parameters<typeof target>[1], path = "/me?a=1") {
    const requests: { line: string; headers: string[]; body: string }[] = [];
    const { port } = await serve((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        requests.push({ line: `${request.method} ${request.url}`, headers: request.rawHeaders, body });
        simple(request, response);
      });
    });
    const attacked = target(`http://127.0.0.1:${port}${path}`, options);
    await attacked.learn(GENUINE);
    return { requests, attacked, port };
  }

  test("a plain one is as curl's", async () => {
    const { requests, port } = await record({});
    const headers = ["Host", `127.0.0.1:${port}`, "User-Agent", "cookiesess", "Accept", "*/*"];
    const keptOpen = ["Connection", "keep-alive"];
    expect(requests.slice(0, 2)).toEqual([
      { line: "GET /me?a=1", headers: [...headers, "Cookie", GENUINE.header, ...keptOpen], body: "" },
      { line: "GET /me?a=1", headers: [...headers, ...keptOpen], body: "" },
    ]);
  });

  test("method, headers, body and other cookies are sent as given", async () => {
    const { requests } = await record({
      method: "put",
      data: '{"name":"Zoë"}',
      headers: [
        ["content-type", "application/json"],
        ["X-Twice", "1"],
        ["X-Twice", "2"],
      ],
      otherCookies: "csrftoken=x; theme=dark",
    });
    expect(requests[0]).toMatchObject({ line: "PUT /me?a=1", body: '{"name":"Zoë"}' });
    const sent = requests[0]?.headers.join("|");
    expect(sent).toContain("|content-type|application/json|X-Twice|1|X-Twice|2|Content-Length|15|");
    expect(sent).not.toContain("urlencoded");
    expect(sent).toContain(`|Cookie|csrftoken=x; theme=dark; ${GENUINE.header}|`);
    expect(requests[1]?.headers.join("|")).toContain("|Cookie|csrftoken=x; theme=dark|");
  });

  test("a body alone is a POST of a form", async () => {
    const { requests } = await record({ data: "a=1" });
    expect(requests[0]).toMatchObject({ line: "POST /me?a=1", body: "a=1" });
    expect(requests[0]?.headers.join("|")).toContain("|Content-Type|application/x-www-form-urlencoded|");
  });

  test.each([
    [{ headers: [["Cookie", "a=1"]] as const }, "--header holds cookies"],
    [{ headers: [["a b", "1"]] as const }, '"a b" is no header that can be sent'],
    [{ headers: [["a", "1\r\nb: 2"]] as const }, '"a" is no header that can be sent'],
    [{ headers: [["Content-Length", "1"]] as const }, "--header cannot set Content-Length"],
    [{ method: "G ET" }, '"G ET" is no method of HTTP'],
    [{ otherCookies: "a=1\r\nb: 2" }, "the other cookies hold a line break"],
  ])("%j is refused", (options, message) => {
    expect(() => target("http://127.0.0.1/", options)).toThrow(message);
  });

  test("every byte but line breaks arrives as it is, on new connections and on old ones", async () => {
    const { url, heads } = await serveRaw((socket, head) =>
      reply(socket, head.includes("genuine") ? "Hello alice" : "Log in"),
    );
    const attacked = target(url, { concurrency: 1, otherCookies: "\x01=\xff" });
    await attacked.learn(GENUINE);
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).filter(
      (byte) => byte !== 10 && byte !== 13,
    );
    const all = Buffer.from(bytes).toString("latin1");
    for (const header of [`a=${all}`, "", "Cookie: 616263", " \t", "x".repeat(8_000)]) {
      const { verdict } = await attacked.send({ header });
      expect(verdict).toBe("refused");
      const expected = Buffer.from(`\r\nCookie: \x01=\xff; ${header}\r\n`, "latin1");
      expect(heads.at(-1)?.includes(expected)).toBe(true);
    }
  });

  test("line breaks, and what is no byte, are not sent", async () => {
    const { url, heads } = await serveRaw((socket, head) =>
      reply(socket, head.includes("genuine") ? "Hello alice" : "Log in"),
    );
    const attacked = target(url);
    await attacked.learn(GENUINE);
    const before = heads.length;
    for (const header of ["a=1\r\nX: y", "a=\n", "a=\r", "a=\u20ac"]) {
      expect(await attacked.send({ header })).toMatchObject({ verdict: "refused", detail: "not sendable" });
      expect(attacked.reproduce({ header })).toBeUndefined();
    }
    expect(heads.length).toBe(before);
  });

  test("redirects are not followed", async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await serve((request, response) => {
      asked.push(request.url);
      app(text("Hello"), redirect("/login"))(request, response);
    });
    await target(url).learn(GENUINE);
    expect(new Set(asked)).toEqual(new Set(["/me"]));
  });

  test("connections are kept, as many as may be used at once", async () => {
    const { url, connections } = await serve(simple);
    const attacked = target(url, { concurrency: 3 });
    await attacked.learn(GENUINE);
    await Promise.all(Array.from({ length: 200 }, () => attacked.send(FORGED)));
    expect(connections()).toBe(3);
  });

  test("waiting for a connection is not the answer's time", async () => {
    const { url } = await serve((request, response) => {
      setTimeout(() => simple(request, response), 30);
    });
    const attacked = target(url, { concurrency: 1, timeout: 1_000 });
    await attacked.learn(GENUINE);
    const answers = await Promise.all(Array.from({ length: 40 }, () => attacked.send(FORGED)));
    expect(answers.map(({ verdict }) => verdict)).toEqual(answers.map(() => "refused"));
  });

  test("a rate is kept", async () => {
    const times: number[] = [];
    const { url } = await serve((request, response) => {
      times.push(performance.now());
      simple(request, response);
    });
    const attacked = target(url, { rate: 50 });
    await attacked.learn(GENUINE);
    await Promise.all(Array.from({ length: 10 }, () => attacked.send(FORGED)));
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(15 * 20 * 0.9);
  });

  test("a limit of the server's is obeyed", async () => {
    let count = 0;
    const { url } = await serve((request, response) => {
      if (count++ === 7) response.writeHead(429, { "Retry-After": "1" }).end();
      else simple(request, response);
    });
    const attacked = target(url);
    await attacked.learn(GENUINE);
    await attacked.send(FORGED);
    expect(await attacked.send(GENUINE)).toMatchObject({ verdict: "accepted" });
    expect(count).toBe(9);
  });

  test("a limit that stays is an error", async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(429, { "Retry-After": "3600" }).end();
    });
    const { message, hint } = await failure(target(url).learn(GENUINE));
    expect(message).toBe("the target refuses so many requests (429)");
    expect(hint).toContain("--rate");
  });
});

test("1,000 requests take little time", async () => {
  const { url } = await serve(simple);
  const attacked = target(url);
  await attacked.learn(GENUINE);
  const started = performance.now();
  let left = 1_000;
  const worker = async () => {
    while (left-- > 0) expect((await attacked.send(cookie(`genuine.${left}`))).verdict).toBe("refused");
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  expect(performance.now() - started).toBeLessThan(10_000);
});
