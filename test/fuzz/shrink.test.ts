import { describe, expect, test } from "vitest";
import { shrink } from "../../src/fuzz/shrink.ts";

const original = "payload:time:signature";

/** How many times it was asked, and what came out. */
async function shrunk(changed: string, still: (text: string) => boolean) {
  let asked = 0;
  const text = await shrink(original, changed, async (smaller) => {
    asked++;
    return still(smaller);
  });
  return { text, asked };
}

describe("the smallest change that still shows it", () => {
  test("a signature that is not looked at: one character", async () => {
    const { text, asked } = await shrunk("payload:time:XXXXXXXXX", (value) => value.split(":").length === 3);
    expect([...text].filter((char, index) => char !== original[index])).toHaveLength(1);
    expect(asked).toBeLessThanOrEqual(40);
  });

  test("a prefix that is compared: the truncation becomes one character", async () => {
    const { text } = await shrunk("payload:time:si", (value) => value.startsWith("payload:time:si"));
    expect(text).toBe("payload:time:signatur");
  });

  test("something that was added becomes shorter", async () => {
    const { text } = await shrunk(`${original}AAAAAAAA`, (value) => value.startsWith(original));
    expect(text).toBe(`${original}A`);
  });

  test("what cannot be smaller stays", async () => {
    const { text } = await shrunk("payload:time:XXXXXXXXX", (value) => value === "payload:time:XXXXXXXXX");
    expect(text).toBe("payload:time:XXXXXXXXX");
  });
});
