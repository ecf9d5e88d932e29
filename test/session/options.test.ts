import { afterEach, describe, expect, test, vi } from "vitest";
import { createSessions, type SessionOptions } from "../../src/session/index.ts";
import { make, SECRET, visit } from "./support.ts";

const lineOf = async (options: Partial<SessionOptions>) => {
  const sessions = createSessions({ secret: SECRET, ...options });
  const { setCookies } = await visit(sessions, undefined, (session) => session.set("a", 1));
  return setCookies[0] ?? "";
};

describe("the defaults", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each([
    ["production", true],
    ["test", true],
    ["", true],
    ["development", false],
  ])("NODE_ENV=%j: secure %s", async (environment, secure) => {
    vi.stubEnv("NODE_ENV", environment);
    expect((await lineOf({})).endsWith("; Secure")).toBe(secure);
    expect((await lineOf({ secure: true })).endsWith("; Secure")).toBe(true);
    expect((await lineOf({ secure: false })).endsWith("; Secure")).toBe(false);
  });

  test("without NODE_ENV: secure", async () => {
    vi.stubEnv("NODE_ENV", undefined);
    expect((await lineOf({})).endsWith("; Secure")).toBe(true);
  });

  test("are Django's for the rest", async () => {
    expect(await lineOf({})).toMatch(
      /^sessionid=[^;]+; expires=[^;]+; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax; Secure$/,
    );
  });
});

describe("what browsers refuse is an error of the programmer", () => {
  test.each<[string, Partial<SessionOptions>]>([
    ["SameSite=None without Secure", { sameSite: "None", secure: false }],
    ["a SameSite in lower case, since None would slip through", { sameSite: "none" as never, secure: false }],
    ["an unknown SameSite", { sameSite: "lazy" as never }],
    ["Partitioned without Secure", { partitioned: true, secure: false }],
    ["__Secure- without Secure", { name: "__Secure-sid", secure: false }],
    ["__secure- in lower case", { name: "__secure-sid", secure: false }],
    ["__Host- without Secure", { name: "__Host-sid", secure: false }],
    ["__Host- with a path", { name: "__Host-sid", path: "/app" }],
    ["__Host- with a domain", { name: "__Host-sid", domain: "example.com" }],
    ["__HOST- with a domain", { name: "__HOST-sid", domain: "example.com" }],
    ["an empty name", { name: "" }],
    ["a name with a space", { name: "session id" }],
    ["a name with a line break", { name: "a\r\nSet-Cookie: b" }],
    ["a path with a semicolon", { path: "/; Secure" }],
    ["a path that is relative", { path: "app" }],
    ["a domain with a line break", { domain: "a\r\nb" }],
    ["an age of nothing", { maxAge: 0 }],
    ["an age with a fraction", { maxAge: 1.5 }],
    ["no chunk", { onTooLarge: "chunk", maxChunks: 0 }],
    ["too many chunks", { onTooLarge: "chunk", maxChunks: 51 }],
    ["an unknown version of Django", { version: "1.3" }],
    ["an unknown algorithm", { algorithm: "rot13" }],
  ])("%s", (_, options) => {
    expect(() => make({ secure: true, ...options })).toThrow(TypeError);
  });
});

describe("what browsers take", () => {
  test.each<[Partial<SessionOptions>, RegExp]>([
    [{ name: "__Host-sid" }, /^__Host-sid=[^;]+;.* Path=\/; SameSite=Lax; Secure$/],
    [{ name: "__Secure-sid", path: "/app", domain: "example.com" }, /; Domain=example\.com;.* Path=\/app;/],
    [{ sameSite: "None" }, /; SameSite=None; Secure$/],
    [{ partitioned: true, sameSite: "None" }, /; Partitioned; Path=\/; SameSite=None; Secure$/],
  ])("%j", async (options, line) => {
    expect(await lineOf({ secure: true, ...options })).toMatch(line);
  });

  test("a partitioned cookie is deleted in its partition", async () => {
    const sessions = make({ partitioned: true, secure: true });
    const { setCookies } = await visit(sessions, "sessionid=abc", (session) => session.flush());
    expect(setCookies[0]).toMatch(/^sessionid="";.* Max-Age=0; Partitioned; Path=\/; SameSite=Lax; Secure$/);
  });
});

test("maxAge: what the browser is told and what is accepted", async () => {
  const at = (now: number) => make({ maxAge: 60, now: () => now });
  const { session, setCookies } = await visit(at(1000), undefined, (fresh) => fresh.set("a", 1));
  expect(setCookies[0]).toContain("; Max-Age=60;");
  const header = `sessionid=${session.sessionKey}`;
  expect((await visit(at(1060), header)).session.get("a")).toBe(1);
  expect((await visit(at(1061), header)).session.get("a")).toBeUndefined();
});
