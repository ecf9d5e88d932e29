import { describe, expect, test } from "vitest";
import { unwrap } from "../../../src/core/result.ts";
import { parsePythonJson } from "../../../src/encoding/python-json.ts";
import type { Value } from "../../../src/encoding/values.ts";
import { formats } from "../../../src/formats/index.ts";
import { type Line, readLines } from "../../contract.ts";
import { RELEASES, SECRET, utf8 } from "./support.ts";

const { django } = formats;

const env = (random: (length: number) => Uint8Array = (length) => new Uint8Array(length)) => ({
  now: 0,
  random,
});

describe("the session auth hash", () => {
  const logins = RELEASES.flatMap((release) => readLines(`django/${release}.jsonl`)).filter(
    ({ passwordHash }) => passwordHash !== undefined,
  );
  const payloadOf = ({ payload = "" }: Line) => unwrap(parsePythonJson(payload, { maxDepth: 100 }));
  const check = (login: Line, passwordHash: string) => {
    const payload = { type: "json", value: payloadOf(login), compressed: false, size: 0 };
    const secrets = [login.secret ?? "", ...(login.fallbacks ?? [])].map(utf8);
    return django.check?.({ passwordHash }, payload, django.settle(login.options), secrets);
  };

  test.each(logins)("$producer: $id is the password's", (login) => {
    expect(check(login, login.passwordHash ?? "")).toMatchObject({
      ok: true,
      value: { fields: { authHash: true, authHashKeyIndex: login.authHashKeyIndex } },
    });
    expect(check(login, `${login.passwordHash}x`)).toMatchObject({ ok: false, code: "bad-payload" });
  });

  test.each(logins.filter(({ id }) => id === "login-plain"))(
    "$producer: --login makes that session",
    (login) => {
      const asked = { login: "42", passwordHash: login.passwordHash ?? "" };
      const options = django.settle(login.options);
      const composed = django.compose?.(asked, undefined, options, [utf8(login.secret ?? "")], env());
      expect(composed).toMatchObject({ ok: true, value: { value: payloadOf(login), extra: [] } });
    },
  );

  test("a session without a login is told apart", () => {
    const payload = { type: "json", value: { a: 1 }, compressed: false, size: 7 };
    expect(django.check?.({ passwordHash: "x" }, payload, django.settle({}), [utf8("s")])).toMatchObject({
      ok: false,
    });
  });

  test("what --login needs and adds to", () => {
    const compose = (asked: Record<string, string>, base?: Value, version = "6.1") =>
      django.compose?.(asked, base, django.settle({ version }), [utf8(SECRET)], env());
    expect(compose({ login: "1" })).toMatchObject({ ok: false, code: "bad-payload" });
    expect(compose({ passwordHash: "x" })).toMatchObject({ ok: false });
    expect(compose({ login: "1", passwordHash: "x" }, [1])).toMatchObject({ ok: false });
    expect(compose({ login: "1" }, { cart: 1 }, "1.6")).toMatchObject({
      value: { value: { cart: 1, _auth_user_id: "1" } },
    });
  });
});

describe("the CSRF cookie", () => {
  const chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  /** `_unmask_cipher_token` of django/middleware/csrf.py; its alphabet is letters, then digits. */
  const unmask = (token: string, alphabet: string) => {
    const [mask, cipher] = [token.slice(0, 32), token.slice(32)];
    return [...cipher]
      .map((char, index) => alphabet.indexOf(char) - alphabet.indexOf(mask.charAt(index)))
      .map((difference) => alphabet.charAt((difference + alphabet.length) % alphabet.length))
      .join("");
  };
  const cookieOf = (version: string) => {
    let next = 0;
    const random = (length: number) => Uint8Array.from({ length }, () => (next = (next * 5 + 7) % 256));
    const composed = unwrap(
      django.compose?.({ withCsrf: true }, {}, django.settle({ version }), [utf8(SECRET)], env(random)) ?? {
        ok: false,
        code: "unsupported",
        message: "",
      },
    );
    return composed.extra[0]?.value ?? "";
  };

  test("is a bare secret before 1.10 and from 4.1 on, a masked one between", () => {
    const lengths = ["1.9", "1.10", "4.0", "4.1", "6.1"].map((version) => cookieOf(version).length);
    expect(lengths).toEqual([32, 64, 64, 32, 32]);
    for (const version of ["1.9", "4.0", "6.1"]) expect(cookieOf(version)).toMatch(/^[A-Za-z0-9]+$/);
  });

  test("the mask is over Django's own alphabet", () => {
    expect(unmask(cookieOf("4.0"), chars)).toBe(cookieOf("4.1"));
  });
});
