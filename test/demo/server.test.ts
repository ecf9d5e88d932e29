import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { startDemo } from "../../src/demo/server.ts";
import { Client, SECRET } from "./client.ts";

/** Sends bytes as they are, and gives what comes back until the server closes the connection. */
async function raw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (data) => {
    answer += data;
  });
  socket.on("error", () => undefined);
  socket.write(text, "latin1");
  await once(socket, "close");
  return answer;
}

const statusOf = (answer: string) => Number(answer.split(" ", 2)[1]);

test("listens on this machine alone, on a free port unless one is given", async () => {
  const first = await startDemo();
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const port = Number(new URL(first.url).port);
  await expect(startDemo({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await first.close();
  const second = await startDemo({ port });
  expect(second.url).toBe(first.url);
  await second.close();
});

test("without a secret every server has its own", async () => {
  const [one, two] = [await startDemo(), await startDemo()];
  const client = new Client(one.url);
  await client.post("/login", { user: "ada" });
  expect((await new Client(one.url, client.cookie).send("/me")).status).toBe(200);
  expect((await new Client(two.url, client.cookie).send("/me")).status).toBe(401);
  await Promise.all([one.close(), two.close()]);
});

test("a fallback is accepted, and the session signed again", async () => {
  const old = await startDemo({ secret: SECRET });
  const client = new Client(old.url);
  await client.post("/login", { user: "ada" });
  await old.close();
  const rotated = await startDemo({ secret: "another-secret", fallbacks: [SECRET] });
  const later = new Client(rotated.url, client.cookie);
  expect((await later.me()).user).toBe("ada");
  expect(later.cookie).not.toBe(client.cookie);
  await rotated.close();
  const retired = await startDemo({ secret: "another-secret" });
  expect((await new Client(retired.url, later.cookie).me()).user).toBe("ada");
  expect((await new Client(retired.url, client.cookie).me()).user).toBeNull();
  await retired.close();
});

test("logs a line a request, with nothing of its cookies, its query or its form", async () => {
  const lines: string[] = [];
  const demo = await startDemo({ log: (line) => lines.push(line) });
  const client = new Client(demo.url);
  await client.post("/login?token=hidden-query", { user: "hidden-name" });
  await client.send("/me?token=hidden-query");
  await client.send(`/${"n".repeat(200)}`);
  for (const code of ["\x1b", "\x7f", "\x9b"]) {
    await raw(demo.url, `GET /${code}[31m HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  }
  await demo.close();
  expect(lines).toEqual([
    expect.stringMatching(/^POST \/login 303 \d+\.\d ms$/),
    expect.stringMatching(/^GET \/me 200 \d+\.\d ms$/),
    expect.stringMatching(/^GET \/n{99} 404 \d+\.\d ms$/),
  ]);
  const text = lines.join("\n");
  expect(text).not.toContain("hidden");
  expect(text).not.toContain(client.cookie);
});

test("closing finishes the requests under way, and ends idle connections", async () => {
  const demo = await startDemo({ secret: SECRET });
  await new Client(demo.url).send("/");
  const { port } = new URL(demo.url);
  const silent = connect(Number(port), "127.0.0.1");
  const ended = once(
    silent.on("error", () => undefined),
    "close",
  );
  const socket = connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  socket.write(
    "POST /cart HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\n",
  );
  await once(socket, "data");
  expect(answer).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  const closed = demo.close();
  await expect(fetch(demo.url)).rejects.toThrow();
  socket.write("item=tea");
  await once(socket, "close");
  expect(answer).toContain("HTTP/1.1 303 See Other");
  await Promise.all([closed, ended]);
});

test("hostile requests get an answer, and others are served meanwhile", async () => {
  const demo = await startDemo({ secret: SECRET });
  const get = (header: string) => `GET /me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${header}\r\n\r\n`;
  const slow = connect(Number(new URL(demo.url).port), "127.0.0.1");
  slow.write("GET /me HTTP/1.1\r\nHost: x\r\nCookie: sess");
  const answers = await Promise.all([
    raw(demo.url, get(`Cookie: sessionid=${"x".repeat(65_536)}`)),
    raw(demo.url, get(`Cookie: sessionid=${"x".repeat(15_000)}`)),
    raw(demo.url, get(`Cookie: ${"a=b; ".repeat(3_000)}`)),
    raw(demo.url, get(`Cookie: ${"sessionid=a; ".repeat(1_000)}`)),
    raw(demo.url, get("Cookie: sessionid=\xff\xfe\x80; sessionid=\x01")),
    raw(demo.url, get("Cookie: sessionid=\xff\xfe\x80")),
    raw(demo.url, "GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    raw(demo.url, "GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    raw(demo.url, "NONSENSE\r\n\r\n"),
  ]);
  expect(answers.map(statusOf)).toEqual([431, 401, 401, 401, 400, 401, 404, 404, 400]);
  const client = new Client(demo.url);
  await client.post("/login", { user: "ada" });
  expect((await client.me()).user).toBe("ada");
  slow.destroy();
  await demo.close();
});

test("an error inside is a page without a word about the inside", async () => {
  const lines: string[] = [];
  const demo = await startDemo({ flaw: "crash-on-bad-base64", log: (line) => lines.push(line) });
  const response = await new Client(demo.url, "A:b:c").send("/");
  const page = await response.text();
  expect(response.status).toBe(500);
  expect(page).toContain("Something went wrong here. It was not you.");
  expect(page).not.toMatch(/\bat \S+:\d+|base64 is not|\.ts\b|InvalidCharacterError/);
  await demo.close();
  expect(lines).toEqual([expect.stringMatching(/^GET \/ 500 /)]);
});
