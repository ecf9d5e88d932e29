import { EventEmitter } from "node:events";
import Keyv from "keyv";
import { describe, expect, test, vi } from "vitest";
import {
  keyvRevocation,
  type Rejection,
  RevocationError,
  type RevocationStore,
  type Session,
  type SessionOptions,
  type Sessions,
} from "../../src/session/index.ts";
import { browserAfter, headerAfter, jsonIn, make, NOW, visit } from "./support.ts";

const TWO_WEEKS = 1_209_600;
const login = (session: Session) => session.set("user", 7);
const logout = (session: Session) => session.flush();
const later = (session: Session) => session.set("page", 2);

function makeRevocable(options: Partial<SessionOptions> = {}) {
  const rejected: Rejection[] = [];
  const store = keyvRevocation(new Keyv());
  const sessions = make({ revocation: store, onRejected: (why) => rejected.push(why), ...options });
  return { sessions, store, rejected };
}

async function userIn(sessions: Sessions, header: string | undefined): Promise<unknown> {
  return (await visit(sessions, header)).session.get("user");
}

describe("flush makes every copy of the cookie useless", () => {
  test("the last one", async () => {
    const { sessions, rejected } = makeRevocable();
    const header = await headerAfter(sessions, login);
    expect(await userIn(sessions, header)).toBe(7);
    expect(rejected).toEqual([]);
    await visit(sessions, header, logout);
    expect(await userIn(sessions, header)).toBeUndefined();
    expect(rejected).toMatchObject([{ ok: false, code: "revoked" }]);
  });

  test("the older ones of the same session", async () => {
    const { sessions } = makeRevocable();
    const first = await headerAfter(sessions, login);
    const second = await headerAfter(sessions, later, first);
    const third = await headerAfter(sessions, (session) => session.delete("page"), second);
    await visit(sessions, second, logout);
    for (const copy of [first, second, third]) expect(await userIn(sessions, copy)).toBeUndefined();
  });

  test("one that a request under way still signs", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    const underWay = await sessions.open(header);
    await visit(sessions, header, logout);
    later(underWay);
    const late = browserAfter(header, sessions.commit(underWay, 200));
    expect(await userIn(sessions, late)).toBeUndefined();
  });

  test("not those of other sessions, of the same user too", async () => {
    const { sessions } = makeRevocable();
    const [mine, other] = [await headerAfter(sessions, login), await headerAfter(sessions, login)];
    expect(mine).not.toBe(other);
    await visit(sessions, mine, logout);
    expect(await userIn(sessions, other)).toBe(7);
  });

  test("after a clear in the same request", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    await visit(sessions, header, (session) => {
      session.clear();
      session.flush();
    });
    expect(await userIn(sessions, header)).toBeUndefined();
  });

  test("those from before a clear, since it is the same session", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    const cleared = await headerAfter(sessions, (session) => session.clear(), header);
    await visit(sessions, cleared, logout);
    expect(await userIn(sessions, header)).toBeUndefined();
  });

  test("and the session that begins in the same request is another", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    const fresh = await headerAfter(
      sessions,
      (session) => {
        session.flush();
        session.set("user", 8);
      },
      header,
    );
    expect(await userIn(sessions, fresh)).toBe(8);
    expect(await userIn(sessions, header)).toBeUndefined();
  });

  test("whatever the status of the response", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    await visit(sessions, header, logout, 500);
    expect(await userIn(sessions, header)).toBeUndefined();
  });

  test("at every server with the same store", async () => {
    const { sessions, store } = makeRevocable();
    const elsewhere = make({ revocation: store });
    const header = await headerAfter(sessions, login);
    await visit(sessions, header, logout);
    expect(await userIn(elsewhere, header)).toBeUndefined();
  });

  test("in chunks too", async () => {
    const { sessions } = makeRevocable({ onTooLarge: "chunk" });
    const header = await headerAfter(sessions, (session) => {
      login(session);
      session.set("text", Array.from({ length: 2000 }, (_, index) => index * 7919).join());
    });
    expect(header).toContain("sessionid.1=");
    await visit(sessions, header, logout);
    expect(await userIn(sessions, header)).toBeUndefined();
  });
});

