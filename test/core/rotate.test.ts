import { describe, expect, test } from "vitest";
import { fail } from "../../src/core/failure.ts";
import { rotate } from "../../src/core/rotate.ts";
import { bindPlain, cookie, openAs } from "./plain-format.ts";

const env = { now: 60, random: (length: number) => new Uint8Array(length) };

describe("rotate", () => {
  test("re-seals the body under the current secret and keeps the time", () => {
    expect(rotate(cookie("older|p|50"), bindPlain(), env)).toEqual({
      ok: true,
      value: "new|p|50",
      cookies: [{ name: "plain", value: "new|p|50" }],
      changed: true,
    });
  });

  test("uses the name that the cookie came with", () => {
    const rotated = rotate(cookie("old|p|50", { name: "mine" }), bindPlain(), env);
    expect(rotated).toMatchObject({ cookies: [{ name: "mine" }] });
  });

  test("a cookie without a time gets the present one", () => {
    expect(rotate(cookie("old|p|"), bindPlain(), env)).toMatchObject({ value: "new|p|60" });
  });

  test("the current secret's cookie comes back as it is, with its companions", () => {
    const binding = bindPlain({ companionSuffix: ".sig" });
    const siblings = new Map([
      ["mine.sig", "s"],
      ["other", "o"],
    ]);
    expect(rotate(cookie("new|p|50", { name: "mine", siblings }), binding, env)).toEqual({
      ok: true,
      value: "new|p|50",
      cookies: [
        { name: "mine", value: "new|p|50" },
        { name: "mine.sig", value: "s" },
      ],
      changed: false,
    });
  });

  test("an outdated cookie of the current secret is sealed again", () => {
    const rotated = rotate(cookie("a|b|c"), bindPlain(openAs({ issuedAt: 50, outdated: "sha1" })), env);
    expect(rotated).toMatchObject({ changed: true, value: "new|p|50" });
  });

  test.each([
    ["no|p|50", "bad-signature"],
    ["old|p|-50", "expired"],
    ["old|unreadable|50", "bad-payload"],
    ["old", "malformed"],
  ])("%s fails as verify does: %s", (value, code) => {
    expect(rotate(cookie(value), bindPlain(), env)).toMatchObject({ ok: false, code });
  });

  test("what the format cannot seal is a failure", () => {
    const binding = bindPlain({ seal: () => fail("unsupported", "cannot") });
    expect(rotate(cookie("old|p|50"), binding, env)).toMatchObject({ ok: false, code: "unsupported" });
  });
});
