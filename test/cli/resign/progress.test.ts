import { expect, test } from "vitest";
import { NO_COUNTS } from "../../../src/cli/resign/block.ts";
import { makeProgress } from "../../../src/cli/resign/progress.ts";

function terminal(columns = 80) {
  let text = "";
  const sink = {
    isTTY: true,
    columns,
    write: async (part: string) => {
      text += part;
    },
  };
  return { sink, text: () => text };
}

const counts = (changed: number, rejected = 0) => ({ ...NO_COUNTS, changed, rejected });

async function draw(total: number | undefined, columns?: number) {
  const { sink, text } = terminal(columns);
  let now = 0;
  const progress = makeProgress(sink, total, () => now);
  now = 10_000;
  progress.update(counts(12_000, 3), 25_000);
  await progress.above("");
  return { progress, text };
}

test("share, count, rate and remaining time", async () => {
  const { text } = await draw(100_000);
  expect(text()).toContain("[#####---------------]  25%  12,003 cookies, 3 rejected  1,200/s  0:30 left");
});

test("without a known end there is no share and no remaining time", async () => {
  const { text } = await draw(undefined);
  expect(text()).toContain("12,003 cookies, 3 rejected  1,200/s");
  expect(text()).not.toMatch(/%|left/);
});

test("the line never wraps", async () => {
  const { text } = await draw(100_000, 30);
  const lines = text().split("\r\x1b[2K").slice(1);
  expect(Math.max(...lines.map((line) => line.length))).toBe(29);
});

test("what is written above leaves the line at the bottom, and the end takes it away", async () => {
  const { sink, text } = terminal();
  let now = 0;
  const progress = makeProgress(sink, undefined, () => now);
  await progress.above("first\n");
  now = 1000;
  progress.update(counts(5), 10);
  await progress.above("second\n");
  await progress.end();
  const line = "5 cookies  5/s";
  const clear = "\r\x1b[2K";
  expect(text()).toBe(`first\n${clear}${line}${clear}second\n${line}${clear}`);
});

test("pictures are a tenth of a second apart", async () => {
  const { sink, text } = terminal();
  let now = 0;
  const progress = makeProgress(sink, undefined, () => now);
  for (now = 1; now <= 1000; now++) progress.update(counts(now), now);
  await progress.end();
  expect(text().match(/cookies/g)).toHaveLength(10);
});
