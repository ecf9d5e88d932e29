import { describe, expect, test } from "vitest";
import { joinLines } from "../../src/cli/joined-lines.ts";
import { readLines } from "../../src/cli/lines.ts";

async function joined(
  text: string,
  maxBytes = 1_000,
): Promise<readonly (string | readonly [number, string])[]> {
  const chunks = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  const items = [];
  for await (const line of joinLines(readLines(chunks, maxBytes), maxBytes)) {
    items.push("fault" in line ? ([line.number, line.fault] as const) : line.text);
  }
  return items;
}

describe("lines that are one item", () => {
  const state = JSON.stringify({ cookies: [{ name: 'a"[', value: "{\\" }], origins: [] }, null, 2);

  test.each([
    ["plain lines", "a\nb\n\nc", ["a", "b", "", "c"]],
    ["a document", `${state}\n`, [state]],
    ["a document after blank lines", `\n\n${state}\nb`, ["", "", state, "b"]],
    ["two documents", `${state}\n${state}\n`, [state, state]],
    ["a document on one line", '{"a":"b"}\n[{"c":1}]\n', ['{"a":"b"}', '[{"c":1}]']],
    ["a bracket after other items", "a\n[\nb\n]", ["a", "[", "b", "]"]],
    ["what only begins like a document", "{text:1ssJai:sig\nb", ["{text:1ssJai:sig", "b"]],
    ["a command", "a\ncurl x \\\n -b a=b \\\n -s\nb", ["a", "curl x \\\n -b a=b \\\n -s", "b"]],
    ["a command of cmd.exe", "curl ^\n -s\nb", ["curl ^\n -s", "b"]],
    ["a command that is cut", "curl x \\", ["curl x \\"]],
    ["a backslash elsewhere", "a\\\nb", ["a\\", "b"]],
    ["a document that is cut", '{"a":\n"b"', [[1, "unfinished"]]],
  ])("%s", async (_, text, items) => {
    expect(await joined(text)).toEqual(items);
  });

  test("what is too long is dropped up to its end", async () => {
    const long = `[\n${'"0123456789",\n'.repeat(100)}"x"\n]`;
    expect(await joined(`${long}\nb`)).toEqual([[1, "too-long"], "b"]);
    expect(await joined(`[\n"${"0".repeat(2_000)}"\n]\nb`)).toEqual([[1, "too-long"], "b"]);
  });
});
