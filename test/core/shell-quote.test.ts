import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellQuote, shellQuoteBytes, shellWord } from "../../src/core/shell-quote.ts";
import { splitShellWords } from "../../src/core/shell-words.ts";

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(index + 32)).join("");
const bytes = Array.from({ length: 255 }, (_, index) => String.fromCharCode(index + 1)).join("");

const run = (shell: string, words: string) =>
  execFileSync(shell, ["-c", `printf %s ${words}`]).toString("latin1");

test.each(["", "a", "it's", "-n", "~", "a b", ascii])("sh reads %j", (word) => {
  expect(run("sh", shellQuote(word))).toBe(word);
  expect(run("sh", shellQuoteBytes(word))).toBe(word);
  if (word !== "") expect(run("sh", shellWord(word))).toBe(word);
});

test.each([`${bytes}7`, "\x01234", "\xff'\\"])("bash, and we, read the bytes %j", (word) => {
  expect(run("bash", shellQuoteBytes(word))).toBe(word);
  expect(splitShellWords(shellQuoteBytes(word))).toEqual([word]);
});

test("only what needs quotes gets them", () => {
  expect(["a=1", "x/y.z", "a b", "$x", "*"].map(shellWord)).toEqual(["a=1", "x/y.z", "'a b'", "'$x'", "'*'"]);
});
