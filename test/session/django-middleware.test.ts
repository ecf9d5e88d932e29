/**
 * Django's own tests of its SessionMiddleware, by their names (`SessionMiddlewareTests` in
 * tests/sessions_tests/tests.py), and what the middleware of Django 5.2.18 answered over signed_cookies at `NOW`.
 *
 * Not here: test_session_update_error_redirect, since only a session of a database can be deleted by another request.
 */
import { describe, expect, test } from "vitest";
import type { Session, SessionOptions } from "../../src/session/index.ts";
import { make, NOW, visit } from "./support.ts";

const touch = (session: Session) => session.set("hello", "world");
const flush = (session: Session) => session.flush();

async function lineOf(options: Partial<SessionOptions>, handle: (session: Session) => void, header?: string) {
  const { setCookies } = await visit(make(options), header, handle);
  expect(setCookies).toHaveLength(1);
  return setCookies[0];
}

test("test_secure_session_cookie", async () => {
  expect(await lineOf({ secure: true }, touch)).toMatch(/; Secure$/);
});

test("test_httponly_session_cookie", async () => {
  expect(await lineOf({ httpOnly: true }, touch)).toContain("; HttpOnly;");
});

test("test_samesite_session_cookie", async () => {
  expect(await lineOf({ sameSite: "Strict" }, touch)).toMatch(/; SameSite=Strict$/);
});

test("test_no_httponly_session_cookie", async () => {
  expect(await lineOf({ httpOnly: false }, touch)).not.toMatch(/httponly/i);
});

test.each([
  ["test_session_save_on_500", 500],
  ["test_session_save_on_5xx", 503],
])("%s", async (_, status) => {
  const { session, setCookies } = await visit(make(), undefined, touch, status);
  expect(setCookies).toEqual([]);
  expect(session.sessionKey).toBeUndefined();
});

test("test_session_delete_on_end", async () => {
  const { setCookies, vary } = await visit(make(), "sessionid=abc", flush);
  expect(setCookies).toEqual([
    'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax',
  ]);
  expect(vary).toBe(true);
});

test("test_session_delete_on_end_with_custom_domain_and_path", async () => {
  const line = await lineOf({ domain: ".example.local", path: "/example/" }, flush, "sessionid=abc");
  expect(line).toBe(
    'sessionid=""; Domain=.example.local; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; ' +
      "Path=/example/; SameSite=Lax",
  );
});

test("test_flush_empty_without_session_cookie_doesnt_set_cookie", async () => {
  const { setCookies, vary } = await visit(make(), undefined, flush);
  expect(setCookies).toEqual([]);
  expect(vary).toBe(true);
});

test("test_empty_session_saved", async () => {
  const sessions = make();
  const { session, setCookies, vary } = await visit(sessions, undefined, (fresh) => fresh.set("foo", "bar"));
  expect(session.entries()).toEqual([["foo", "bar"]]);
  expect(setCookies[0]).toContain(`sessionid=${session.sessionKey};`);
  expect(vary).toBe(true);
  session.delete("foo");
  const emptied = sessions.commit(session, 200);
  expect(session.entries()).toEqual([]);
  expect(session.sessionKey?.length).toBeGreaterThan(8);
  expect(emptied.setCookies[0]).toContain(`sessionid=${session.sessionKey};`);
  expect(emptied.vary).toBe(true);
  const again = await sessions.open(`sessionid=${session.sessionKey}`);
  expect(again.entries()).toEqual([]);
  expect(again.modified).toBe(false);
});

const HELLO = "eyJoZWxsbyI6IndvcmxkIn0:1riz7A:lYqF_qkxFMb634YcQ9dNIgRAtPP57gVrzZ3II-KOBG0";
const EMPTY = "e30:1riz7A:5ZBEnQWP1V_k2mXCGuq0oYZZ-VtpDT0Y_MAkacVMYV8";
const TWO_WEEKS = "expires=Sat, 23 Mar 2024 16:00:00 GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax";

