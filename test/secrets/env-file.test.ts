import { describe, expect, test } from "vitest";
import { lines, read, refusal, write } from "./support.ts";

describe("a .env file", () => {
  test("keeps comments, export, spacing, quotes, line endings and the missing line end", () => {
    const text = "# top\r\nA='x' # one\r\n\r\nexport SECRET_KEY = 'old' # two\r\nB=2";
    expect(write("env", text)).toBe(
      [
        "# top",
        "A='x' # one",
        "",
        '# cookiesess: {"v":1}',
        "export SECRET_KEY = 'new' # two",
        "export SECRET_KEY_FALLBACKS = 'old,older'",
        "B=2",
      ].join("\r\n"),
    );
  });

  test("replaces what is there, and only that", () => {
    const text = lines(
      '# cookiesess: {"v":0}',
      'SECRET_KEY="old" # a',
      "A=`1`",
      "  SECRET_KEY_FALLBACKS=a, b # c",
      "",
    );
    expect(write("env", text)).toBe(
      lines(
        '# cookiesess: {"v":1}',
        'SECRET_KEY="new" # a',
        "A=`1`",
        "  SECRET_KEY_FALLBACKS=old, older # c",
        "",
      ),
    );
  });

  test("writes nothing new when nothing is to be different", () => {
    const text = "SECRET_KEY=old\nSECRET_KEY_FALLBACKS=a , b\n";
    expect(write("env", text, { secret: "old", fallbacks: ["a", "b"] })).toBe(text);
    expect(write("env", "SECRET_KEY=old", { secret: "old", fallbacks: [] })).toBe("SECRET_KEY=old");
  });

  test("the state's line goes after a byte order mark, and in front of the indentation", () => {
    expect(write("env", "\uFEFF  SECRET_KEY=old", { state: "{}" })).toBe(
      "\uFEFF  # cookiesess: {}\n  SECRET_KEY=old",
    );
  });

  test("a line of a value is no state", () => {
    const text = "A='x\n# cookiesess: {}'\nSECRET_KEY=old";
    expect(read("env", text).state).toBeUndefined();
    expect(write("env", text, { state: "{}" })).toBe(
      "A='x\n# cookiesess: {}'\n# cookiesess: {}\nSECRET_KEY=old",
    );
  });

  test.each([
    ["a number sign", "a#b", "SECRET_KEY='a#b'"],
    ["white space at its end", "a ", "SECRET_KEY='a '"],
    ["an apostrophe and a number sign", "a'#b", 'SECRET_KEY="a\'#b"'],
    ["both quotes and a number sign", `a'"#b`, "SECRET_KEY=`a'\"#b`"],
    ["a line break", "a\nb", "SECRET_KEY='a\nb'"],
    ["an apostrophe and a line break", "a'\nb", 'SECRET_KEY="a\'\\nb"'],
    ["an equals sign", "=a=", "SECRET_KEY==a="],
    ["a backslash", "a\\nb", "SECRET_KEY=a\\nb"],
    ["every quote and a number sign", "a'\"`#", "unwritable"],
  ])("takes the quotes that can hold %s", (_, secret, expected) => {
    expect(write("env", "SECRET_KEY=old", { secret })).toBe(expected);
  });

  test("a secret that others may expand goes on in the quotes it stood in", () => {
    const text = "SECRET_KEY='a$b'\nSECRET_KEY_FALLBACKS=c";
    expect(write("env", text, { secret: "new", fallbacks: ["a$b", "c"] })).toBe(
      "SECRET_KEY='new'\nSECRET_KEY_FALLBACKS='a$b,c'",
    );
  });

  test.each([
    ["between commas", "a,b", ["a", "b"]],
    ["with white space", "' a , b '", ["a", "b"]],
    ["one text", "a", ["a"]],
    ["empty", "", []],
    ["as JSON", '["a", "b,c"]', ["a", "b,c"]],
    ["empty JSON", "[]", []],
  ])("reads a list: %s", (_, value, fallbacks) => {
    expect(read("env", `SECRET_KEY=x\nSECRET_KEY_FALLBACKS=${value}`).fallbacks).toEqual(fallbacks);
  });

  test.each([
    ["commas", "a", "old,older"],
    ["commas and a space", "a, b", "old, older"],
    ["JSON", '["a"]', '["old","older"]'],
    ["quoted JSON", "'[]'", `'["old","older"]'`],
    ["nothing yet", "''", "'old,older'"],
  ])("keeps the style of the list: %s", (_, before, after) => {
    const text = (list: string) => `SECRET_KEY=old\nSECRET_KEY_FALLBACKS=${list}`;
    expect(write("env", text(before), { fallbacks: ["old", "older"] })).toBe(text(after));
    expect(write("env", text(after), { fallbacks: [] })).toBe(
      text(
        after.includes("[")
          ? after.replace(/\[.*\]/, "[]")
          : after.replace("old,older", "").replace("old, older", ""),
      ),
    );
  });

  test.each(["a,b", " a", "[a", ""])("a fallback that commas cannot hold is refused: %j", (secret) => {
    expect(write("env", "SECRET_KEY=x", { fallbacks: [secret] })).toBe("unwritable");
    expect(write("env", "SECRET_KEY=x\nSECRET_KEY_FALLBACKS=[]", { fallbacks: [secret] })).toBe(
      `SECRET_KEY=x\nSECRET_KEY_FALLBACKS=${JSON.stringify([secret])}`,
    );
  });

  test("says where Docker reads something else", () => {
    expect(read("env", "SECRET_KEY='a'").remarks).toHaveLength(1);
    expect(read("env", "export SECRET_KEY=a").remarks).toHaveLength(1);
    expect(read("env", "SECRET_KEY=a\nSECRET_KEY_FALLBACKS=b # c").remarks).toHaveLength(1);
    expect(read("env", "A='1'\nSECRET_KEY=a\r\nSECRET_KEY_FALLBACKS=b\n").remarks).toEqual([]);
  });

  test.each([
    ["missing-key", "A=1\n# SECRET_KEY=x"],
    ["duplicate-key", "SECRET_KEY=a\nexport SECRET_KEY=a"],
    ["duplicate-key", "SECRET_KEY=a\nSECRET_KEY_FALLBACKS=\nSECRET_KEY_FALLBACKS=b"],
    ["not-a-list", 'SECRET_KEY=a\nSECRET_KEY_FALLBACKS=["b"'],
    ["not-a-list", "SECRET_KEY=a\nSECRET_KEY_FALLBACKS=[1]"],
  ])("refuses as %s: %j", (code, text) => {
    expect(refusal("env", text)).toBe(code);
  });
});

describe("a file for docker run --env-file", () => {
  test("takes and writes every character as it is", () => {
    const text = "SECRET_KEY='o' # x\r\nSECRET_KEY_FALLBACKS=";
    expect(read("docker-env", text).secret).toBe("'o' # x");
    expect(write("docker-env", text, { secret: " a#'\"", fallbacks: ["'o' # x"] })).toBe(
      "SECRET_KEY= a#'\"\r\nSECRET_KEY_FALLBACKS='o' # x",
    );
  });

  test("refuses a line break", () => {
    expect(write("docker-env", "SECRET_KEY=a", { secret: "a\nb" })).toBe("unwritable");
  });
});