describe("who comes with a revoked cookie", () => {
  test("gets a new, empty session in its place, with an id of its own", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    const { id } = await sessions.open(header);
    await visit(sessions, header, logout);
    const { session, setCookies, vary } = await visit(sessions, header);
    expect([setCookies.length, vary, session.size]).toEqual([1, true, 0]);
    expect(session.id).toBeTypeOf("string");
    expect(session.id).not.toBe(id);
    const fresh = browserAfter(header, { setCookies, vary });
    expect(await userIn(sessions, await headerAfter(sessions, login, fresh))).toBe(7);
  });

  test("can log out again", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    await visit(sessions, header, logout);
    const again = await visit(sessions, header, logout);
    expect(again.setCookies).toEqual([expect.stringMatching(/^sessionid="";/)]);
  });
});

describe("sessions.revoke(id)", () => {
  test("ends a session from outside", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    const { id = "" } = await sessions.open(header);
    expect(id).toMatch(/^[\w-]{22}$/);
    await sessions.revoke(id);
    expect(await userIn(sessions, header)).toBeUndefined();
  });

  test("the id stays the same from cookie to cookie", async () => {
    const { sessions } = makeRevocable();
    const first = await headerAfter(sessions, login);
    const second = await headerAfter(sessions, later, first);
    expect(first).not.toBe(second);
    expect((await sessions.open(second)).id).toBe((await sessions.open(first)).id);
  });

  test("a session without a cookie has none yet", async () => {
    const { sessions } = makeRevocable();
    const session = await sessions.open(undefined);
    session.set("user", 7);
    expect(session.id).toBeUndefined();
    session.save();
    expect(session.id).toBeTypeOf("string");
  });

  test("nor has one whose cookie was not accepted", async () => {
    const { sessions } = makeRevocable();
    expect((await sessions.open("sessionid=garbage:of:some")).id).toBeUndefined();
  });
});

describe("cycleKey", () => {
  test("keeps the data under a new id, and the older cookies are useless", async () => {
    const { sessions } = makeRevocable();
    const before = await headerAfter(sessions, login);
    const { id } = await sessions.open(before);
    const after = await headerAfter(sessions, (session) => session.cycleKey(), before);
    expect(await userIn(sessions, after)).toBe(7);
    expect((await sessions.open(after)).id).not.toBe(id);
    expect(await userIn(sessions, before)).toBeUndefined();
    expect(await userIn(sessions, after)).toBe(7);
  });

  test("of a session without a cookie revokes nothing", async () => {
    const revoke = vi.fn();
    const sessions = make({ revocation: { isRevoked: () => false, revoke } });
    const header = await headerAfter(sessions, (session) => {
      login(session);
      session.cycleKey();
    });
    expect(revoke).not.toHaveBeenCalled();
    expect(await userIn(sessions, header)).toBe(7);
  });

  test("that cannot be signed leaves the session as it was", async () => {
    const { sessions } = makeRevocable();
    const header = await headerAfter(sessions, login);
    const session = await sessions.open(header);
    session.set("text", Array.from({ length: 2000 }, (_, index) => index * 7919).join());
    expect(() => session.cycleKey()).toThrow("bytes");
    await session.settled;
    expect(await userIn(sessions, header)).toBe(7);
  });

  test("without revocation only signs again", async () => {
    const header = await headerAfter(make(), login);
    const { session, setCookies } = await visit(make(), header, (opened) => opened.cycleKey());
    expect(`sessionid=${session.sessionKey}`).toBe(header);
    expect(setCookies).toHaveLength(1);
    expect(session.settled).toBeUndefined();
  });
});

