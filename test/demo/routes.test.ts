import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Demo, startDemo } from "../../src/demo/server.ts";
import { Client, codec, NOW, SECRET, signer } from "./client.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ secret: SECRET, now: () => NOW });
});
afterAll(() => demo.close());

async function loggedIn(user = "ada"): Promise<Client> {
  const client = new Client(demo.url);
  await client.post("/login", { user });
  return client;
}

describe("logging in and out", () => {
  test("makes a cookie that is kept from scripts and from other sites, and goes home", async () => {
    const client = new Client(demo.url);
    const response = await client.post("/login", { user: "ada" });
    expect(response.status).toBe(303);
    expect(response.headers.get("Location")).toBe("/");
    expect(response.headers.get("Set-Cookie")).toMatch(
      /^sessionid=[\w.:-]+; expires=Mon, 07 Dec 2026 09:00:00 GMT; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax$/,
    );
    expect(await client.me()).toEqual({
      authenticated: true,
      user: "ada",
      count: 0,
      cart: [],
      size: client.cookie?.length,
      issuedAt: "2026-11-23T09:00:00.000Z",
    });
  });

  test("nobody is 401", async () => {
    const response = await new Client(demo.url).send("/me");
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ authenticated: false, user: null, issuedAt: null });
  });

  test("keeps what an anonymous visitor had, and makes the anonymous cookie useless", async () => {
    const client = new Client(demo.url);
    await client.post("/cart", { item: "tea" });
    const anonymous = client.cookie;
    await client.post("/login", { user: "ada" });
    expect((await client.me()).cart).toEqual(["tea"]);
    expect((await new Client(demo.url, anonymous).me()).cart).toEqual([]);
  });

  test("as somebody else starts anew", async () => {
    const client = await loggedIn("ada");
    await client.post("/cart", { item: "tea" });
    await client.post("/login", { user: "bob" });
    expect(await client.me()).toMatchObject({ user: "bob", cart: [] });
  });

  test("logging out deletes the cookie, and copies of it are useless", async () => {
    const client = await loggedIn();
    const copy = client.cookie;
    await client.post("/logout");
    expect(client.cookie).toBeUndefined();
    expect((await new Client(demo.url, copy).send("/me")).status).toBe(401);
  });

  test("logging out everywhere ends the user's other sessions, and nobody else's", async () => {
    const [here, there, other] = [await loggedIn("eve"), await loggedIn("eve"), await loggedIn("bob")];
    await here.post("/logout-everywhere");
    expect(here.cookie).toBeUndefined();
    expect((await there.send("/me")).status).toBe(401);
    expect((await other.send("/me")).status).toBe(200);
  });

  test("logging out everywhere finds sessions from before a restart, once they were seen", async () => {
    const [here, there] = [await loggedIn(), await loggedIn()];
    const restarted = await startDemo({ secret: SECRET, now: () => NOW });
    const later = new Client(restarted.url, there.cookie);
    expect((await later.me()).user).toBe("ada");
    await new Client(restarted.url, here.cookie).post("/logout-everywhere");
    expect((await later.me()).user).toBeNull();
    await restarted.close();
  });

  test("without revocation there is no logging out everywhere", async () => {
    const plain = await startDemo({ secret: SECRET, revocation: false });
    const client = new Client(plain.url);
    await client.post("/login", { user: "ada" });
    expect(await client.page()).not.toContain("/logout-everywhere");
    expect((await client.post("/logout-everywhere")).status).toBe(409);
    expect((await client.me()).user).toBe("ada");
    await plain.close();
  });
});

