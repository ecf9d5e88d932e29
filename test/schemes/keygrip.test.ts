import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  KEYGRIP_DEFAULTS,
  keygripKey,
  keygripShapes,
  settleKeygrip,
  verifyKeygrip,
} from "../../src/schemes/keygrip.ts";

interface Minted {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly string[];
  readonly algorithm: string;
  readonly encoding: "base64" | "hex" | "base64url";
  readonly cookies: Readonly<Record<string, string>>;
}

const minted = readFileSync(new URL("../../fixtures/cookie-session/minted.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Minted);

const secret = (text: string) => new TextEncoder().encode(text);

describe("what npm's keygrip signed", () => {
  test.each(minted)("$id", ({ name, keys, cookies, ...options }) => {
    const data = `${name}=${cookies[name]}`;
    const signature = cookies[`${name}.sig`] ?? "";
    const settled = settleKeygrip(options);
    const key = keygripKey(secret(keys[0] ?? ""), settled);
    expect(key.sign(data)).toBe(signature);
    expect(verifyKeygrip(key, data, signature)).toBe(true);
    expect(verifyKeygrip(key, `${data} `, signature)).toBe(false);
    const encoding = settled.encoding === "hex" ? "hex" : "base64";
    expect(keygripShapes(signature)).toContainEqual({ algorithm: settled.algorithm, encoding });
  });
});

describe("options", () => {
  test("are keygrip's defaults when left out or empty", () => {
    expect(settleKeygrip({})).toEqual(KEYGRIP_DEFAULTS);
    expect(settleKeygrip({ algorithm: "" })).toEqual(KEYGRIP_DEFAULTS);
  });

  test.each(["sha257", "shake128", "nope"])("refuse the hash %s", (algorithm) => {
    expect(() => settleKeygrip({ algorithm })).toThrow(TypeError);
  });

  test("refuse an encoding that no cookie holds", () => {
    const latin1: unknown = { encoding: "latin1" };
    expect(() => settleKeygrip(latin1 as Record<string, never>)).toThrow(TypeError);
  });
});

describe("shapes", () => {
  test("the default is the likeliest for 27 characters", () => {
    expect(keygripShapes("A".repeat(27))[0]).toEqual({ algorithm: "sha1", encoding: "base64" });
  });

  test("64 hexadecimal characters may be sha256 in hex or sha384 in base64", () => {
    expect(keygripShapes("ab".repeat(32))).toEqual(
      expect.arrayContaining([
        { algorithm: "sha256", encoding: "hex" },
        { algorithm: "sha384", encoding: "base64" },
      ]),
    );
  });

  test.each(["", "A".repeat(26), `${"A".repeat(26)}=`, `${"A".repeat(26)}/`])("none fits %j", (signature) => {
    expect(keygripShapes(signature)).toEqual([]);
  });
});
