import { describe, expect, test } from "vitest";
import { writePythonJson } from "../../src/encoding/python-json.ts";
import { createCodec } from "../../src/index.ts";
import { RecentCookies } from "../../src/session/recent-cookies.ts";
import { headerAfter, make, NOW, SECRET, visit } from "./support.ts";

const DAY = 86_400;

/** Sessions whose clock can be moved. */
function clocked(remember: number) {
  const clock = { now: NOW };
  const rejected: string[] = [];
  const sessions = make({
    remember,
    maxAge: DAY,
    now: () => clock.now,
    onRejected: ({ code }) => rejected.push(code),
  });
  return { clock, rejected, sessions };
}

describe.each([0, 1, 1000])("remembering %i cookies", (remember) => {
  test("what one request changes inside, the next does not see", async () => {
    const { sessions } = clocked(remember);
    const header = await headerAfter(sessions, (session) => session.set("cart", [{ item: "tea" }]));
    for (let request = 0; request < 3; request++) {
      const { session } = await visit(sessions, header, (opened) => {
        (opened.get("cart") as { item: string }[]).push({ item: "a change that is not saved" });
        opened.get("cart");
      });
      expect(session.modified).toBe(false);
    }
    const { session } = await visit(sessions, header);
    expect(session.get("cart")).toEqual([{ item: "tea" }]);
  });

  test("a cookie expires although it was seen before", async () => {
    const { clock, rejected, sessions } = clocked(remember);
    const header = await headerAfter(sessions, (session) => session.set("a", 1));
    await visit(sessions, header, (session) => expect(session.get("a")).toBe(1));
    clock.now += DAY;
    await visit(sessions, header, (session) => expect(session.get("a")).toBe(1));
    clock.now += 1;
    await visit(sessions, header, (session) => expect(session.get("a")).toBeUndefined());
    expect(rejected).toEqual(["expired"]);
  });

  test("a forgery of a cookie that was seen is refused", async () => {
    const { rejected, sessions } = clocked(remember);
    const header = await headerAfter(sessions, (session) => session.set("a", 1));
    await visit(sessions, header, (session) => session.get("a"));
    await visit(sessions, `${header}x`, (session) => expect(session.get("a")).toBeUndefined());
    await visit(sessions, header?.slice(0, -1), (session) => expect(session.get("a")).toBeUndefined());
    expect(rejected).toEqual(["bad-signature", "bad-signature"]);
  });

  test("numbers and the order of keys stay as Django wrote them", async () => {
    const codec = createCodec({ format: "django", secret: SECRET });
    const text = '{"b":1.0,"2":[1e5,{"1":-0.0}],"a":12345678901234567890}';
    const { sessions } = clocked(remember);
    const payload = codec.decode(`${btoa(text).replace(/=+$/, "")}:x:x`);
    if (!payload.ok) throw new Error(payload.message);
    const header = `sessionid=${codec.sign(payload.payload, { now: NOW })}`;
    await visit(sessions, header, (session) => session.get("a"));
    const { setCookies } = await visit(sessions, header, (session) => session.set("z", 1));
    const value = setCookies[0]?.split(";")[0]?.slice("sessionid=".length) ?? "";
    const saved = codec.decode(value);
    expect(saved.ok && writePythonJson(saved.payload)).toBe(`${text.slice(0, -1)},"z":1}`);
  });
});

test("what is asked for stays, what is not goes", () => {
  const recent = new RecentCookies(2);
  const codec = createCodec({ format: "django", secret: SECRET, maxAge: DAY });
  const keep = (user: number) => {
    const cookie = codec.sign({ user }, { now: NOW });
    const verified = codec.verify(cookie, { now: NOW });
    if (verified.ok) recent.add(cookie, verified);
    return cookie;
  };
  const [first, second] = [keep(1), keep(2)];
  for (let user = 3; user < 20; user++) {
    expect(recent.get(first, NOW)?.payload).toEqual({ user: 1 });
    keep(user);
  }
  expect(recent.get(second, NOW)).toBeUndefined();
});

test("a payload that a small cookie inflates to is not kept", () => {
  const recent = new RecentCookies(2);
  const codec = createCodec({ format: "django", secret: SECRET, maxAge: DAY });
  for (const [length, isKept] of [
    [1_000, true],
    [100_000, false],
  ] as const) {
    const cookie = codec.sign({ text: "x".repeat(length) }, { now: NOW });
    expect(cookie.length).toBeLessThan(4_096);
    const verified = codec.verify(cookie, { now: NOW });
    if (verified.ok) recent.add(cookie, verified);
    expect(recent.get(cookie, NOW) !== undefined).toBe(isKept);
  }
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("remember: %d is refused", (remember) => {
  expect(() => make({ remember })).toThrow(TypeError);
});
