import { describe, expect, test } from "vitest";
import { createCodec } from "../../src/index.ts";
import type { Rejection } from "../../src/session/index.ts";
import { browserAfter, headerAfter, make, NOW, noise, SECRET, visit } from "./support.ts";

const good = await headerAfter(make(), (session) => session.set("user", 7));

const KB64 = 65_536;
const headers: [string, string][] = [
  ["64 KB of one cookie", `sessionid=${noise(KB64)}`],
  ["64 KB that look signed", `sessionid=${noise(KB64 - 60)}:1riz7A:${noise(43)}`],
  ["64 KB of colons", `sessionid=${":".repeat(KB64)}`],
  ["64 KB of dots", `sessionid=${".".repeat(KB64)}`],
  ["64 KB of backslashes in quotes", `sessionid="${"\\".repeat(KB64)}"`],
  ["64 KB of octal escapes", `sessionid="${"\\073".repeat(KB64 / 4)}"`],
  ["64 KB of semicolons", ";".repeat(KB64)],
  ["64 KB of equals signs", `sessionid${"=".repeat(KB64)}`],
  ["64 KB of spaces", `sessionid=${" ".repeat(KB64)}x`],
  ["10,000 cookies", Array.from({ length: 10_000 }, (_, index) => `c${index}=${index}`).join("; ")],
  ["10,000 of its name", Array.from({ length: 10_000 }, (_, index) => `sessionid=${index}:a:b:c`).join("; ")],
  [
    "10,000 chunks",
    Array.from({ length: 10_000 }, (_, index) => `sessionid.${index}=part${index}`).join("; "),
  ],
  ["a number of chunk without end", `sessionid.${"9".repeat(10_000)}=x`],
  ["invalid UTF-8, as Node hands it on", "sessionid=\u00ff\u00fe\u0080:\u00c3\u0028:\u00e2\u0082"],
  ["half a surrogate pair", "sessionid=\ud83c:1riz7A:\udf6a"],
  ["beyond Latin-1", "sessionid=\u4e2d\u6587:\u{1f36a}:\u{1f36a}\u{1f36a}"],
  ["NUL and control characters", "sessionid=\0\u0001\u007f:a:b\r\n"],
  ["a time beyond all", `sessionid=e30:${"z".repeat(40)}:${noise(43)}`],
  ["an empty signature", "sessionid=eyJ1c2VyIjo3fQ:1riz7A:"],
  ["words of JavaScript", "sessionid=__proto__:constructor:toString; __proto__=1; constructor=2"],
];

describe("hostile headers are refused like any other bad cookie", () => {
  test.each(headers)("%s", async (_, header) => {
    const rejected: Rejection[] = [];
    const sessions = make({ onTooLarge: "chunk", onRejected: (why) => rejected.push(why) });
    const { session, setCookies } = await visit(sessions, header, (opened) => opened.get("user"));
    expect(session.entries()).toEqual([]);
    for (const { code, message } of rejected) {
      expect(["bad-signature", "malformed"]).toContain(code);
      expect(message.length).toBeLessThan(200);
    }
    for (const line of setCookies) expect(line).not.toMatch(/[\r\n\0]/);
    expect(setCookies.length).toBeLessThanOrEqual(101);
    const after = await visit(sessions, browserAfter(undefined, { setCookies, vary: true }));
    expect(after.session.entries()).toEqual([]);
  });

  test.each(headers.filter(([, header]) => !/(?:^|; )sessionid[= ]/.test(header)))(
    "%s before and after a good cookie do no harm",
    async (_, header) => {
      for (const both of [`${header}; ${good}`, `${good}; ${header}`]) {
        expect((await visit(make(), both)).session.get("user")).toBe(7);
      }
    },
  );

  test("of several cookies of its name the last counts, as in Django", async () => {
    expect((await visit(make(), `sessionid=garbage:of:some; ${good}`)).session.get("user")).toBe(7);
    expect((await visit(make(), `${good}; sessionid=garbage:of:some`)).session.get("user")).toBeUndefined();
  });
});

