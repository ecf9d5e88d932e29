import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CHROMIUM, findPlaywright } from "../interop/playwright.ts";
import type { Report } from "./run-vectors.ts";

/** Runs the bundle in an empty page of a headless Chromium. */
export async function runInChromium(app: string): Promise<Report & { version: string }> {
  const playwright = findPlaywright();
  if (playwright === undefined) throw new Error("playwright-core is missing: npm ci --prefix .ci/tools");
  const browser = await playwright.chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await (await browser.newContext({})).newPage();
    const script = readFileSync(join(app, "page-bundle.js"), "utf8");
    const report = await page.evaluate(`${script}; JSON.stringify(report())`);
    return { version: browser.version(), ...JSON.parse(String(report)) };
  } finally {
    await browser.close();
  }
}
