import { describe, expect, test } from "vitest";
import { type Line, readLines } from "../../src/cli/lines.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Feeds the bytes in chunks of a size, as a pipe may cut them. */
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function lines(bytes: Uint8Array, size = bytes.length || 1, maxBytes = 100): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of readLines(inChunks(bytes, size), maxBytes)) found.push(line);
  return found;
}

const texts = (found: readonly Line[]) => found.map((line) => ("text" in line ? line.text : line.fault));

describe("lines", () => {
  const text = "one\r\n\ntwo €\n\u0000three\nlast";

  test.each([1, 2, 3, 5, 100])("are the same in chunks of %i", async (size) => {
    expect(texts(await lines(utf8(text), size))).toEqual(["one", "", "two €", "\u0000three", "last"]);
  });

  test("are numbered from 1, blank ones too", async () => {
    expect((await lines(utf8("a\n\nb"))).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test.each([
    ["nothing", "", []],
    ["one newline", "\n", [""]],
    ["no newline at the end", "a\nb", ["a", "b"]],
    ["a newline at the end", "a\nb\n", ["a", "b"]],
    ["a carriage return inside", "a\rb\n", ["a\rb"]],
    ["a byte order mark", "\ufeffa\n", ["a"]],
  ])("%s", async (_, given, expected) => {
    expect(texts(await lines(utf8(given)))).toEqual(expected);
  });

  test("what is not UTF-8 is reported, and the lines around it are read", async () => {
    const bytes = Uint8Array.from([...utf8("a\n"), 0xff, 0xc3, 0x28, 0x0a, ...utf8("b\n")]);
    expect(await lines(bytes, 2)).toEqual([
      { number: 1, text: "a" },
      { number: 2, fault: "not-utf8" },
      { number: 3, text: "b" },
    ]);
  });

  test("what is too long is reported, and the lines around it are read", async () => {
    const given = utf8(`a\n${"x".repeat(101)}\n${"y".repeat(100)}\nb`);
    expect(texts(await lines(given, 7))).toEqual(["a", "too-long", "y".repeat(100), "b"]);
  });
});
