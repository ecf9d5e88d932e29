import { describe, expect, test } from "vitest";
import * as platform from "#platform";
import { type CreateCodecOptions, createCodec } from "../../../src/index.ts";
import { SECRET, utf8 } from "./support.ts";

const codecFor = (given: Partial<CreateCodecOptions<"django">> = {}) =>
  createCodec({ format: "django", secret: SECRET, ...given });

describe("limits", () => {
  const salt = "django.contrib.sessions.backends.signed_cookies";
  const signed = (text: string) => codecFor({ backend: "timestamp_signer", salt }).sign(text, { now: 0 });
  const session = (data: Uint8Array) => signed(platform.base64url(data));
  const verify = (value: string, given: Partial<CreateCodecOptions<"django">> = {}) =>
    codecFor(given).verify({ value }, { now: 0 });

  test("a genuine session passes this way", () => {
    expect(verify(session(utf8('{"a":1}')))).toMatchObject({ ok: true, payload: { a: 1 } });
  });

  test("a zip bomb stops at the limit, which can be moved", () => {
    const bomb = signed(`.${platform.base64url(platform.deflate(utf8(`"${"x".repeat(3_000_000)}"`)))}`);
    expect(bomb.length).toBeLessThan(5000);
    expect(verify(bomb)).toMatchObject({
      ok: false,
      code: "bad-payload",
      hint: expect.stringContaining("--max-inflated"),
    });
    expect(codecFor().decode({ value: bomb })).toMatchObject({ ok: false, code: "bad-payload" });
    expect(verify(bomb, { maxInflated: 3_000_002 }).ok).toBe(true);
    expect(verify(bomb, { maxInflated: 3_000_001 }).ok).toBe(false);
  });

  test.each([2_001, 100_000])("%d nested lists are refused", (depth) => {
    const value = session(utf8(`${"[".repeat(depth)}${"]".repeat(depth)}`));
    expect(verify(value)).toMatchObject({ ok: false, code: "bad-payload" });
    expect(codecFor().decode({ value })).toMatchObject({ ok: false, code: "bad-payload" });
    expect(codecFor().rotate({ value }, { now: 0 })).toMatchObject({ ok: false, code: "bad-payload" });
  });

  test("nested messages are refused cleanly too", () => {
    const nested = '["__json_message",0,'.repeat(3000);
    const value = codecFor({
      backend: "timestamp_signer",
      salt: "django.contrib.messages",
      keyPrefix: "django.http.cookies",
    });
    expect(
      codecFor({ backend: "messages" }).verify({
        value: value.sign(platform.base64url(utf8(nested)), { now: 0 }),
      }),
    ).toMatchObject({ ok: false });
  });

  test("2 MB are refused unless the limit is raised", () => {
    const value = session(utf8(JSON.stringify({ text: "x".repeat(1_500_000) })));
    expect(value.length).toBeGreaterThan(2_000_000);
    expect(verify(value)).toMatchObject({
      ok: false,
      code: "malformed",
      hint: expect.stringContaining("--max-length"),
    });
    expect(verify(value, { maxLength: 3_000_000 }).ok).toBe(true);
  });

  test("half a surrogate pair is refused", () => {
    expect(verify(`\ud83c${session(utf8("{}"))}`)).toMatchObject({ ok: false, code: "malformed" });
  });
});
