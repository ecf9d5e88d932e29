import { describe, expect, test } from "vitest";
import { lines, read, refusal, write } from "./support.ts";

const NESTED = { secret: "django.SECRET_KEY", fallbacks: "django.FALLBACKS" };

describe("a JSON file", () => {
  test("adds below the secret, in the file's layout", () => {
    const text = lines("{", '  "SECRET_KEY" : "old",', '  "x": [1e5, 2.0]', "}", "");
    expect(write("json", text)).toBe(
      lines(
        "{",
        '  "_cookiesess_SECRET_KEY" : {"v":1},',
        '  "SECRET_KEY" : "new",',
        '  "SECRET_KEY_FALLBACKS" : ["old", "older"],',
        '  "x": [1e5, 2.0]',
        "}",
        "",
      ),
    );
  });

  test("keeps the layout of the list, line endings and byte order mark", () => {
    const text = [
      "\uFEFF{",
      '\t"SECRET_KEY_FALLBACKS": [',
      '\t\t"ol\\u0064er",',
      '\t\t"b"',
      "\t],",
      '\t"_cookiesess_SECRET_KEY": {"v": 0},',
      '\t"SECRET_KEY": "o\\u006cd"',
      "}",
    ].join("\r\n");
    expect(write("json", text)).toBe(
      [
        "\uFEFF{",
        '\t"SECRET_KEY_FALLBACKS": [',
        '\t\t"old",',
        '\t\t"ol\\u0064er"',
        "\t],",
        '\t"_cookiesess_SECRET_KEY": {"v":1},',
        '\t"SECRET_KEY": "new"',
        "}",
      ].join("\r\n"),
    );
  });

  test.each([
    ["compact", '{"SECRET_KEY":"old","a":1}', '{"SECRET_KEY":"old","SECRET_KEY_FALLBACKS":["b","c"],"a":1}'],
    ["on one line", '{"SECRET_KEY": "old"}', '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": ["b", "c"]}'],
    [
      "an empty list",
      '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": [ ]}',
      '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": ["b", "c"]}',
    ],
    [
      "null",
      '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": null}',
      '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": ["b", "c"]}',
    ],
    [
      "one of them is there",
      '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": ["c" ]}',
      '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": ["b", "c" ]}',
    ],
  ])("writes a list: %s", (_, before, after) => {
    expect(write("json", before, { fallbacks: ["b", "c"] })).toBe(after);
  });

  test("empties a list", () => {
    const text = '{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": [\n"b",\n"c"\n]}';
    expect(write("json", text, { fallbacks: [] })).toBe('{"SECRET_KEY": "old", "SECRET_KEY_FALLBACKS": []}');
  });

  test("follows a dotted path", () => {
    const text = '{"django": {"SECRET_KEY": "old"}, "SECRET_KEY": "other"}';
    expect(write("json", text, { secret: "new", fallbacks: ["old"] }, NESTED)).toBe(
      '{"django": {"SECRET_KEY": "new", "FALLBACKS": ["old"]}, "SECRET_KEY": "other"}',
    );
  });

  test("a literal key goes before a path, at every level", () => {
    const literal = '{"django": {"SECRET_KEY": "path"}, "django.SECRET_KEY": "literal"}';
    expect(read("json", literal, NESTED).secret).toBe("literal");
    const keys = { secret: "a.b.c", fallbacks: "f" };
    expect(read("json", '{"a": {"b": {"c": "1"}, "b.c": "2"}, "a.b": {"c": "3"}}', keys).secret).toBe("3");
    expect(read("json", '{"a": {"b": {"c": "1"}, "b.c": "2"}, "a.b": {"x": "3"}}', keys).secret).toBe("2");
  });

  test("does not add fallbacks elsewhere than beside the secret", () => {
    const keys = { secret: "django.SECRET_KEY", fallbacks: "FALLBACKS" };
    expect(write("json", '{"django": {"SECRET_KEY": "old"}}', { fallbacks: ["b"] }, keys)).toBe(
      "missing-key",
    );
  });

  test("writes any text", () => {
    const secret = '\u0000"\\\n\u2028\ud800é';
    const text = write("json", '{"SECRET_KEY": "old"}', { secret, fallbacks: [secret] });
    expect(JSON.parse(text)).toEqual({ SECRET_KEY: secret, SECRET_KEY_FALLBACKS: [secret] });
  });

  test("__proto__ is a key like any other", () => {
    const keys = { secret: "__proto__.k", fallbacks: "__proto__.f" };
    expect(write("json", '{"__proto__":{"k":"old"}}', { secret: "new" }, keys)).toBe(
      '{"__proto__":{"k":"new"}}',
    );
    expect(refusal("json", '{"a":1}', keys)).toBe("missing-key");
  });

  test.each([
    ["unreadable", '{"SECRET_KEY": "a",}'],
    ["unreadable", '{"SECRET_KEY": "a" /* no */}'],
    ["unreadable", ""],
    ["missing-key", '["SECRET_KEY"]'],
    ["missing-key", '{"x": {"SECRET_KEY": "a"}}'],
    ["duplicate-key", '{"SECRET_KEY": "a", "SECRET\\u005fKEY": "b"}'],
    ["duplicate-key", '{"SECRET_KEY": "a", "SECRET_KEY_FALLBACKS": [], "SECRET_KEY_FALLBACKS": []}'],
    ["not-text", '{"SECRET_KEY": 5}'],
    ["not-text", '{"SECRET_KEY": ["a"]}'],
    ["not-text", '{"SECRET_KEY": null}'],
    ["not-a-list", '{"SECRET_KEY": "a", "SECRET_KEY_FALLBACKS": "b"}'],
    ["not-a-list", '{"SECRET_KEY": "a", "SECRET_KEY_FALLBACKS": ["b", 1]}'],
    ["not-a-list", '{"SECRET_KEY": "a", "SECRET_KEY_FALLBACKS": {}}'],
  ])("refuses as %s: %s", (code, text) => {
    expect(refusal("json", text)).toBe(code);
  });

  test("a duplicate on the way to the key is refused too", () => {
    expect(refusal("json", '{"django": {"SECRET_KEY": "a"}, "django": {}}', NESTED)).toBe("duplicate-key");
  });

  test("deep nesting", () => {
    const text = `{"x": ${"[".repeat(5000)}${"]".repeat(5000)}, "SECRET_KEY": "old"}`;
    expect(write("json", text, { secret: "new" })).toBe(text.replace('"old"', '"new"'));
  });
});
