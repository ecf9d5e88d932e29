import { describe, expect, test } from "vitest";
import { detectAmong } from "../../src/core/detect.ts";
import type { AnyFormat, Guess } from "../../src/core/guide.ts";
import { detect } from "../../src/index.ts";
import { readLines } from "../contract.ts";
import { plainFormat } from "./plain-format.ts";

const guessing = (id: string, ...guesses: readonly Guess<object>[]) =>
  plainFormat({ id, recognise: () => guesses }) as unknown as AnyFormat;

describe("detectAmong", () => {
  test("all guesses of all formats, the likeliest first, without coincidences", () => {
    const found = detectAmong({ value: "x" }, [
      guessing("a", { likeness: 0.3, options: {} }, { likeness: 0.1, options: {} }),
      guessing("b", { likeness: 0.9, options: { salt: "s" } }, { likeness: 0.2, options: {} }),
      guessing("c"),
    ]);
    expect(found).toEqual([
      { format: "b", likeness: 0.9, options: { salt: "s" } },
      { format: "a", likeness: 0.3, options: {} },
      { format: "b", likeness: 0.2, options: {} },
    ]);
  });
});

describe("detect", () => {
  const sessions = readLines("django/6.1.1.jsonl").filter(
    ({ id, verdict }) => verdict === "valid" && /^(session|login|expiry|engine|time)-/.test(id),
  );

  test.each(sessions)("$id is Django's", ({ value }) => {
    expect(detect(value)[0]).toMatchObject({ format: "django" });
    expect(detect(`Cookie: theme=dark; sessionid=${value}`)[0]).toMatchObject({ format: "django" });
    expect(detect({ name: "sessionid", value })[0]?.likeness).toBeGreaterThan(0.9);
  });

  test("the key of a session on the server is recognised as holding nothing", () => {
    expect(detect({ name: "sessionid", value: "k3j2h1g4f5d6s7a8q9w0e1r2t3y4u5i6" })[0]).toMatchObject({
      format: "django",
      opaque: expect.stringContaining("nothing is inside"),
    });
  });

  /** As django.middleware.csrf draws them: a secret, and a masked token. */
  test.each(["abcdefghijklmnopqrstuvwxyz012345", "JhdhqJsMOjiyysnFcNUXGhVbZySjj012", "Zq".repeat(32)])(
    "csrftoken=%s is Django's CSRF token",
    (value) => {
      const [guess] = detect({ name: "csrftoken", value });
      expect(guess?.opaque).toContain("CSRF token");
      expect(guess?.likeness).toBeLessThan(0.5);
      expect(detect({ name: "csrftoken", value: `${value}x` })).toEqual([]);
      expect(detect({ name: "other", value })[0]?.opaque ?? "").not.toContain("CSRF");
    },
  );

  test.each(["", "dark", "1", "true", "GA1.2.1234567890.1710000000", "de-DE", "a b c"])(
    "%j is nothing",
    (text) => {
      expect(detect(text)).toEqual([]);
    },
  );

  test.each([
    ":".repeat(1_000_000),
    ".".repeat(1_000_000),
    `${"A".repeat(1_000_000)}:1riz7A:${"B".repeat(43)}`,
  ])(
    "a megabyte is looked at quickly",
    (text) => {
      expect(() => detect({ value: text })).not.toThrow();
    },
    2000,
  );
});
