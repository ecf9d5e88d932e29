import { describe, expect, test } from "vitest";
import {
  type Rejection,
  type Session,
  type SessionOptions,
  SessionTooLargeError,
} from "../../src/session/index.ts";
import { browserAfter, headerAfter, make, NOW, noise, SECRET, visit } from "./support.ts";

const sessions = make({ onTooLarge: "chunk" });
const fill = (length: number) => (session: Session) => session.set("text", noise(length));
const names = (lines: readonly string[]) => lines.map((line) => line.split("=")[0]);
const deleted = (lines: readonly string[]) => names(lines.filter((line) => line.includes("Max-Age=0;")));
const read = (session: Session) => session.get("text");

async function textIn(header: string | undefined): Promise<unknown> {
  return (await visit(sessions, header)).session.get("text");
}

describe("a session that is too large for one cookie", () => {
  test("is spread over several, each within the limit, with the same attributes", async () => {
    const { setCookies, session } = await visit(sessions, undefined, fill(7000));
    expect(names(setCookies)).toEqual(["sessionid.0", "sessionid.1"]);
    for (const line of setCookies) {
      expect(line.length).toBeLessThanOrEqual(4096);
      expect(line).toMatch(/; expires=[^;]+; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax$/);
    }
    const values = setCookies.map((line) => line.split(/[=;]/)[1]);
    expect(values.join("")).toBe(session.sessionKey);
  });

  test("fills each to the last byte, whatever its number and the times", async () => {
    const maxAge = 100_000_000_000;
    const many = make({ onTooLarge: "chunk", maxChunks: 11, maxAge });
    const { setCookies } = await visit(many, undefined, fill(42_500));
    expect(setCookies.slice(0, -1).map((line) => line.length)).toEqual([...Array(10).fill(4095)]);
    expect(names(setCookies).at(-1)).toBe("sessionid.10");
    expect(setCookies.at(-1)?.length).toBeLessThanOrEqual(4096);
  });

  test("is read from them, in any order of the header", async () => {
    const header = await headerAfter(sessions, fill(11_000));
    expect(await textIn(header)).toBe(noise(11_000));
    expect(await textIn(header.split("; ").reverse().join("; "))).toBe(noise(11_000));
  });

  test("nothing is set for reading it", async () => {
    const header = await headerAfter(sessions, fill(7000));
    expect(await visit(sessions, header, read)).toMatchObject({ setCookies: [], vary: true });
  });

  test("is an error beyond maxChunks, by default three", async () => {
    const inChunks = async (length: number, maxChunks?: number) =>
      (await visit(make({ onTooLarge: "chunk", maxChunks }), undefined, fill(length))).setCookies.length;
    expect(await inChunks(11_500)).toBe(3);
    await expect(inChunks(12_500)).rejects.toThrow(SessionTooLargeError);
    await expect(inChunks(7000, 1)).rejects.toThrow(SessionTooLargeError);
    await expect(inChunks(3500, 1)).resolves.toBe(1);
    expect(await inChunks(60_000, 20)).toBeGreaterThan(10);
  });

  test("twenty chunks are read as well", async () => {
    const many = make({ onTooLarge: "chunk", maxChunks: 20 });
    const header = await headerAfter(many, fill(60_000));
    expect((await visit(many, header)).session.get("text")).toBe(noise(60_000));
  });

  test("the error says how much it is, and what may be", async () => {
    const session = await sessions.open(undefined);
    fill(20_000)(session);
    expect(() => session.save()).toThrow(
      expect.objectContaining({ code: "too-large", largest: [{ key: "text", bytes: 20_002 }] }),
    );
    expect(session.sessionKey).toBeUndefined();
  });
});

describe("from one number of cookies to another", () => {
  test("to fewer: the surplus is deleted", async () => {
    const header = await headerAfter(sessions, fill(11_000));
    const smaller = await visit(sessions, header, fill(7000));
    expect(names(smaller.setCookies)).toEqual(["sessionid.0", "sessionid.1", "sessionid.2"]);
    expect(deleted(smaller.setCookies)).toEqual(["sessionid.2"]);
    expect(await textIn(browserAfter(header, smaller))).toBe(noise(7000));
  });

  test("to one: all chunks are deleted", async () => {
    const header = await headerAfter(sessions, fill(7000));
    const one = await visit(sessions, header, (session) => session.set("text", "short"));
    expect(names(one.setCookies)).toEqual(["sessionid", "sessionid.0", "sessionid.1"]);
    expect(deleted(one.setCookies)).toEqual(["sessionid.0", "sessionid.1"]);
    const after = browserAfter(header, one);
    expect(after?.startsWith("sessionid=")).toBe(true);
    expect(await textIn(after)).toBe("short");
  });

  test("from one to several: the one is deleted", async () => {
    const header = await headerAfter(sessions, fill(10));
    const several = await visit(sessions, header, fill(7000));
    expect(deleted(several.setCookies)).toEqual(["sessionid"]);
    expect(await textIn(browserAfter(header, several))).toBe(noise(7000));
  });

  test("to none: all are deleted", async () => {
    const header = await headerAfter(sessions, fill(7000));
    const none = await visit(sessions, header, (session) => session.flush());
    expect(deleted(none.setCookies)).toEqual(["sessionid.0", "sessionid.1"]);
    expect(none.setCookies[0]).toBe(
      'sessionid.0=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax',
    );
    expect(browserAfter(header, none)).toBeUndefined();
  });
});

