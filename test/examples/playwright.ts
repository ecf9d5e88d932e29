/**
 * Runs the Playwright recipe as its user would, against the demo server. Needs a build, `chromium` (or CHROMIUM=path),
 * and `npm ci --prefix examples/playwright`.
 *
 *   npx tsx test/examples/playwright.ts
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Tally } from "../interop/tally.ts";
import { find, freePort, root, SECRET_KEY } from "./packages.ts";

const NAME = "example: Playwright";
const TESTS = 5;
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const folder = join(root, "examples/playwright");

async function run(cli: string, tally: Tally): Promise<void> {
  const env = { ...process.env, CHROMIUM, SECRET_KEY, PORT: String(await freePort()) };
  const { stdout } = spawnSync(process.execPath, [cli, "test", "--reporter=json"], {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { stats, errors } = JSON.parse(stdout);
  for (const { message } of errors) tally.check(false, message);
  for (let index = 0; index < TESTS; index++) tally.check(index < stats.expected, "a test of the recipe");
  if (stats.expected < TESTS) console.error(stdout);
}

const tally = new Tally();
const cli = find("examples/playwright", "@playwright/test/cli");
if (cli === undefined) tally.skip(NAME, "npm ci --prefix examples/playwright was not run");
else if (!existsSync(CHROMIUM)) tally.skip(NAME, `there is no ${CHROMIUM}`);
else await run(cli, tally);
process.exitCode = tally.report(NAME);