describe("what Django 5.2.18 answers", () => {
  const cookies = {
    none: undefined,
    good: HELLO,
    short: "abc",
    garbage: "garbage:of:some",
    tampered: `${HELLO.slice(0, -1)}_`,
  };
  const handlers: Record<string, (session: Session) => void> = {
    nothing: () => undefined,
    read: (session) => session.get("hello"),
    touch,
    flush,
    clear: (session) => session.clear(),
    "flush, set": (session) => {
      session.flush();
      session.set("hello", "world");
    },
    cycleKey: (session) => session.cycleKey(),
    save: (session) => session.save(),
  };
  const outcomes: Record<string, { setCookies: string[]; vary: boolean }> = {
    "-": { setCookies: [], vary: false },
    vary: { setCookies: [], vary: true },
    hello: { setCookies: [`sessionid=${HELLO}; ${TWO_WEEKS}`], vary: true },
    empty: { setCookies: [`sessionid=${EMPTY}; ${TWO_WEEKS}`], vary: true },
    deleted: {
      setCookies: ['sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'],
      vary: true,
    },
  };

  // Under each cookie: what a response of status 200 brings, and one of status 500.
  const table = `
                 none          good              short             garbage           tampered
    nothing    | - -         | - -             | deleted deleted | - -             | - -
    read       | vary vary   | vary vary       | deleted deleted | empty vary      | empty vary
    touch      | hello vary  | hello vary      | hello vary      | hello vary      | hello vary
    flush      | vary vary   | deleted deleted | deleted deleted | deleted deleted | deleted deleted
    clear      | vary vary   | empty vary      | deleted deleted | empty vary      | empty vary
    flush, set | hello vary  | hello vary      | hello vary      | hello vary      | hello vary
    cycleKey   | empty vary  | hello vary      | empty vary      | empty vary      | empty vary
    save       | empty vary  | hello vary      | empty vary      | empty vary      | empty vary`;
  const cases = table
    .trim()
    .split("\n")
    .slice(1)
    .flatMap((row) => {
      const [handler = "", ...cells] = row.split("|").map((cell) => cell.trim());
      return Object.entries(cookies).flatMap(([cookie, value], column) => {
        const [ok, failed] = (cells[column] ?? "").split(" ");
        return [
          { handler, cookie, value, status: 200, outcome: ok ?? "" },
          { handler, cookie, value, status: 500, outcome: failed ?? "" },
        ];
      });
    });

  test.each(cases)(
    "$handler, cookie: $cookie, status $status: $outcome",
    async ({ handler, value, status, outcome }) => {
      const header = value && `sessionid=${value}`;
      const { setCookies, vary } = await visit(make(), header, handlers[handler], status);
      expect({ setCookies, vary }).toEqual(outcomes[outcome]);
    },
  );

  test.each([
    ["good", HELLO, 200, "hello"],
    ["none", undefined, 200, "-"],
    ["garbage", "garbage:of:some", 200, "empty"],
    ["good", HELLO, 500, "-"],
  ])("saveEveryRequest, cookie: %s %#", async (_, value, status, outcome) => {
    const header = value && `sessionid=${value}`;
    const { setCookies, vary } = await visit(make({ saveEveryRequest: true }), header, undefined, status);
    expect({ setCookies, vary }).toEqual(outcomes[outcome]);
  });
});

