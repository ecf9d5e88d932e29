import { afterEach, describe, expect, test, vi } from "vitest";
import { createCodec } from "../../src/index.ts";
import { cookieMatchers } from "../../src/testing/index.ts";
import "../../src/testing/vitest.ts";
import { cookieSession } from "../cli/fixtures.ts";
import { codec, failure, login, now, payload, stranger } from "./support.ts";

afterEach(() => {
  vi.useRealTimers();
});

const { value } = login;

describe("a cookie that Django made", () => {
  test.each([
    ["a value", value],
    ["name=value", `sessionid=${value}`],
    ["a Cookie header", `Cookie: csrftoken=x; sessionid=${value}`],
    ["a Set-Cookie line", `Set-Cookie: sessionid=${value}; Path=/; HttpOnly`],
    ["parts", { name: "sessionid", value }],
  ])("is valid as %s", (_notation, cookie) => {
    expect(cookie).toBeValidSession(codec, { now });
    expect(cookie).not.toBeValidSession(stranger, { now });
  });

  test("is compared with the payload as toEqual does", () => {
    expect(value).toBeValidSession(codec, { now, payload });
    expect(value).toBeValidSession(codec, { now, payload: expect.objectContaining({ _auth_user_id: "42" }) });
    expect(value).toBeValidSession(codec, {
      now,
      payload: { ...payload, _auth_user_hash: expect.any(String) },
    });
    expect(value).not.toBeValidSession(codec, { now, payload: {} });
    expect(value).not.toBeValidSession(codec, {
      now,
      payload: expect.objectContaining({ _auth_user_id: 42 }),
    });
  });

  test("needs an age that the codec accepts, by the test's clock", () => {
    expect(value).not.toBeValidSession(codec);
    vi.useFakeTimers({ now: now * 1000 });
    expect(value).toBeValidSession(codec);
  });

  test("may be what a promise gives", async () => {
    await expect(Promise.resolve(value)).resolves.toBeValidSession(codec, { now });
    await expect(Promise.resolve(value)).resolves.not.toBeValidSession(stranger, { now });
  });
});

test("cookie-session's pair", () => {
  const { header, secret, session } = cookieSession("object");
  const express = createCodec({ format: "cookie-session", secret });
  expect(header).toBeValidSession(express, { payload: JSON.parse(session) });
  expect(header.split(";")[0]).not.toBeValidSession(express);
});

test("dates and large integers in a payload are compared by their values", () => {
  const flask = createCodec({ format: "flask", secret: "s3cret" });
  const cookie = flask.sign({ at: new Date(1_700_000_000_000), count: 2n ** 70n });
  expect(cookie).toBeValidSession(flask, { payload: { at: new Date(1_700_000_000_000), count: 2n ** 70n } });
  expect(cookie).not.toBeValidSession(flask, { payload: { at: new Date(0), count: 2n ** 70n } });
});

describe("a failure says", () => {
  test("why the cookie was refused", () => {
    const message = failure(() => expect(value).toBeValidSession(stranger, { now }));
    expect(message).toBe(
      "expect(cookie).toBeValidSession(codec)\n\nbad-signature: the signature does not match",
    );
  });

  test("the age, and a hint where there is one", () => {
    expect(failure(() => expect(value).toBeValidSession(codec, { now: now + 1_209_600 + 7_200 }))).toMatch(
      /^expired: it expired 2 hours ago$/m,
    );
    const express = createCodec({ format: "cookie-session", secret: "k" });
    expect(failure(() => expect("session=e30=").toBeValidSession(express))).toMatch(
      /^companion-missing: the cookie session\.sig, .*\n {2}hint: give both cookies/m,
    );
  });

  test("how the payload differs", () => {
    const message = failure(() =>
      expect(value).toBeValidSession(codec, { now, payload: { ...payload, _auth_user_id: "7" } }),
    );
    expect(message).toContain("It is valid, with another payload:");
    expect(message).toMatch(/^- +"_auth_user_id": "7",$/m);
    expect(message).toMatch(/^\+ +"_auth_user_id": "42",$/m);
  });

  test("what was expected where nothing can be compared", () => {
    const never = { asymmetricMatch: () => false };
    const message = failure(() => expect(value).toBeValidSession(codec, { now, payload: never }));
    expect(message).toMatch(/\nExpected: Object [\s\S]*asymmetricMatch[\s\S]*\nReceived: Object /);
  });

  test("what makes it valid when it should not be", () => {
    const message = failure(() => expect(value).not.toBeValidSession(codec, { now }));
    expect(message).toMatch(/^expect\(cookie\)\.not\.toBeValidSession\(codec\)\n\n/);
    expect(message).toContain("It is valid under the current secret, signed 2024-05-18T02:40:00.000Z, with");
    const rotated = createCodec({ format: "django", secret: "new one", fallbacks: [login.secret] });
    expect(failure(() => expect(value).not.toBeValidSession(rotated, { now }))).toContain(
      "under fallback 1,",
    );
  });

  test("neither the secret nor the cookie", () => {
    const codecs = [codec, createCodec({ format: "django", secret: "x", fallbacks: [login.secret] })];
    for (const each of codecs) {
      const messages = [
        failure(() => expect(value).not.toBeValidSession(each, { now })),
        failure(() => expect(value).toBeValidSession(each, { now, payload: {} })),
        failure(() => expect(value).toBeValidSession(each)),
        failure(() => expect(`${value}x`).toBeValidSession(each, { now })),
      ].join("\n");
      expect(messages).not.toContain(login.secret);
      expect(messages).not.toContain(value);
    }
  });
});

describe("misuse fails, negated too", () => {
  test.each([[undefined], [null], [42], [{}], [{ value: 1 }]])("%j is no cookie", (received) => {
    const message = "the received value is no cookie: a string, or { name, value, siblings }";
    expect(failure(() => expect(received).toBeValidSession(codec))).toContain(message);
    expect(failure(() => expect(received).not.toBeValidSession(codec))).toContain(message);
  });

  test.each([[undefined], ["s3cret"], [{ format: "django" }]])("%j is no codec", (given) => {
    const message = "the matcher takes a codec: createCodec({ format, secret })";
    expect(failure(() => expect(value).not.toBeValidSession(given as never))).toContain(message);
  });

  test("an option that does not exist", () => {
    const options = { paylod: {} } as object;
    expect(failure(() => expect(value).not.toBeValidSession(codec, options))).toContain(
      'unknown option "paylod"; one of payload, now',
    );
  });

  test("a payload that is undefined, such as a misspelt variable", () => {
    const message = failure(() => expect(value).toBeValidSession(codec, { now, payload: undefined }));
    expect(message).toContain("It is valid, with another payload:");
  });
});

test("the matchers are an object for expect.extend", () => {
  expect(Object.keys(cookieMatchers)).toEqual(["toBeValidSession", "toSetSession"]);
});