describe("the id in the cookie", () => {
  const revocable = makeRevocable().sessions;

  test("is kept beside the data: no key of the session", async () => {
    const header = await headerAfter(revocable, login);
    expect(jsonIn(header.slice("sessionid=".length))).toMatch(/^\{"user":7,"_session_id":"[\w-]{22}"\}$/);
    const { session } = await visit(revocable, header);
    expect([session.keys(), session.size, session.has("_session_id")]).toEqual([["user"], 1, false]);
  });

  test("cannot be set from what is in the session", async () => {
    const session = await revocable.open(await headerAfter(revocable, login));
    const { id } = session;
    session.set("_session_id", "of another");
    session.save();
    expect(session.id).toBe(id);
    expect((await revocable.open(`sessionid=${session.sessionKey}`)).id).toBe(id);
  });

  test("stays where revocation is off, as Django keeps it", async () => {
    const { sessions } = makeRevocable();
    const before = await headerAfter(sessions, login);
    const { id } = await sessions.open(before);
    const between = await headerAfter(make(), later, before);
    expect((await sessions.open(between)).id).toBe(id);
  });

  test("is another for every session", async () => {
    const headers = await Promise.all(Array.from({ length: 20 }, () => headerAfter(revocable, login)));
    const ids = await Promise.all(headers.map(async (header) => (await revocable.open(header)).id));
    expect(new Set(ids).size).toBe(20);
  });
});

describe("a cookie without an id, as Django makes it", () => {
  /** Signed by Django 5.2.18 at NOW, as `{"hello":"world"}`. */
  const header = "sessionid=eyJoZWxsbyI6IndvcmxkIn0:1riz7A:lYqF_qkxFMb634YcQ9dNIgRAtPP57gVrzZ3II-KOBG0";
  const helloIn = async (sessions: Sessions, cookie: string) =>
    (await visit(sessions, cookie)).session.get("hello");

  test("is accepted, and left alone", async () => {
    const { sessions } = makeRevocable();
    const { session, setCookies, vary } = await visit(sessions, header);
    expect([setCookies, vary]).toEqual([[], false]);
    expect(session.get("hello")).toBe("world");
    expect(session.id).toMatch(/^[\w-]{43}$/);
  });

  test("is useless after a flush", async () => {
    const { sessions } = makeRevocable();
    await visit(sessions, header, logout);
    expect(await helloIn(sessions, header)).toBeUndefined();
  });

  test("is useless with those that came of it", async () => {
    const { sessions } = makeRevocable();
    const next = await headerAfter(sessions, later, header);
    const last = await headerAfter(sessions, login, next);
    await visit(sessions, last, logout);
    for (const copy of [header, next, last]) expect(await helloIn(sessions, copy)).toBeUndefined();
  });

  test("is useless after cycleKey, and what came of it is not", async () => {
    const { sessions } = makeRevocable();
    const next = await headerAfter(sessions, (session) => session.cycleKey(), header);
    expect(await helloIn(sessions, header)).toBeUndefined();
    expect(await helloIn(sessions, next)).toBe("world");
  });
});

