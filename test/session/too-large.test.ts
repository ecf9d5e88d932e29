import { describe, expect, test } from "vitest";
import { type SessionOptions, SessionTooLargeError } from "../../src/session/index.ts";
import { browserAfter, make, noise, SECRET, visit } from "./support.ts";

/** What a call throws. */
async function thrownBy(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("the limit is 4096 bytes of the whole line", () => {
  const line = async (options: Partial<SessionOptions>) => {
    const { setCookies } = await visit(make(options), undefined, (session) => session.set("a", noise(2500)));
    expect(setCookies).toHaveLength(1);
    return setCookies[0] ?? "";
  };
  const pathOf = (length: number) => `/${"p".repeat(length - 1)}`;

  test.each<[string, Partial<SessionOptions>]>([
    ["as usual", {}],
    ["where chunks are allowed", { onTooLarge: "chunk" }],
    ["without times", { expireAtBrowserClose: true }],
    ["with a short age", { maxAge: 5 }],
    ["with every attribute", { domain: "example.com", secure: true, partitioned: true, sameSite: "Strict" }],
  ])("%s", async (_, options) => {
    const left = 4096 - (await line({ ...options, path: "/" })).length;
    expect(left).toBeGreaterThan(100);
    expect(await line({ ...options, path: pathOf(left + 1) })).toHaveLength(4096);
    const over = { ...options, path: pathOf(left + 2) };
    if (options.onTooLarge === "chunk") {
      const { setCookies } = await visit(make(over), undefined, (session) => session.set("a", noise(2500)));
      expect(setCookies.map((text) => text.split("=")[0])).toEqual(["sessionid.0", "sessionid.1"]);
    } else {
      expect(await thrownBy(() => line(over))).toMatchObject({ code: "too-large", bytes: 4097, limit: 4096 });
    }
  });

  test("the name counts", async () => {
    const left = 4096 - (await line({ name: "s" })).length;
    expect(await line({ name: "s".repeat(left + 1) })).toHaveLength(4096);
    const error = await thrownBy(() => line({ name: "s".repeat(left + 2) }));
    expect(error).toMatchObject({ bytes: 4097 });
  });

  test("a session of its own expiry has a line of its own length", async () => {
    const sessions = (path: string) => make({ path });
    const save = async (path: string, expiry: number) => {
      const handled = visit(sessions(path), undefined, (session) => {
        session.set("a", noise(2500));
        session.setExpiry(expiry);
      });
      return (await handled).setCookies[0] ?? "";
    };
    const left = 4096 - (await save("/", 12_345)).length;
    expect(await save(pathOf(left + 1), 12_345)).toHaveLength(4096);
    // One digit less in the payload too, which is base64: never longer.
    expect((await save(pathOf(left + 1), 1_234)).length).toBeLessThan(4096);
  });
});

describe("the error", () => {
  const tooLarge = async () => {
    const session = await make().open(undefined);
    session.update({
      small: 1,
      text: noise(3000),
      list: [noise(999, "b")],
      more: noise(898, "c"),
      tiny: "x",
    });
    return session;
  };

  test("names the largest keys with their bytes of JSON, and not what is in them", async () => {
    const session = await tooLarge();
    const error = await thrownBy(() => session.save());
    if (!(error instanceof SessionTooLargeError)) throw error;
    expect(error).toMatchObject({
      name: "SessionTooLargeError",
      code: "too-large",
      limit: 4096,
      largest: [
        { key: "text", bytes: 3002 },
        { key: "list", bytes: 1003 },
        { key: "more", bytes: 900 },
      ],
    });
    expect(error.bytes).toBeGreaterThan(4096);
    expect(error.message).toContain('"text" 3002, "list" 1003, "more" 900');
    expect(error.message).not.toContain(noise(20));
    expect(error.message).not.toContain(SECRET);
  });

  test("counts bytes as they are written: \\u00e9 takes six", async () => {
    const session = await make().open(undefined);
    session.update({ latin: "\u00e9".repeat(900) + noise(4000), ascii: noise(5000) });
    const error = await thrownBy(() => session.save());
    expect(error).toMatchObject({
      largest: [
        { key: "latin", bytes: 9402 },
        { key: "ascii", bytes: 5002 },
      ],
    });
  });

  test("nothing was written", async () => {
    const session = await tooLarge();
    await thrownBy(() => session.save());
    expect(session.sessionKey).toBeUndefined();
    session.delete("text");
    session.save();
    expect(session.sessionKey).toBeTypeOf("string");
  });

  test("is thrown by commit, and the cookie of the request stays", async () => {
    const sessions = make();
    const header = browserAfter(
      undefined,
      await visit(sessions, undefined, (session) => session.set("a", 1)),
    );
    const session = await sessions.open(header);
    const before = session.sessionKey;
    session.set("text", noise(5000));
    expect(await thrownBy(() => sessions.commit(session, 200))).toBeInstanceOf(SessionTooLargeError);
    expect(session.sessionKey).toBe(before);
    expect(sessions.commit(session, 500)).toEqual({ setCookies: [], vary: true });
  });

  test("what compresses well is not too large", async () => {
    const { setCookies } = await visit(make(), undefined, (session) => session.set("a", "a".repeat(100_000)));
    expect(setCookies[0]?.length).toBeLessThan(1000);
  });
});
