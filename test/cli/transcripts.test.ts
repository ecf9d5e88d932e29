import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { rerun } from "./transcript.ts";

const folder = new URL("./", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));

/** `vitest -u` writes what the commands print now; review the difference as you would a screen. */
describe("transcripts", () => {
  test.each(names)("%s", async (name) => {
    const path = fileURLToPath(new URL(name, folder));
    await expect(await rerun(readFileSync(path, "utf8"))).toMatchFileSnapshot(path);
  });

  test.each(names)("%s: no line ends in white space, and none is wider than its screen", (name) => {
    let columns = 80;
    for (const line of readFileSync(new URL(name, folder), "utf8").split("\n")) {
      columns = Number(/^@ columns (\d+)$/.exec(line)?.[1] ?? columns);
      expect(line).toBe(line.trimEnd());
      // Screens alone: values, JSON and the command's own words may be longer.
      if (/^ {2}\S/.test(line))
        expect([...line.replace(/␛\[\d+m/g, "")].length, line).toBeLessThanOrEqual(columns);
    }
  });
});
