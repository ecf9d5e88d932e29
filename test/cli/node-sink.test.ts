import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sink } from "../../src/cli/node-sink.ts";

let folder: string;
let path: string;
let file: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cookiesess-"));
  path = join(folder, "output");
  file = openSync(path, "w");
});
afterEach(() => {
  closeSync(file);
  rmSync(folder, { recursive: true });
});

/** What reached the file, and what the stream was given after that; undefined: it was never opened. */
async function written(texts: readonly string[]): Promise<[string, string | undefined]> {
  let stream: PassThrough | undefined;
  const stdout = sink(file, () => {
    stream = new PassThrough({ highWaterMark: 2 ** 24 });
    return stream as unknown as NodeJS.WriteStream;
  });
  expect([stdout.isTTY, stdout.columns]).toEqual([false, 80]);
  for (const text of texts) await stdout.write(text);
  return [readFileSync(path, "utf8"), stream && String(stream.read())];
}

test("a few lines go to the file, and no stream is opened", async () => {
  expect(await written(["{}\n", "", "✓ valid\n"])).toEqual(["{}\n✓ valid\n", undefined]);
});

test.each([
  ["many lines", Array.from({ length: 1_000 }, (_, index) => `${index}: ✓\n`)],
  ["a long text, then short ones", ["x".repeat(100_000), "short\n", "", "last\n"]],
  ["a short text, then a long one", ["short\n", "é".repeat(5_000), "last\n"]],
])("%s: all of it, in order", async (_, texts) => {
  const [first, rest] = await written(texts);
  expect(Buffer.byteLength(first)).toBeLessThan(8_192);
  expect(first + rest).toBe(texts.join(""));
});

test.runIf(existsSync("/dev/full"))("a device is its stream's alone", async () => {
  const device = openSync("/dev/full", "w");
  const stream = new PassThrough();
  await sink(device, () => stream as unknown as NodeJS.WriteStream).write("text");
  closeSync(device);
  expect(String(stream.read())).toBe("text");
});

test.runIf(existsSync("/dev/null"))("nothing is loaded to write to the null device", async () => {
  const device = openSync("/dev/null", "w");
  const open = () => {
    throw new Error("was opened");
  };
  const stdout = sink(device, open);
  expect([stdout.isTTY, stdout.columns]).toEqual([false, 80]);
  await stdout.write("text");
  closeSync(device);
});