describe("what the session holds", () => {
  test("the counter, the cart and the messages are in the cookie", async () => {
    const client = new Client(demo.url);
    await client.post("/count");
    await client.post("/count");
    await client.post("/cart", { item: "tea & <b>" });
    await client.post("/cart", { item: "  Käse 🧀 " });
    await client.post("/message", { text: "hello" });
    expect(codec.verify({ value: client.cookie ?? "" }, { now: NOW })).toMatchObject({
      ok: true,
      payload: { count: 2, cart: ["tea & <b>", "Käse 🧀"], messages: ["hello"] },
    });
    await client.post("/cart/clear");
    expect(await client.me()).toMatchObject({ count: 2, cart: [] });
  });

  test("a message is shown once", async () => {
    const client = new Client(demo.url);
    await client.post("/message", { text: "hello <you>" });
    expect(await client.page()).toContain("hello &lt;you&gt;");
    expect(await client.page()).not.toContain("hello");
  });

  test("too much of it is refused with the keys that are to blame, and the session stays", async () => {
    const client = await loggedIn();
    await client.post("/count");
    const before = client.cookie;
    const response = await client.post("/fill", { bytes: "6000" });
    expect(response.status).toBe(413);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.text()).toMatch(/<code>filling<\/code>[\s\S]*6,002/);
    expect(client.cookie).toBe(before);
    expect(await client.me()).toMatchObject({ user: "ada", count: 1 });
  });

  test("it can be filled and emptied again", async () => {
    const client = await loggedIn();
    expect((await client.post("/fill", { bytes: "3000" })).status).toBe(303);
    expect((await client.me()).size).toBeGreaterThan(3000);
    await client.post("/fill", { bytes: "0" });
    expect((await client.me()).size).toBeLessThan(300);
  });

  test.each([
    [2 ** 53 - 2, "9007199254740991"],
    [2 ** 53 - 1, "9007199254740992"],
    [2n ** 53n, "9007199254740993"],
    [2n ** 64n - 1n, "18446744073709551616"],
    [-(2n ** 53n), "-9007199254740991"],
    [1.5, "2.5"],
  ])("%s and one more is %s", async (count, more) => {
    const client = new Client(demo.url, codec.sign({ count }, { now: NOW }));
    expect(await client.page()).toContain(`>${count}</output>`);
    await client.post("/count");
    expect(await client.page()).toContain(`>${more}</output>`);
    expect(String((await client.me()).count)).toBe(more);
  });

  test("values of other types, as another site may leave them, are survived", async () => {
    const strange = { user: { id: 1 }, count: "many", cart: [1, "tea", null], messages: 5, filling: [] };
    const client = new Client(demo.url, codec.sign(strange, { now: NOW }));
    expect(await client.me()).toMatchObject({ user: null, count: 0, cart: ["tea"] });
    expect((await client.send("/")).status).toBe(200);
    expect((await client.post("/message", { text: "hello" })).status).toBe(303);
  });
});

describe("times at the edge", () => {
  const at = (timestamp: string) => signer.sign(`e30:${timestamp}`);

  test.each(["0", "-zzzzzz", "zzzzzz", "zzzzzzzzzz", "z".repeat(200), `-${"z".repeat(200)}`, "9zzzzzzzz"])(
    "%s is no error, under a good signature or a bad one",
    async (timestamp) => {
      for (const cookie of [at(timestamp), `e30:${timestamp}:x`]) {
        for (const [path, status] of [
          ["/", 200],
          ["/cookie", 200],
          ["/me", 401],
        ] as const) {
          expect((await new Client(demo.url, cookie).send(path)).status).toBe(status);
        }
      }
    },
  );

  test("the future is accepted, as Django accepts it", async () => {
    const client = new Client(demo.url, codec.sign({ user: "ada" }, { now: NOW + 1e9 }));
    expect(await client.me()).toMatchObject({ user: "ada", issuedAt: "2058-08-01T10:46:40.000Z" });
    expect(await client.page("/cookie")).toContain("says its timestamp");
  });

  test("an expired session is refused", async () => {
    const client = (age: number) => new Client(demo.url, codec.sign({ user: "ada" }, { now: NOW - age }));
    expect((await client(1_209_600).me()).user).toBe("ada");
    expect((await client(1_209_601).me()).user).toBeNull();
    expect(await client(1_209_660).page("/cookie")).toContain("Refused: it expired 1 minute ago.");
  });
});

describe("the cookie's page", () => {
  test("shows the parts in order, the payload and the line that set it", async () => {
    const client = await loggedIn("ada");
    const [payload, timestamp, signature] = client.cookie?.split(":") ?? [];
    const page = await client.page("/cookie");
    expect(page).toContain(
      `<span class="payload">${payload}</span><span class="dim">:</span><span class="timestamp">${timestamp}</span><span class="dim">:</span><span class="signature">${signature}</span>`,
    );
    expect(page).toContain('<span class="key">&quot;user&quot;</span>: &quot;ada&quot;');
    expect(page).toContain(`Set-Cookie: sessionid=${client.cookie}; expires=Mon, 07 Dec 2026 09:00:00 GMT;`);
    expect(page).toContain("Genuine: the signature holds under the current secret.");
    expect(page).toContain("in 14 days");
  });

  test.each([
    ["garbage", "Refused: there is no &quot;:&quot; in it, so it has no signature."],
    ["e30:1xVHnz:AAAA", "Refused: the signature does not match."],
  ])("says why %s is refused", async (cookie, reason) => {
    expect(await new Client(demo.url, cookie).page("/cookie")).toContain(reason);
  });

  test("shows what is long, or inflates to much, in part", async () => {
    const large = codec.sign({ list: Array.from({ length: 100_000 }, () => 0) }, { now: NOW });
    expect(large.length).toBeLessThan(4096);
    const page = await new Client(demo.url, large).page("/cookie");
    expect(page).toContain("… and more");
    expect(page.length).toBeLessThan(40_000);
    const named = codec.sign({ ["k".repeat(100_000)]: "v".repeat(100_000) }, { now: NOW });
    expect((await new Client(demo.url, named).page("/cookie")).length).toBeLessThan(10_000);
  });

  test("a cart of any length is listed in part", async () => {
    const cart = Array.from({ length: 50_000 }, () => "tea");
    const client = new Client(demo.url, codec.sign({ cart, messages: cart }, { now: NOW }));
    const page = await client.page();
    expect(page).toContain("… and 49,900 more");
    expect(page.length).toBeLessThan(20_000);
  });

  test("knows no cookie, and no line of another server", async () => {
    expect(await new Client(demo.url).page("/cookie")).toContain("There is none yet");
    const foreign = codec.sign({ count: 1 }, { now: NOW });
    expect(await new Client(demo.url, foreign).page("/cookie")).toContain("This server did not set it");
  });
});