describe("the option is off again", () => {
  const off = make();

  test("they are read, and become one cookie", async () => {
    const header = await headerAfter(sessions, fill(7000));
    expect((await visit(off, header)).session.get("text")).toBe(noise(7000));
    const single = await visit(off, header, fill(100));
    expect(deleted(single.setCookies)).toEqual(["sessionid.0", "sessionid.1"]);
    const after = browserAfter(header, single);
    expect(after).toMatch(/^sessionid=[^;]+$/);
    expect((await visit(off, after)).session.get("text")).toBe(noise(100));
  });

  test("they are deleted with the session", async () => {
    const header = await headerAfter(sessions, fill(7000));
    const none = await visit(off, header, (session) => session.flush());
    expect(browserAfter(header, none)).toBeUndefined();
  });

  test("a change that does not fit is an error", async () => {
    const header = await headerAfter(sessions, fill(7000));
    await expect(visit(off, header, (session) => session.set("more", 1))).rejects.toThrow(
      SessionTooLargeError,
    );
  });

  test.each<[string, Partial<SessionOptions>]>([
    ["saved at every request", { saveEveryRequest: true }],
    ["old", { refreshAfter: 60, now: () => NOW + 61 }],
    ["signed by a fallback", { secret: "a newer secret", fallbacks: [SECRET] }],
  ])("one that is %s and does not fit is read, and stays", async (_, options) => {
    const header = await headerAfter(sessions, fill(7000));
    expect(await visit(make(options), header, read)).toMatchObject({ setCookies: [], vary: true });
    expect((await visit(make(options), header)).session.get("text")).toBe(noise(7000));
    expect((await visit(make({ ...options, onTooLarge: "chunk" }), header, read)).setCookies).toHaveLength(2);
    await expect(
      visit(make({ ...options, now: () => NOW + 1_209_601 }), header, read),
    ).resolves.toMatchObject({
      session: expect.objectContaining({ size: 0 }),
    });
  });
});

describe("chunks that are not of one session", () => {
  const cases: [string, (older: string[], newer: string[]) => string[]][] = [
    ["of two generations", ([first = ""], [, second = ""]) => [first, second]],
    ["the other way round", ([, second = ""], [first = ""]) => [first, second]],
    ["with a gap", (_, [first = "", , third = ""]) => [first, third]],
    ["without the first", (_, [, ...rest]) => rest],
    ["without the last", (_, [first = "", second = ""]) => [first, second]],
    [
      "in the wrong places",
      (_, [first = "", ...rest]) => [
        first.replace(".0=", ".1="),
        ...rest.map((pair) => pair.replace(".1=", ".0=")),
      ],
    ],
  ];

  test.each(cases)("%s are refused", async (_, mix) => {
    const rejected: Rejection[] = [];
    const watching = make({ onTooLarge: "chunk", onRejected: (why) => rejected.push(why) });
    const older = (await headerAfter(sessions, fill(11_000))).split("; ");
    const newer = (
      await headerAfter(sessions, (session) => session.set("text", noise(11_000, "newer")))
    ).split("; ");
    expect([older.length, newer.length]).toEqual([3, 3]);
    const header = mix(older, newer).join("; ");
    const { session, setCookies } = await visit(watching, header, read);
    expect(session.size).toBe(0);
    const leftOver = header.split("; ").map((pair) => pair.split("=")[0]);
    expect(deleted(setCookies)).toEqual(leftOver);
    const hasFirst = leftOver.includes("sessionid.0");
    expect(rejected.map(({ code }) => code)).toEqual(hasFirst ? ["bad-signature"] : []);
    expect(names(setCookies).includes("sessionid")).toBe(hasFirst);
  });
});
