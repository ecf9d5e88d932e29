import { describe, expect, test } from "vitest";
import { type BlockLine, linesOf, readBlocks } from "../../../src/cli/resign/blocks.ts";
import { inChunks, utf8 } from "./support.ts";

async function read(bytes: Uint8Array, size: number, maxBytes = 100) {
  const blocks: { line: number; read: number; length: number; whole: boolean }[] = [];
  const lines: BlockLine[] = [];
  for await (const block of readBlocks(inChunks(bytes, size), maxBytes)) {
    const { bytes: held, line } = block;
    blocks.push({ line, read: block.read, length: held.length, whole: held.at(-1) === 0x0a });
    lines.push(...linesOf(block, maxBytes));
  }
  return { blocks, lines, texts: lines.map((line) => ("text" in line ? line.text : line.fault)) };
}

const text = "one\r\n\ntwo €\n\u0000three\nlast";

test.each([1, 2, 3, 5, 7, 100])("the lines are the same in chunks of %i", async (size) => {
  const { texts, lines } = await read(utf8(text), size);
  expect(texts).toEqual(["one", "", "two €", "\u0000three", "last"]);
  expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
});

test.each([1, 3, 100])(
  "blocks end with their line and count what was read, in chunks of %i",
  async (size) => {
    const bytes = utf8(`${text}\n`);
    const { blocks } = await read(bytes, size);
    expect(blocks.every(({ whole }) => whole)).toBe(true);
    expect(blocks.at(-1)?.read).toBe(bytes.length);
  },
);

describe("a line that cannot be read spoils no other", () => {
  const around = (middle: Uint8Array) => Uint8Array.from([...utf8("a\n"), ...middle, ...utf8("\nb\n")]);

  test.each([1, 7, 64, 1000])("not UTF-8, in chunks of %i", async (size) => {
    const { texts } = await read(around(Uint8Array.from([0xff, 0xc3, 0x28])), size);
    expect(texts).toEqual(["a", "not-utf8", "b"]);
  });

  test.each([1, 7, 64, 1000])("too long, in chunks of %i", async (size) => {
    const { texts } = await read(around(utf8(`${"x".repeat(500)}\n${"y".repeat(100)}`)), size);
    expect(texts).toEqual(["a", "too-long", "y".repeat(100), "b"]);
  });
});

test("a line without an end is not held", async () => {
  const { blocks } = await read(utf8("x".repeat(100_000)), 1000);
  expect(blocks).toEqual([{ line: 1, read: 100_000, length: 101, whole: false }]);
});
