import { describe, expect, test } from "vitest";
import type { Rejection, Session } from "../../src/session/index.ts";
import { type Line, readLines } from "../contract.ts";
import { jsonIn, make, NOW, SECRET, visit } from "./support.ts";

const read = (session: Session) => session.get("hello");

/** The same session and moment, as Django 5.2.18 signs it with either secret. */
const RETIRED = "the retired secret";
const UNDER_RETIRED = "eyJoZWxsbyI6IndvcmxkIn0:1riz7A:gYdyEbubrHlUFC5_6vViHKcWbETClDpdR4jBxTVRMQw";
const UNDER_CURRENT = "eyJoZWxsbyI6IndvcmxkIn0:1riz7A:lYqF_qkxFMb634YcQ9dNIgRAtPP57gVrzZ3II-KOBG0";

describe("a session under a fallback", () => {
  const sessions = make({ fallbacks: ["another", RETIRED] });
  const header = `sessionid=${UNDER_RETIRED}`;

  test("is signed with the current secret on the response", async () => {
    const { session, setCookies, vary } = await visit(sessions, header, read);
    expect(session.get("hello")).toBe("world");
    expect(setCookies).toHaveLength(1);
    expect(setCookies[0]).toContain(`sessionid=${UNDER_CURRENT}; `);
    expect(vary).toBe(true);
    expect(await visit(sessions, `sessionid=${UNDER_CURRENT}`, read)).toMatchObject({ setCookies: [] });
  });

  test("stays as it is where nobody opens it, and where the response failed", async () => {
    expect(await visit(sessions, header)).toMatchObject({ setCookies: [], vary: false });
    expect(await visit(sessions, header, read, 500)).toMatchObject({ setCookies: [], vary: true });
  });

  test("is refused once the fallback is gone", async () => {
    const rejected: Rejection[] = [];
    const { session } = await visit(make({ onRejected: (why) => rejected.push(why) }), header, read);
    expect(session.entries()).toEqual([]);
    expect(rejected).toMatchObject([{ code: "bad-signature" }]);
  });

  test("under the current secret nothing is signed again", async () => {
    expect(await visit(sessions, `sessionid=${UNDER_CURRENT}`, read)).toMatchObject({
      setCookies: [],
      vary: true,
    });
  });
});

test("bytes are a secret too", async () => {
  const sessions = make({ secret: new TextEncoder().encode(SECRET) });
  expect((await visit(sessions, `sessionid=${UNDER_CURRENT}`)).session.get("hello")).toBe("world");
});

test.each([{ secret: "" }, { fallbacks: "abc" as never }, { secret: undefined as never }])(
  "no secret: %j",
  (options) => {
    expect(() => make(options)).toThrow(TypeError);
  },
);

describe("the versions of Django", () => {
  const cart = (release: string): Line & { issuedAt: number } => {
    const line = readLines(`django/${release}.jsonl`).find(({ id }) => id === "session-cart");
    if (line?.issuedAt === undefined) throw new Error("the fixture has no such session");
    return { ...line, issuedAt: line.issuedAt };
  };

  test.each(["2.2.28", "3.2.25", "4.2.28", "5.2.18", "6.1.1"])("a cookie of %s", async (release) => {
    const { secret = "", value, issuedAt } = cart(release);
    const sessions = make({ secret, version: release, now: () => issuedAt });
    const { session, setCookies } = await visit(sessions, `sessionid=${value}`, read);
    expect(Object.fromEntries(session.entries())).toEqual({
      cart: [3, 1, 2],
      total: 12.5,
      coupon: null,
      gift: true,
    });
    expect(setCookies).toEqual([]);
    expect(session.issuedAt).toBe(issuedAt);
    session.save();
    expect(session.sessionKey).toBe(value);
  });

  test("3.2 accepts what 2.2 signed with SHA-1, and it is signed anew with SHA-256", async () => {
    const [old, current] = [cart("2.2.28"), cart("3.2.25")];
    const sessions = make({ secret: old.secret ?? "", version: "3.2", now: () => current.issuedAt });
    const { setCookies } = await visit(sessions, `sessionid=${old.value}`, read);
    expect(setCookies[0]).toContain(`sessionid=${current.value}; `);
  });

  test("the engine of django-cookie-sessions", async () => {
    const line = readLines("django/4.2.28.jsonl").find(({ id }) => id === "engine-cart");
    const { secret = "", value = "", issuedAt = 0 } = line ?? {};
    for (const version of ["1.4", "2.2", "4.2"]) {
      const engine = make({
        secret,
        version,
        backend: "django-cookie-sessions",
        algorithm: "sha256",
        now: () => issuedAt,
      });
      const { session } = await visit(engine, `sessionid=${value}`);
      expect(session.get("cart")).toEqual([3, 1, 2]);
      session.save();
      expect(session.sessionKey).toBe(value);
    }
  });

  test("a salt of one's own", async () => {
    const { session } = await visit(make({ salt: "mine" }), undefined, (fresh) => fresh.set("a", 1));
    const header = `sessionid=${session.sessionKey}`;
    expect((await visit(make({ salt: "mine" }), header)).session.get("a")).toBe(1);
    expect((await visit(make(), header)).session.get("a")).toBeUndefined();
  });
});

describe("refreshAfter", () => {
  const header = `sessionid=${UNDER_CURRENT}`;
  const aged = (seconds: number, refreshAfter?: number) => make({ refreshAfter, now: () => NOW + seconds });

  test("a session that is older is signed again with the time of now", async () => {
    const { session, setCookies } = await visit(aged(601, 600), header, read);
    expect(setCookies).toHaveLength(1);
    expect(jsonIn(session.sessionKey ?? "")).toBe('{"hello":"world"}');
    const again = await visit(aged(601, 600), `sessionid=${session.sessionKey}`, read);
    expect(again.session.issuedAt).toBe(NOW + 601);
    expect(again.setCookies).toEqual([]);
  });

  test.each([
    ["one of that very age", 600, 600],
    ["without the option", 1_000_000, undefined],
    ["one of the future", -100, 600],
  ])("%s stays", async (_, seconds, refreshAfter) => {
    expect(await visit(aged(seconds, refreshAfter), header, read)).toMatchObject({ setCookies: [] });
  });

  test("nor is one that nobody opens, or on a failed response", async () => {
    expect(await visit(aged(601, 600), header)).toMatchObject({ setCookies: [], vary: false });
    expect(await visit(aged(601, 600), header, read, 503)).toMatchObject({ setCookies: [] });
  });

  test("it keeps a session that is used beyond its age, and only that", async () => {
    const maxAge = 1000;
    const at = (seconds: number) => make({ refreshAfter: 600, maxAge, now: () => NOW + seconds });
    const { session } = await visit(at(900), header, read);
    expect((await visit(at(1800), `sessionid=${session.sessionKey}`)).session.get("hello")).toBe("world");
    expect((await visit(at(1800), header)).session.get("hello")).toBeUndefined();
  });

  test.each([-1, Number.NaN])("%s seconds", (refreshAfter) => {
    expect(() => make({ refreshAfter })).toThrow(TypeError);
  });
});
