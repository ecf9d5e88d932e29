import { describe, expect, test } from "vitest";
import { fail } from "../../src/core/failure.ts";
import { verify } from "../../src/core/verify.ts";
import { bindPlain, cookie, openAs } from "./plain-format.ts";

const codeOf = (result: ReturnType<typeof verify>) => (result.ok ? "valid" : result.code);

describe("the keys", () => {
  test.each([
    ["new", 0],
    ["old", 1],
    ["older", 2],
  ])("%s is key %d", (secret, keyIndex) => {
    expect(verify(cookie(`${secret}|p|50`), bindPlain(), 60)).toMatchObject({
      ok: true,
      verified: true,
      format: "plain",
      payload: "p",
      keyIndex,
      needsRotation: keyIndex > 0,
      issuedAt: 50,
      expiresAt: 150,
    });
  });

  test("none of them", () => {
    expect(codeOf(verify(cookie("other|p|50"), bindPlain(), 60))).toBe("bad-signature");
    expect(codeOf(verify(cookie("other|p|50"), bindPlain({ protection: "encrypted" }), 60))).toBe(
      "undecryptable",
    );
  });

  test("an empty fallback is never a key", () => {
    const binding = bindPlain({}, { fallbacks: ["", "old"] });
    expect(codeOf(verify(cookie("|p|50"), binding, 60))).toBe("bad-signature");
    expect(verify(cookie("old|p|50"), binding, 60)).toMatchObject({ keyIndex: 2 });
  });

  test("only a mismatch lets the next one be tried", () => {
    const tried: string[] = [];
    const binding = bindPlain({
      open(_, key) {
        tried.push(key);
        return key === "new" ? fail("mismatch", "no") : fail("unsupported", "stop");
      },
    });
    expect(codeOf(verify(cookie("a|b|c"), binding, 0))).toBe("unsupported");
    expect(tried).toEqual(["new", "old"]);
  });

  test("what is outdated needs rotation under the current secret too", () => {
    expect(verify(cookie("a|b|c"), bindPlain(openAs({ outdated: "sha1" })), 0)).toMatchObject({
      keyIndex: 0,
      outdated: "sha1",
      needsRotation: true,
    });
  });
});

describe("the clock", () => {
  test.each<[string, number | null, number, string]>([
    ["as old as allowed", 100, 150, "valid"],
    ["a fraction older", 100, 150.25, "expired"],
    ["a second older", 100, 151, "expired"],
    ["from the future", 100, 0, "valid"],
    ["no check", null, 1e12, "valid"],
    ["zero", 0, 50, "valid"],
    ["negative", -1, 50, "expired"],
  ])("%s", (_, maxAge, now, verdict) => {
    expect(codeOf(verify(cookie("new|p|50"), bindPlain({}, { maxAge }), now))).toBe(verdict);
  });

  test("a framework that truncates the clock and refuses the future", () => {
    const clock = () => ({ wholeSeconds: true, future: "expired" }) as const;
    const at = (now: number, maxAge: number | null = 100) =>
      codeOf(verify(cookie("new|p|50"), bindPlain({ clock }, { maxAge }), now));
    expect([at(150.9), at(151), at(49.9), at(0, null)]).toEqual(["valid", "expired", "expired", "valid"]);
  });

  test("a cookie without a time does not age", () => {
    expect(verify(cookie("new|p|"), bindPlain(), 1e12)).toMatchObject({ issuedAt: null, expiresAt: null });
  });

  test("a cookie's own end counts as well, whichever comes first", () => {
    const own = bindPlain(openAs({ issuedAt: 50, expiresAt: 120 }));
    expect(verify(cookie("a|b|c"), own, 120)).toMatchObject({ ok: true, expiresAt: 120 });
    expect(codeOf(verify(cookie("a|b|c"), own, 121))).toBe("expired");
    const longer = bindPlain(openAs({ issuedAt: 50, expiresAt: 1000 }));
    expect(verify(cookie("a|b|c"), longer, 60)).toMatchObject({ expiresAt: 150 });
  });

  test("an infinite time is malformed once an age is checked", () => {
    const endless = openAs({ issuedAt: Number.POSITIVE_INFINITY });
    expect(codeOf(verify(cookie("a|b|c"), bindPlain(endless), 0))).toBe("malformed");
    expect(codeOf(verify(cookie("a|b|c"), bindPlain(endless, { maxAge: null }), 0))).toBe("valid");
  });

  test("age comes before the payload, the signature before both", () => {
    expect(codeOf(verify(cookie("new|unreadable|50"), bindPlain(), 1000))).toBe("expired");
    expect(codeOf(verify(cookie("new|unreadable|50"), bindPlain(), 60))).toBe("bad-payload");
    expect(codeOf(verify(cookie("no|unreadable|50"), bindPlain(), 1000))).toBe("bad-signature");
  });
});

describe("what is refused before any key", () => {
  test("a layout that does not fit", () => {
    expect(codeOf(verify(cookie("no bars"), bindPlain(), 0))).toBe("malformed");
  });

  test("a value above the limit", () => {
    const long = `new|${"p".repeat(995)}|`;
    expect(codeOf(verify(cookie(long), bindPlain(), 0))).toBe("valid");
    expect(codeOf(verify(cookie(`${long}1`), bindPlain(), 0))).toBe("malformed");
  });
});