describe("requests that are refused", () => {
  const form = { "Content-Type": "application/x-www-form-urlencoded" };
  const cases: readonly [string, number, string, RequestInit][] = [
    ["an unknown page", 404, "/nowhere", {}],
    ["a name that every object has", 404, "/constructor", {}],
    ["a form by GET", 405, "/login", {}],
    ["a page by POST", 405, "/me", { method: "POST" }],
    ["another method", 405, "/", { method: "DELETE" }],
    ["a missing field", 400, "/login", { method: "POST", body: "", headers: form }],
    ["a field twice", 400, "/login", { method: "POST", body: "user=a&user=b", headers: form }],
    [
      "a name of 31 characters",
      400,
      "/login",
      { method: "POST", body: `user=${"x".repeat(31)}`, headers: form },
    ],
    ["control characters", 400, "/cart", { method: "POST", body: "item=a%00b", headers: form }],
    [
      "bytes that are no UTF-8",
      400,
      "/cart",
      { method: "POST", body: new Uint8Array([255, 254]), headers: form },
    ],
    ["JSON", 400, "/cart", { method: "POST", body: "{}", headers: { "Content-Type": "application/json" } }],
    ["no number", 400, "/fill", { method: "POST", body: "bytes=-1", headers: form }],
    ["too large a number", 400, "/fill", { method: "POST", body: "bytes=100001", headers: form }],
    ["a form of 17 KB", 413, "/cart", { method: "POST", body: `item=${"x".repeat(17_000)}`, headers: form }],
    ["a form of 5 MB", 413, "/cart", { method: "POST", body: `item=${"x".repeat(5e6)}`, headers: form }],
    ["another site's form", 403, "/count", { method: "POST", headers: { Origin: "http://evil.example" } }],
    ["a sandboxed form", 403, "/count", { method: "POST", headers: { Origin: "null" } }],
  ];

  test.each(cases)("%s: %i", async (_name, status, path, init) => {
    const response = await new Client(demo.url).send(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.text()).toContain("Back to the demo");
  });

  test("a browser's word for where a form comes from counts before its origin", async () => {
    const send = (site: string) => new Client(demo.url).post("/count", {}, { "Sec-Fetch-Site": site });
    const sites = ["same-origin", "none", "same-site", "cross-site"];
    expect(await Promise.all(sites.map(async (site) => (await send(site)).status))).toEqual([
      303, 303, 403, 403,
    ]);
    expect((await new Client(demo.url).post("/count", {}, { Origin: demo.url })).status).toBe(303);
  });

  test("405 says what is allowed", async () => {
    expect((await new Client(demo.url).send("/login")).headers.get("Allow")).toBe("POST");
    expect((await new Client(demo.url).post("/")).headers.get("Allow")).toBe("GET, HEAD");
  });
});

describe("headers", () => {
  test("of pages: no scripts, nothing from elsewhere, nothing kept in between", async () => {
    const { headers } = await new Client(demo.url).send("/");
    expect(headers.get("Content-Security-Policy")).toMatch(
      /^default-src 'none'; style-src 'self'; (?!.*unsafe)/,
    );
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Vary")).toBe("Cookie");
    expect(headers.get("X-Cookiesess-Flaw")).toBeNull();
  });

  test("/healthz never looks at the session", async () => {
    const response = await new Client(demo.url, "garbage").send("/healthz");
    expect(response.headers.get("Vary")).toBeNull();
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.text()).toBe("ok\n");
  });

  test("HEAD has them without a body", async () => {
    const response = await new Client(demo.url).send("/healthz", { method: "HEAD" });
    expect([response.status, response.headers.get("Content-Length"), await response.text()]).toEqual([
      200,
      "3",
      "",
    ]);
  });
});
