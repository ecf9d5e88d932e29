import { describe, expect, test } from "vitest";
import { makeResigner } from "../../../src/cli/resign/item.ts";
import { makeKeyring } from "../../../src/core/keyring.ts";
import { createCodec } from "../../../src/index.ts";
import { cookieSession, django, flask } from "../fixtures.ts";
import { makeSpec, OLD, SAME, utf8 } from "./support.ts";

const resign = makeResigner(makeSpec());

describe("everything around the value stays as it was", () => {
  test.each([
    ["a value", "@"],
    ["a name", "sessionid=@"],
    ["another name", "mine=@"],
    ["a header", "Cookie: a=b; sessionid=@; csrftoken=c"],
    ["a header without its name", "a=b; sessionid=@"],
    ["attributes", "Set-Cookie: sessionid=@; Path=/; HttpOnly; SameSite=Lax"],
    ["a jar's line", "example.org\tFALSE\t/\tTRUE\t0\tsessionid\t@"],
  ])("%s", (_, form) => {
    const put = (value: string) => form.replace("@", () => value);
    expect(resign(put(OLD.value))).toMatchObject({ ok: true, changed: true, text: put(SAME.value) });
    expect(resign(put(SAME.value))).toMatchObject({ ok: true, changed: false, text: put(SAME.value) });
  });

  test("but white space and quotes around the line", () => {
    expect(resign(`  ${OLD.value}\t`)).toMatchObject({ text: SAME.value });
    expect(resign(`'${OLD.value}'`)).toMatchObject({ text: SAME.value });
  });
});

describe("as name=value where the notation has its own quoting", () => {
  test.each([
    ["curl", `curl -b 'sessionid=${OLD.value}' https://example.org/`],
    ["JSON", JSON.stringify({ name: "sessionid", value: OLD.value })],
    ["the value twice", `sessionid=${OLD.value}; sessionid=${OLD.value}`],
  ])("%s", (title, item) => {
    const result = resign(item);
    if (title !== "the value twice") expect(result).toMatchObject({ text: `sessionid=${SAME.value}` });
    else expect(result).toMatchObject({ ok: false, code: "malformed" });
  });
});

describe("what was quoted in the header is quoted again", () => {
  const spec = (line: ReturnType<typeof django>) => {
    const formats = [{ id: "django", from: line.options, to: line.options }];
    return makeSpec({ formats, old: makeKeyring("other"), current: utf8(line.secret) });
  };

  test.each(["signer-3", "timestamp_signer-3"])("%s", (id) => {
    const line = django(id, "4.2.28");
    const other = createCodec({ format: "django", ...line.options, secret: "other" });
    const old = other.sign("sp ace", { now: line.now });
    expect(old).toMatch(/^"/);
    expect(makeResigner(spec(line))(`a=${old}`)).toMatchObject({ text: `a=${line.header}` });
  });
});

test("a format is found for each cookie, and its companion goes with it", () => {
  const express = cookieSession("object");
  const python = flask("minted-plain");
  const old = makeKeyring(utf8(express.secret), [Uint8Array.from(python.secret, (c) => c.charCodeAt(0))]);
  const both = makeResigner(makeSpec({ old, current: utf8("new") }));
  const pair = both(express.header);
  expect(pair).toMatchObject({ ok: true, format: "cookie-session", changed: true });
  const text = pair?.ok ? pair.text : "";
  expect(createCodec({ format: "cookie-session", secret: "new" }).verify(text)).toMatchObject({ ok: true });
  expect(text.split("; ")[0]).toBe(express.header.split("; ")[0]);
  const again = both(python.value);
  expect(again).toMatchObject({ ok: true, format: "flask" });
  const value = again?.ok ? again.text : "";
  expect(createCodec({ format: "flask", secret: "new", maxAge: null }).verify(value)).toMatchObject({
    ok: true,
  });
  expect(value.split(".").slice(0, -1)).toEqual(python.value.split(".").slice(0, -1));
});

describe("refusals", () => {
  test.each([
    ["a forged cookie", `${OLD.value.slice(0, -1)}x`, "bad-signature"],
    ["nonsense", "nonsense", "unknown-format"],
    ["two genuine cookies", `a=${OLD.value}; b=${SAME.value}`, "malformed"],
  ])("%s", (_, item, code) => expect(resign(item)).toMatchObject({ ok: false, code }));

  test("--name picks one of two", () => {
    const named = makeResigner(makeSpec({ name: "a" }));
    expect(named(`a=${OLD.value}; b=${SAME.value}`)).toMatchObject({
      text: `a=${SAME.value}; b=${SAME.value}`,
    });
  });

  test("the age counts when it is asked for", () => {
    const aged = makeResigner(makeSpec({ maxAge: 10, now: OLD.now + 11 }));
    expect(aged(OLD.value)).toMatchObject({ ok: false, code: "expired" });
  });

  test.each(["", "  ", "# a jar's comment"])("%j holds no cookie", (item) => {
    expect(resign(item)).toBeUndefined();
  });
});
