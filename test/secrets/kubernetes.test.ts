import { describe, expect, test } from "vitest";
import { CHANGES, lines, read, refusal, write } from "./support.ts";

// base64: b2xk "old", bmV3 "new", b2xkLG9sZGVy "old,older", WyJhIl0= '["a"]', WyJvbGQiLCJvbGRlciJd '["old","older"]'
const manifest = (...data: readonly string[]) =>
  lines("apiVersion: v1", "kind: Secret", "metadata:", "  name: site", ...data, "");

describe("a Kubernetes manifest in YAML", () => {
  test("writes base64 into data, and leaves other documents alone", () => {
    const other = lines("---", "kind: ConfigMap", "data:", "  SECRET_KEY: x", "");
    const text = manifest("data:", "  a: eA==", "  SECRET_KEY: b2xk # mine", "type: Opaque") + other;
    expect(read("kubernetes", text).secret).toBe("old");
    expect(write("kubernetes", text)).toBe(
      manifest(
        "data:",
        "  a: eA==",
        '  # cookiesess: {"v":1}',
        "  SECRET_KEY: bmV3 # mine",
        "  SECRET_KEY_FALLBACKS: b2xkLG9sZGVy",
        "type: Opaque",
      ) + other,
    );
  });

  test("a list keeps its style", () => {
    const text = manifest("data:", '  SECRET_KEY: "b2xk"', "  SECRET_KEY_FALLBACKS: WyJhIl0=");
    expect(read("kubernetes", text).fallbacks).toEqual(["a"]);
    expect(write("kubernetes", text, { fallbacks: ["old", "older"] })).toBe(
      manifest("data:", '  SECRET_KEY: "b2xk"', "  SECRET_KEY_FALLBACKS: WyJvbGQiLCJvbGRlciJd"),
    );
  });

  test("writes plain text into stringData", () => {
    const text = manifest("stringData:", "  SECRET_KEY: 'old'");
    expect(write("kubernetes", text, { secret: "new", fallbacks: ["old", "older"] })).toBe(
      manifest("stringData:", "  SECRET_KEY: 'new'", "  SECRET_KEY_FALLBACKS: 'old,older'"),
    );
  });

  test("a line end in the secret is part of it", () => {
    const text = manifest("data:", "  SECRET_KEY: b2xkCg==");
    expect(read("kubernetes", text).secret).toBe("old\n");
    expect(write("kubernetes", text, { fallbacks: ["old\n"] })).toBe("unwritable");
  });

  test.each([
    ["missing-key", manifest("data:", "  A: eA==")],
    ["missing-key", lines("kind: ConfigMap", "data:", "  SECRET_KEY: b2xk")],
    ["duplicate-key", manifest("data:", "  SECRET_KEY: b2xk", "stringData:", "  SECRET_KEY: old")],
    ["not-text", manifest("data:", "  SECRET_KEY: old")],
    ["not-text", manifest("data:", "  SECRET_KEY: /w==")],
    ["not-a-list", manifest("stringData:", "  SECRET_KEY: a", "  SECRET_KEY_FALLBACKS: '[1]'")],
    ["unreadable", "kind: Secret\ndata: {"],
  ])("refuses as %s: %j", (code, text) => {
    expect(refusal("kubernetes", text)).toBe(code);
  });
});

describe("a Kubernetes manifest in JSON", () => {
  test("keeps the state in an annotation", () => {
    const text = '{"kind": "Secret", "metadata": {"name": "site"}, "data": {"SECRET_KEY": "b2xk"}}';
    const written = write("kubernetes", text);
    expect(JSON.parse(written)).toEqual({
      kind: "Secret",
      metadata: { name: "site", annotations: { "cookiesess/SECRET_KEY": '{"v":1}' } },
      data: { SECRET_KEY: "bmV3", SECRET_KEY_FALLBACKS: "b2xkLG9sZGVy" },
    });
    expect(read("kubernetes", written).state).toBe(CHANGES.state);
    expect(write("kubernetes", written, { state: "{}" })).toBe(written.replace('"{\\"v\\":1}"', '"{}"'));
  });

  test.each([
    ['{"kind":"Secret","data":{"SECRET_KEY":"b2xk"}}'],
    ['{"kind":"Secret","metadata":{},"data":{"SECRET_KEY":"b2xk"}}'],
    ['{"kind":"Secret","metadata":{"annotations":{"a":"b"}},"data":{"SECRET_KEY":"b2xk"}}'],
  ])("makes room for it: %s", (text) => {
    expect(read("kubernetes", write("kubernetes", text, { state: "{}" })).state).toBe("{}");
  });
});
