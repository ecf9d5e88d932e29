import { describe, expect, test } from "vitest";
import type { Payload } from "../../src/core/cookie.ts";
import { findings } from "../../src/core/findings.ts";
import type { Opened } from "../../src/core/format.ts";
import { writePythonJson } from "../../src/encoding/python-json.ts";
import type { Value } from "../../src/encoding/values.ts";

interface Case {
  readonly payload?: Value;
  readonly issuedAt?: number | null;
  readonly expiresAt?: number;
  readonly size?: number;
  readonly maxAge?: number | null;
  readonly now?: number;
}

const NOW = 1_700_000_000;

function found({ payload = {}, issuedAt = NOW, expiresAt, size = 100, maxAge = 3600, now = NOW }: Case) {
  const opened: Opened<unknown> = { body: null, issuedAt, ...(expiresAt !== undefined && { expiresAt }) };
  const read: Payload = { type: "json", value: payload, compressed: false, size };
  return findings(opened, read, size, maxAge, now);
}

const codes = (given: Case) => found(given).map(({ code }) => code);

describe("findings", () => {
  test.each<[string, Case, readonly string[]]>([
    ["a fresh one", {}, []],
    ["at its age", { now: NOW + 3600 }, []],
    ["past its age", { now: NOW + 3601 }, ["expired"]],
    ["no age asked for", { now: NOW + 10 ** 9, maxAge: null }, []],
    ["no time in it", { issuedAt: null }, []],
    ["past its own end", { expiresAt: NOW - 1, maxAge: null }, ["expired"]],
    ["a time too large", { issuedAt: Number.POSITIVE_INFINITY }, ["future-timestamp"]],
    ["five minutes ahead", { issuedAt: NOW + 300 }, []],
    ["more than five minutes ahead", { issuedAt: NOW + 301 }, ["future-timestamp"]],
    ["4096 bytes", { size: 4096 }, []],
    ["4097 bytes", { size: 4097 }, ["too-large"]],
  ])("%s", (_, given, expected) => {
    expect(codes(given)).toEqual(expected);
  });

  test("the largest keys of one that is too large, and their rough sizes", () => {
    const payload = {
      small: 1,
      big: "x".repeat(3000),
      list: ["y".repeat(1000), { z: "z".repeat(100) }],
      c: "1234",
    };
    const [note] = found({ payload, size: 5000 });
    const sizes = [...(note?.text ?? "").matchAll(/(\w+) \((\d+) B\)/g)].map(
      ([, key, size]) => [key, Number(size)] as const,
    );
    expect(sizes.map(([key]) => key)).toEqual(["big", "list", "c"]);
    for (const [key, size] of sizes) {
      const real = writePythonJson(payload[key as keyof typeof payload]).length;
      expect(Math.abs(size - real)).toBeLessThanOrEqual(10);
    }
  });
});

describe("credentials", () => {
  test.each<[string, Value]>([
    ["password", { password: "hunter2" }],
    ["oauth.access_token", { oauth: { access_token: "abc" } }],
    ["api-key", { list: [{ "api-key": "abc" }] }],
    ["id", { id: "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0." }],
    ["key", { key: "AKIAIOSFODNN7EXAMPLE" }],
    ["t", { t: `ghp_${"a".repeat(36)}` }],
    ["pem", { pem: "-----BEGIN RSA PRIVATE KEY-----" }],
  ])("%s is named", (path, payload) => {
    const [note] = found({ payload });
    expect(note?.code).toBe("credential");
    expect(note?.text).toContain(`"${path.split(".").at(-1)}"`);
  });

  test("its value is not repeated", () => {
    expect(JSON.stringify(found({ payload: { password: "hunter2" } }))).not.toContain("hunter2");
  });

  test.each<[string, Value]>([
    ["an empty one", { password: "" }],
    ["a flag", { password_changed: true }],
    ["ordinary words", { passage: "x", secretary_id: 4, next: "/login" }],
    ["a list of numbers", [1, 2, 3]],
    ["a text", "password"],
    ["nothing", null],
  ])("%s is none", (_, payload) => {
    expect(codes({ payload })).toEqual([]);
  });

  test("deep and wide payloads take no long", () => {
    let deep: Value = { password: "x" };
    for (let depth = 0; depth < 2_000; depth++) deep = [deep];
    const wide = Array.from({ length: 200_000 }, (_, index) => `${index}`);
    const started = performance.now();
    for (const payload of [deep, wide, { wide, other: wide }]) found({ payload, size: 10_000 });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
