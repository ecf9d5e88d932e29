import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { scanDocker, scanDotenv } from "../../src/secrets/env-scan.ts";

interface Line {
  readonly id: string;
  readonly text: string;
  readonly values: readonly (readonly [string, string])[];
}

const lines = readFileSync(new URL("../../fixtures/secrets/dotenv.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line): Line => JSON.parse(line));

describe("scanDotenv", () => {
  test.each(lines.filter(({ id }) => !id.startsWith("drawn-")))("$id", ({ text, values }) => {
    expect(read(text)).toEqual(values);
  });

  test("texts drawn from fragments", () => {
    expect(lines.length).toBeGreaterThan(1000);
    for (const { id, text, values } of lines) expect([id, read(text)]).toEqual([id, values]);
  });

  test("offsets are those of the text, whatever its line endings", () => {
    const text = "\uFEFF# c\r\n\r\nA=1\r\n  export KEY = 'x\r\ny' # c\r\n";
    const found = scanDotenv(text).find(({ key }) => key === "KEY");
    expect(found && text.slice(found.valueStart, found.valueEnd)).toBe("'x\r\ny'");
    expect(found && text.slice(found.start, found.keyEnd)).toBe("export KEY");
    expect(found?.value).toBe("x\ny");
  });

  test.each([
    ["blank lines", "\n".repeat(300_000)],
    ["quotes that never close", "A='\\'".repeat(60_000)],
    ["escaped quotes", `A='${"\\' ".repeat(60_000)}`],
    ["names without values", "export A\n\n".repeat(40_000)],
  ])("takes time in proportion to %s", (_, text) => {
    const start = performance.now();
    scanDotenv(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

/** What dotenv.parse gives: the last definition, in the order of an object's keys. */
function read(text: string): readonly (readonly [string, string])[] {
  const values = new Map(scanDotenv(text).map(({ key, value }) => [key, value]));
  return Object.entries(Object.fromEntries(values));
}

describe("scanDocker", () => {
  // https://docs.docker.com/reference/cli/docker/container/run/#env
  test("takes all that follows the first equals sign", () => {
    const text = "\uFEFFA='x' # y\r\n  B==\n# C=1\nD = 2\nexport E=3\nF\nG=";
    const values = scanDocker(text).map(({ key, value }) => [key, value]);
    expect(values).toEqual([
      ["A", "'x' # y"],
      ["B", "="],
      ["G", ""],
    ]);
  });
});