describe("the lines of Django 5.2.18", () => {
  const moment = (seconds: number) => new Date((NOW + seconds) * 1000);
  const expiring = (expiry: number | Date) => (session: Session) => {
    touch(session);
    session.setExpiry(expiry);
  };
  test.each<[string, Partial<SessionOptions>, (session: Session) => void, string]>([
    [
      "name, age, domain, path",
      { name: "sid", maxAge: 60, domain: ".example.local", path: "/example/" },
      touch,
      `sid=${HELLO}; Domain=.example.local; expires=Sat, 09 Mar 2024 16:01:00 GMT; HttpOnly; Max-Age=60; ` +
        "Path=/example/; SameSite=Lax",
    ],
    [
      "SameSite=None",
      { sameSite: "None", secure: true },
      touch,
      `sessionid=${HELLO}; expires=Sat, 23 Mar 2024 16:00:00 GMT; HttpOnly; Max-Age=1209600; Path=/; ` +
        "SameSite=None; Secure",
    ],
    [
      "until the browser closes",
      { expireAtBrowserClose: true },
      touch,
      `sessionid=${HELLO}; HttpOnly; Path=/; SameSite=Lax`,
    ],
    [
      "an expiry of 300 s",
      {},
      expiring(300),
      "sessionid=eyJoZWxsbyI6IndvcmxkIiwiX3Nlc3Npb25fZXhwaXJ5IjozMDB9:1riz7A:" +
        "Vcv6KbigTuP3Hlm1UbQzeCFpUSGmxqqZn_L7XtkxdTk; expires=Sat, 09 Mar 2024 16:05:00 GMT; HttpOnly; " +
        "Max-Age=300; Path=/; SameSite=Lax",
    ],
    [
      "an expiry with the browser",
      {},
      expiring(0),
      "sessionid=eyJoZWxsbyI6IndvcmxkIiwiX3Nlc3Npb25fZXhwaXJ5IjowfQ:1riz7A:" +
        "Rm9EPP6ZHCUKo6rGze4q-2S2iXtRNfHw539wX37YGpw; HttpOnly; Path=/; SameSite=Lax",
    ],
    [
      "an expiry at a moment",
      {},
      expiring(moment(90.5)),
      "sessionid=eyJoZWxsbyI6IndvcmxkIiwiX3Nlc3Npb25fZXhwaXJ5IjoiMjAyNC0wMy0wOVQxNjowMTozMC41MDAwMDArMDA6MDAifQ" +
        ":1riz7A:F5lWZppo7zR6iw_EBwNWrX7MXo42cFHgXNEDlJyX_3w; expires=Sat, 09 Mar 2024 16:01:30 GMT; HttpOnly; " +
        "Max-Age=90; Path=/; SameSite=Lax",
    ],
    [
      "an expiry in the past",
      {},
      expiring(moment(-10.5)),
      "sessionid=eyJoZWxsbyI6IndvcmxkIiwiX3Nlc3Npb25fZXhwaXJ5IjoiMjAyNC0wMy0wOVQxNTo1OTo0OS41MDAwMDArMDA6MDAifQ" +
        ":1riz7A:OW3kMdjCoXxeEAWAFd1wDRyNQc4KCCls-7jbsbJ3wus; expires=Sat, 09 Mar 2024 15:59:49 GMT; HttpOnly; " +
        "Max-Age=-11; Path=/; SameSite=Lax",
    ],
  ])("%s", async (_, options, handle, line) => {
    expect(await lineOf(options, handle)).toBe(line);
  });

  const deleted = (name: string, attributes: string) =>
    `${name}=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; ${attributes}`;
  test.each<[string, Partial<SessionOptions>, string]>([
    ["secure", { secure: true }, deleted("sessionid", "SameSite=Lax")],
    ["SameSite=None", { secure: true, sameSite: "None" }, deleted("sessionid", "SameSite=None; Secure")],
    ["__Host-", { secure: true, name: "__Host-sid" }, deleted("__Host-sid", "SameSite=Lax; Secure")],
    ["__Secure-", { secure: true, name: "__Secure-sid" }, deleted("__Secure-sid", "SameSite=Lax; Secure")],
  ])("a deletion: %s", async (_, options, line) => {
    expect(await lineOf(options, flush, `${options.name ?? "sessionid"}=${HELLO}`)).toBe(line);
  });
});
