import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Demo, startDemo } from "../../src/demo/server.ts";
import { NOW, type Ran, Stage } from "../stage.ts";
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

/**
 * The reader's own server. The demo stands in for it, at another port and for a few requests; what `fuzz` prints of a
 * server is not compared here, but in test/interop and test/fuzz.
 */
const READERS_SERVER = "http://127.0.0.1:8000/me";
const READERS_SECRET = "k3v9xq2mzt7rj5wn8bhc4ygs6pdl1fae0uoi-XQ7Z9W4V2T8R5N";
const FEW = "--max-requests 20 --seed 7";

let stage: Stage;
let demo: Demo;
beforeAll(async () => {
  stage = await Stage.make();
  demo = await startDemo({ secret: READERS_SECRET, now: () => Date.parse(NOW) / 1000 });
});
afterAll(async () => {
  await demo.close();
  await stage.dispose();
});

const needsServer = ({ command }: Step) => command.includes(READERS_SERVER) && command.includes(" fuzz ");

function runnable(step: Step): string {
  if (!needsServer(step)) return step.command;
  return `${step.command.replace(READERS_SERVER, `${demo.url}/`)} ${FEW}`;
}

const isStep = (part: Part): part is Step => typeof part !== "string";

/** What a step printed, as the page shows it; a step that shows nothing must do what it says. */
function shownBy(step: Step, { code, output }: Ran): readonly string[] {
  const where = `line ${step.line}: ${step.command}\n${output}`;
  if (step.shown === undefined || needsServer(step)) {
    expect(code, where).toBe(0);
    return step.shown ?? [];
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
      const ran = await stage.run(parts.filter(isStep).map(runnable));
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
