import { expect, test } from "vitest";
import type { DemoOptions } from "../../src/demo/options.ts";
import { startDemo } from "../../src/demo/server.ts";
import { createCodec } from "../../src/index.ts";
import { django, type Fixture } from "../cli/fixtures.ts";
import { Client } from "./client.ts";

/** Under the fixture's secret, at the moment when Django made it. */
function start({ secret, now }: Fixture, options: DemoOptions = {}) {
  return startDemo({ secret, now: () => now, django: true, ...options });
}

test.each([["5.2.18"], ["4.2.28"], ["3.2.25"]])(
  "a login of Django %s is one here, and the other way round",
  async (release) => {
    const fixture = django("login-plain", release);
    const demo = await start(fixture, { version: release, passwordHash: fixture.passwordHash });
    const client = new Client(demo.url, fixture.value);
    expect(await client.me()).toMatchObject({
      authenticated: true,
      user: "42",
      issuedAt: "2024-05-18T02:40:00.000Z",
    });
    const here = new Client(demo.url);
    await here.post("/login", { user: "42" });
    const codec = createCodec({ format: "django", secret: fixture.secret, version: release });
    const verified = codec.verify({ value: here.cookie ?? "" }, { now: fixture.now });
    expect(JSON.stringify(verified.ok && verified.payload)).toBe(fixture.payload);
    await demo.close();
  },
);

test("the auth hash that Django left is kept", async () => {
  const fixture = django("login-plain");
  const demo = await start(fixture);
  const client = new Client(demo.url, fixture.value);
  await client.post("/login", { user: "42" });
  await client.post("/count");
  const codec = createCodec({ format: "django", secret: fixture.secret });
  const kept = { ...JSON.parse(fixture.payload ?? ""), count: 1 };
  expect(codec.verify({ value: client.cookie ?? "" }, { now: fixture.now })).toMatchObject({
    ok: true,
    payload: kept,
  });
  expect(await client.page()).not.toContain("Django will end this login");
  await demo.close();
});

test("another user's login ends the session that was", async () => {
  const fixture = django("login-plain");
  const demo = await start(fixture);
  const client = new Client(demo.url, fixture.value);
  await client.post("/cart", { item: "tea" });
  await client.post("/login", { user: "7" });
  expect(await client.me()).toMatchObject({ user: "7", cart: [] });
  expect(await client.page()).toContain("Django will end this login");
  await demo.close();
});

test("no hash is missed where Django knew of none", async () => {
  const demo = await startDemo({ django: true, version: "1.6" });
  const client = new Client(demo.url);
  await client.post("/login", { user: "7" });
  expect((await client.me()).user).toBe("7");
  expect(await client.page()).not.toContain("Django will end this login");
  await demo.close();
});

test("nothing is put into the session that Django would not know, and logging out deletes the cookie", async () => {
  const fixture = django("login-plain");
  const demo = await start(fixture);
  const client = new Client(demo.url, fixture.value);
  expect(await client.page()).not.toContain("/logout-everywhere");
  await client.post("/cart", { item: "tea" });
  const codec = createCodec({ format: "django", secret: fixture.secret });
  const verified = codec.verify({ value: client.cookie ?? "" }, { now: fixture.now });
  expect(verified.ok && Object.keys(verified.payload as object)).toEqual([
    "_auth_user_id",
    "_auth_user_backend",
    "_auth_user_hash",
    "cart",
  ]);
  await client.post("/logout");
  expect(client.cookie).toBeUndefined();
  await demo.close();
});

test("with the salt of django-cookie-sessions", async () => {
  const demo = await startDemo({ secret: "s3cret", backend: "django-cookie-sessions", django: true });
  const client = new Client(demo.url);
  await client.post("/count");
  const verify = (salt: string) =>
    createCodec({ format: "django", secret: "s3cret", salt }).verify({ value: client.cookie ?? "" }).ok;
  expect([verify("cookiesession"), verify("django.contrib.sessions.backends.signed_cookies")]).toEqual([
    true,
    false,
  ]);
  await demo.close();
});
