import { describe, expect, test } from "vitest";
import { CHANGES, lines, read, refusal, write } from "./support.ts";

const NESTED = { secret: "django.SECRET_KEY", fallbacks: "django.FALLBACKS" };

describe("a YAML file", () => {
  test("keeps comments, order, indentation and line endings", () => {
    const text = [
      "# top",
      "django: # d",
      "    a: [1,2 , 3]   # a",
      "    SECRET_KEY:   'old'   # b",
      "    FALLBACKS: # c",
      "        # why",
      "        -   older # keep",
      "        - 'gone'",
      "",
      "b: >",
      "  x",
    ].join("\r\n");
    expect(write("yaml", text, CHANGES, NESTED)).toBe(
      [
        "# top",
        "django: # d",
        "    a: [1,2 , 3]   # a",
        '    # cookiesess: {"v":1}',
        "    SECRET_KEY:   'new'   # b",
        "    FALLBACKS: # c",
        "        # why",
        "        -   old",
        "        -   older # keep",
        "",
        "b: >",
        "  x",
      ].join("\r\n"),
    );
  });

  test("adds below the secret, in its style, with no line end at the end", () => {
    expect(write("yaml", "a: 1\nSECRET_KEY: 'old' # x")).toBe(
      lines(
        "a: 1",
        '# cookiesess: {"v":1}',
        "SECRET_KEY: 'new' # x",
        "SECRET_KEY_FALLBACKS: ['old', 'older']",
      ),
    );
  });

  test.each([
    ["in braces", "{SECRET_KEY: old, z: 1}", "{SECRET_KEY: new, SECRET_KEY_FALLBACKS: [old], z: 1}"],
    ["JSON", '{"SECRET_KEY":"old"}', '{"SECRET_KEY":"new", "SECRET_KEY_FALLBACKS": ["old"]}'],
    ["quoted key", "'SECRET_KEY': old", "'SECRET_KEY': new\n'SECRET_KEY_FALLBACKS': [old]"],
    [
      "a document among others",
      "a: 1\n---\nSECRET_KEY: old\n...\n",
      "a: 1\n---\nSECRET_KEY: new\nSECRET_KEY_FALLBACKS: [old]\n...\n",
    ],
    ["byte order mark", "\uFEFFSECRET_KEY: old\n", "\uFEFFSECRET_KEY: new\nSECRET_KEY_FALLBACKS: [old]\n"],
    ["unused anchor", "SECRET_KEY: &k old\n", "SECRET_KEY: &k new\nSECRET_KEY_FALLBACKS: [old]\n"],
    ["tagged text", "SECRET_KEY: !!str old\n", "SECRET_KEY: !!str new\nSECRET_KEY_FALLBACKS: [old]\n"],
  ])("%s", (_, before, after) => {
    expect(write("yaml", before, { secret: "new", fallbacks: ["old"] })).toBe(after);
  });

  test.each([
    ["text in lines", "SECRET_KEY: |\n  old\n\nz: 1\n", 'SECRET_KEY: "new"\n\nz: 1\n'],
    [
      "text in lines, without the last line end",
      "SECRET_KEY: |- # c\n   old\nz: 1\n",
      "SECRET_KEY: |- # c\n   new\nz: 1\n",
    ],
    ["folded text", "SECRET_KEY: >-\n  old\n  er", "SECRET_KEY: >-\n  new"],
    ["text in lines with a comment", "SECRET_KEY: | # c\n  old\n", 'SECRET_KEY: "new" # c\n'],
  ])("%s", (_, before, after) => {
    expect(write("yaml", before, { secret: "new" })).toBe(after);
  });

  test.each([
    "yes",
    "123",
    "1e5",
    "0x1f",
    "12:30:45",
    "~",
    "*a",
    "a: b",
    "a #b",
    "- a",
    "",
    " a",
    "null",
    "@a",
    "%a",
    "a\nb",
  ])("%j goes into double quotes where it would not be a plain text", (secret) => {
    expect(write("yaml", "SECRET_KEY: old", { secret })).toBe(`SECRET_KEY: ${JSON.stringify(secret)}`);
  });

  // PyYAML 6.0.3 reads these otherwise as plain text: as an error, a merge key, or with the character folded away.
  test.each(["=", "<<", ":a", "a?", "a\tb", "a\u0085b", "a\u2028b"])(
    "%j goes into double quotes too",
    (secret) => {
      const text = write("yaml", "SECRET_KEY: old", { secret });
      expect(text).toMatch(/^SECRET_KEY: "[ -~]+"$/);
      expect(read("yaml", text).secret).toBe(secret);
    },
  );

  test.each(["it's", '"', "\\", "#"])("single quotes hold %j", (secret) => {
    expect(write("yaml", "SECRET_KEY: 'old'", { secret })).toBe(`SECRET_KEY: '${secret.replace("'", "''")}'`);
  });

  test("a list in brackets keeps its layout and comments", () => {
    const text = lines("SECRET_KEY: x", "SECRET_KEY_FALLBACKS: [", "  older, # one", "  'b', # two", "]");
    expect(write("yaml", text, { fallbacks: ["older"] })).toBe(
      lines("SECRET_KEY: x", "SECRET_KEY_FALLBACKS: [", "  older, # two", "]"),
    );
    expect(write("yaml", text, { fallbacks: ["older", "b", "c"] })).toBe(
      lines("SECRET_KEY: x", "SECRET_KEY_FALLBACKS: [", "  older, # one", "  'b',", "  c, # two", "]"),
    );
  });

  test.each([
    ["lines", "SECRET_KEY_FALLBACKS:\n- a # x\n- b\nz: 1", "SECRET_KEY_FALLBACKS: []\nz: 1"],
    [
      "lines with a comment above",
      "SECRET_KEY_FALLBACKS: # y\n  # z\n  - a",
      "SECRET_KEY_FALLBACKS: [] # y\n  # z",
    ],
    ["brackets", "SECRET_KEY_FALLBACKS: [ a, b ] # x", "SECRET_KEY_FALLBACKS: [] # x"],
  ])("empties a list: %s", (_, before, after) => {
    const text = (list: string) => `SECRET_KEY: x\n${list}`;
    expect(write("yaml", text(before), { fallbacks: [] })).toBe(text(after));
  });

  test.each(["[]", "", "~", "null"])("fills an empty list that stands as %j", (empty) => {
    expect(write("yaml", `SECRET_KEY: x\nSECRET_KEY_FALLBACKS: ${empty}`, { fallbacks: ["a", "b"] })).toBe(
      'SECRET_KEY: x\nSECRET_KEY_FALLBACKS: ["a", "b"]',
    );
  });

  test("a line of a value is no state", () => {
    const text = "a: |\n  # cookiesess: {}\nSECRET_KEY: x";
    expect(read("yaml", text).state).toBeUndefined();
    expect(write("yaml", text, { state: "{}" })).toBe(
      "a: |\n  # cookiesess: {}\n# cookiesess: {}\nSECRET_KEY: x",
    );
  });

  test.each([
    ["unreadable", "SECRET_KEY: 'x"],
    ["unreadable", "SECRET_KEY: x\n  b: 1"],
    ["unreadable", `SECRET_KEY: x\nb: ${"[".repeat(100_000)}`],
    ["unreadable", `SECRET_KEY: x\nb:\n  ${"- ".repeat(100_000)}x`],
    ["missing-key", ""],
    ["missing-key", "a: &a {SECRET_KEY: x}\nb:\n  <<: *a"],
    ["duplicate-key", "SECRET_KEY: a\nSECRET_KEY: b"],
    ["duplicate-key", "SECRET_KEY: a\n---\nSECRET_KEY: b"],
    ["shared-value", "SECRET_KEY: &a x\nb: *a"],
    ["shared-value", "b: &a x\nSECRET_KEY: *a"],
    ["shared-value", "SECRET_KEY: x\nSECRET_KEY_FALLBACKS: &a [b]\nb: *a"],
    ["not-text", "SECRET_KEY: 5"],
    ["not-text", "SECRET_KEY: on"],
    ["not-text", "SECRET_KEY: 12:30:45"],
    ["not-text", "SECRET_KEY: [a]"],
    ["not-text", "SECRET_KEY:"],
    ["not-text", "SECRET_KEY: !vault |\n  abc"],
    ["not-a-list", "SECRET_KEY: a\nSECRET_KEY_FALLBACKS: bcd"],
    ["not-a-list", "SECRET_KEY: a\nSECRET_KEY_FALLBACKS: [b, 5]"],
    ["not-a-list", "SECRET_KEY: a\nSECRET_KEY_FALLBACKS: {b: c}"],
  ])("refuses as %s: %.60j", (code, text) => {
    expect(refusal("yaml", text)).toBe(code);
  });
});