describe("genuine cookies with an odd payload", () => {
  const salt = "django.contrib.sessions.backends.signed_cookies";
  const openedWith = async (payload: unknown, compress = false) => {
    const codec = createCodec({ format: "django", secret: SECRET, backend: "signing", salt, compress });
    const rejected: Rejection[] = [];
    const sessions = make<Record<string, unknown>>({ onRejected: (why) => rejected.push(why) });
    const header = `sessionid=${codec.sign(payload as never, { now: NOW })}`;
    return { rejected, ...(await visit(sessions, header, (session) => session.get("a"))) };
  };

  test.each([[[]], [[1, 2]], ["text"], [null], [7], [true]])("%j is no session", async (payload) => {
    const { session, rejected, setCookies } = await openedWith(payload);
    expect(session.entries()).toEqual([]);
    expect(rejected).toMatchObject([{ code: "bad-payload" }]);
    expect(setCookies).toHaveLength(1);
  });

  test("what would inflate without end", async () => {
    const { session, rejected } = await openedWith({ a: "a".repeat(3_000_000) }, true);
    expect(session.size).toBe(0);
    expect(rejected).toMatchObject([{ code: "bad-payload" }]);
  });

  test("what is nested without end", async () => {
    const { session, rejected } = await openedWith(
      JSON.parse(`{"a":${"[".repeat(1100)}${"]".repeat(1100)}}`),
    );
    expect(session.size).toBe(0);
    expect(rejected).toMatchObject([{ code: "bad-payload" }]);
  });

  test("an expiry that is none", async () => {
    for (const expiry of ["never", [1], { a: 1 }, null, true]) {
      const { session } = await openedWith({ _session_expiry: expiry });
      expect(session.getExpiryAge()).toBe(1_209_600);
      expect(session.getExpireAtBrowserClose()).toBe(false);
    }
  });
});

describe("__proto__, constructor and the like are keys", () => {
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "__defineGetter__"];

  test.each(names)("%s is not there unless it was set", async (name) => {
    const { session } = await visit(make(), good);
    expect([session.get(name), session.has(name), session.pop(name)]).toEqual([undefined, false, undefined]);
    expect(session.get(name, "missing")).toBe("missing");
    expect(session.pop(name, "missing")).toBe("missing");
    expect(session.delete(name)).toBe(false);
    expect(session.modified).toBe(false);
    expect(session.setDefault(name, "mine")).toBe("mine");
  });

  test.each(names)("%s holds what was set, in the next request too", async (name) => {
    const header = await headerAfter(make(), (session) => session.set(name, { admin: true }));
    const { session } = await visit(make(), header);
    expect(session.get(name)).toEqual({ admin: true });
    expect(session.entries()).toEqual([[name, { admin: true }]]);
    expect(session.get("admin")).toBeUndefined();
    expect(session.pop(name)).toEqual({ admin: true });
    expect(session.size).toBe(0);
  });

  test("update takes them from what a client sent, and nothing is polluted", async () => {
    const header = await headerAfter(make(), (session) => {
      session.update(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}'));
    });
    const { session } = await visit(make(), header);
    expect(session.keys()).toEqual(["__proto__", "constructor"]);
    expect(session.has("polluted")).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("what JSON cannot hold is an error of the programmer, when it is saved", () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a Date", new Date(0)],
    ["a Map", new Map()],
    ["bytes", new Uint8Array(1)],
    ["a cycle", cyclic],
  ])("%s", async (_, value) => {
    const sessions = make<{ cart: unknown }>();
    const session = await sessions.open(undefined);
    session.set("cart", { value });
    expect(() => sessions.commit(session, 200)).toThrow(TypeError);
    expect(session.sessionKey).toBeUndefined();
  });
});
