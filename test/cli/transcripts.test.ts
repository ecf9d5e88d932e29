import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { comparable, executableRunner } from "./executable.ts";
import { rerun } from "./transcript.ts";

const folder = new URL("./", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));

/** A built command line that is to print the same, each command as a process of its own: `dist-bin/cookiesess`. */
const executable = process.env.COOKIESESS_EXECUTABLE;

if (executable !== undefined) {
  test.each(names)("%s, of the executable", { timeout: 60_000 }, async (name) => {
    const text = readFileSync(new URL(name, folder), "utf8");
    const printed = await rerun(text, executableRunner(executable));
    expect(comparable(printed)).toBe(comparable(text));
  });
} else {
  transcripts();
}

/** `vitest -u` writes what the commands print now; review the difference as you would a screen. */
function transcripts(): void {
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
}