describe("what the store is asked", () => {
  const spies = () => ({
    isRevoked: vi.fn<RevocationStore["isRevoked"]>(() => false),
    revoke: vi.fn<RevocationStore["revoke"]>(),
  });

  test("nothing without a cookie, nor for one that is not genuine", async () => {
    const store = spies();
    const sessions = make({ revocation: store });
    for (const header of [undefined, "other=1", "sessionid=abc", "sessionid=garbage:of:some"]) {
      await visit(sessions, header, login);
    }
    expect(store.isRevoked).not.toHaveBeenCalled();
    expect(store.revoke).not.toHaveBeenCalled();
  });

  test("once for a request, and that alone is no access", async () => {
    const store = spies();
    const sessions = make({ revocation: store });
    const header = await headerAfter(sessions, login);
    expect(await visit(sessions, header)).toMatchObject({ setCookies: [], vary: false });
    expect(store.isRevoked).toHaveBeenCalledTimes(1);
  });

  test("to remember an id for longer than any cookie of it is accepted", async () => {
    const store = spies();
    const sessions = make({ revocation: store, maxAge: 60 });
    const header = await headerAfter(sessions, login);
    const { id } = await sessions.open(header);
    await visit(sessions, header, logout);
    expect(store.revoke).toHaveBeenCalledExactlyOnceWith(id, expect.any(Number));
    expect(store.revoke.mock.calls[0]?.[1]).toBeGreaterThan(60);
  });

  test("answers at once or later", async () => {
    for (const isRevoked of [() => true, async () => true]) {
      const sessions = make({ revocation: { ...spies(), isRevoked } });
      expect(await userIn(sessions, await headerAfter(sessions, login))).toBeUndefined();
    }
  });

  test("Keyv forgets after that time, which it takes in milliseconds", async () => {
    vi.useFakeTimers({ now: NOW * 1000, toFake: ["Date"] });
    try {
      const store = keyvRevocation(new Keyv());
      await store.revoke("some id", 60);
      vi.setSystemTime((NOW + 59) * 1000);
      expect([await store.isRevoked("some id"), await store.isRevoked("other")]).toEqual([true, false]);
      vi.setSystemTime((NOW + 61) * 1000);
      expect(await store.isRevoked("some id")).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a store behind Keyv that fails", () => {
  /** Keyv emits what its store throws, and resolves as if nothing were there. */
  const keyvOver = (get: () => Promise<undefined>, set: () => Promise<void>) =>
    new Keyv({ store: { opts: {}, get, set, delete: async () => true, clear: async () => undefined } });
  const down = () => Promise.reject(new Error("the store is down"));

  test("lets nobody in", async () => {
    const sessions = make({ revocation: keyvRevocation(keyvOver(down, down)) });
    const header = await headerAfter(make(), login);
    await expect(sessions.open(header)).rejects.toThrow(RevocationError);
  });

  test("ends no session unseen", async () => {
    const store = keyvRevocation(keyvOver(async () => undefined, down));
    await expect(store.revoke("some id", 60)).rejects.toThrow("the store is down");
  });

  test("whose adapter tells of its failure by an event alone", async () => {
    const adapter = Object.assign(new EventEmitter(), {
      opts: {},
      get: async () => void adapter.emit("error", new Error("the adapter is down")),
      set: async () => void adapter.emit("error", new Error("the adapter is down")),
      delete: async () => true,
      clear: async () => undefined,
    });
    const store = keyvRevocation(new Keyv({ store: adapter }));
    await expect(store.isRevoked("some id")).rejects.toThrow("the adapter is down");
    await expect(store.revoke("some id", 60)).rejects.toThrow("the adapter is down");
  });

  test("an error of one call spares the next", async () => {
    let isDown = true;
    const get = () => (isDown ? down() : Promise.resolve(undefined));
    const store = keyvRevocation(keyvOver(get, async () => undefined));
    await expect(store.isRevoked("some id")).rejects.toThrow("the store is down");
    isDown = false;
    expect(await store.isRevoked("some id")).toBe(false);
  });
});

describe("a store that fails is an error of the request", () => {
  const failing = (over: Partial<RevocationStore>): Sessions =>
    make({ revocation: { isRevoked: () => false, revoke: () => undefined, ...over } });
  const down = new Error("the store is down");

  test.each<[string, RevocationStore["isRevoked"]]>([
    ["later", () => Promise.reject(down)],
    [
      "at once",
      () => {
        throw down;
      },
    ],
  ])("at opening: %s", async (_, isRevoked) => {
    const header = await headerAfter(failing({}), login);
    await expect(failing({ isRevoked }).open(header)).rejects.toMatchObject({
      code: "revocation-failed",
      cause: down,
    });
  });

  test.each<[string, RevocationStore["revoke"]]>([
    ["later", () => Promise.reject(down)],
    [
      "at once",
      () => {
        throw down;
      },
    ],
  ])("at the end of a session: %s", async (_, revoke) => {
    const sessions = failing({ revoke });
    const session = await sessions.open(await headerAfter(sessions, login));
    session.flush();
    await expect(session.settled).rejects.toBe(down);
    await expect(sessions.revoke("some id")).rejects.toBe(down);
  });
});

describe("off", () => {
  test("nothing is looked up, and cookies carry no id", async () => {
    const sessions = make();
    const header = await headerAfter(sessions, login);
    expect(jsonIn(header.slice("sessionid=".length))).toBe('{"user":7}');
    const { session } = await visit(sessions, header);
    expect([session.accessed, session.id, session.settled]).toEqual([false, undefined, undefined]);
  });

  test("a copy lives until it expires: replay, as with Django", async () => {
    const sessions = make();
    const header = await headerAfter(sessions, login);
    await visit(sessions, header, logout);
    await sessions.revoke("some id");
    expect(await userIn(sessions, header)).toBe(7);
    expect(await userIn(make({ now: () => NOW + TWO_WEEKS + 1 }), header)).toBeUndefined();
  });
});
