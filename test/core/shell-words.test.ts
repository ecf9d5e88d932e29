import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { splitShellWords } from "../../src/core/shell-words.ts";

const fixture = new URL("../../fixtures/cookie-text/shell-words.jsonl", import.meta.url);
const commands: { id: string; command: string; words: string[] }[] = readFileSync(fixture, "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

test.each(commands)("$id: as bash splits it", ({ command, words }) => {
  expect(splitShellWords(command)).toEqual(words);
});

test.each([
  ["a 'b c", ["a", "b c"]],
  ['a "b c', ["a", "b c"]],
  ["a $'b c", ["a", "b c"]],
  ["a \\", ["a", ""]],
  ["$'\\UFFFFFFFF'", ["\ufffd"]],
  ["a $b | c", ["a", "$b", "|", "c"]],
])("unfinished or unexpanded: %j", (command, words) => {
  expect(splitShellWords(command)).toEqual(words);
});
