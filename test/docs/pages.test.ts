import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ran, Stage } from "../stage.ts";
import { type Part, partsOf, type Step } from "./page.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md"].filter((page) => existsSync(`${root}/${page}`)),
  ...readdirSync(`${root}/docs`, { recursive: true, encoding: "utf8" })
    .filter((page) => page.endsWith(".md"))
    .map((page) => `docs/${page}`),
];

/** First lines of blocks that show how commands are called, and are not run. */
const SYNOPSES = ["cookiesess decode [cookie…]    what is inside, with no secret"];

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.make();
});
afterAll(() => stage.dispose());

const isStep = (part: Part): part is Step => typeof part !== "string";

/** What a step printed, as the page shows it; a step that shows nothing must do what it says. */
function shownBy(step: Step, { code, output }: Ran): readonly string[] {
  const where = `line ${step.line}: ${step.command}\n${output}`;
  if (step.shown === undefined) {
    expect(code, where).toBe(0);
    return [];
  }
  const refused = /^✗|^\{"valid":false|error: /m.test(output);
  if (!refused) expect(code, where).toBe(0);
  const trailing = step.shown.at(-1) === "" ? [""] : [];
  return [...output.trimEnd().split("\n"), ...trailing];
}

/** `vitest -u` writes into a page what its commands print now; review the difference as you would a screen. */
describe("every command of a page runs, and prints what the page shows", () => {
  test.each(pages)(
    "%s",
    async (page) => {
      const path = `${root}/${page}`;
      const parts = partsOf(readFileSync(path, "utf8"), SYNOPSES);
      const ran = await stage.run(parts.filter(isStep).map(({ command }) => command));
      let next = 0;
      const rewritten = parts.flatMap((part) => {
        if (!isStep(part)) return part;
        const command = part.shown === undefined ? part.command : `$ ${part.command}`;
        return [command, ...shownBy(part, ran[next++] as Ran)];
      });
      await expect(rewritten.join("\n")).toMatchFileSnapshot(path);
    },
    60_000,
  );
});
