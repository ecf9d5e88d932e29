/** What `check.ts` asks of the package's matchers, under real test runners. Needs `npm ci --prefix .ci/testing`. */
import { deepStrictEqual } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, copyOf, link, RESOLUTIONS, type Tools } from "./tools.ts";

export function testingChecks({ root, app, node, checkTypes }: Tools): Readonly<Record<string, Check>> {
  const own = join(root, "node_modules");
  const runners = join(root, ".ci/testing/node_modules");

  function project(name: string, settings: object = {}): string {
    const site = copyOf(app, name);
    writeFileSync(join(site, "package.json"), JSON.stringify(settings));
    return site;
  }

  /** Both runners write the same report. */
  function outcome(site: string): object {
    const report = JSON.parse(readFileSync(join(site, "report.json"), "utf8"));
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report;
    return { passed, failed, skipped };
  }

  function runJest(site: string, ...flags: readonly string[]): object {
    const jest = join(runners, "jest/bin/jest.js");
    node(site, "--experimental-vm-modules", jest, "--ci", "--json", "--outputFile=report.json", ...flags);
    return outcome(site);
  }

  const [, documentedJest = ""] =
    /```json\n(.*)\n```/.exec(readFileSync(join(root, "docs/testing.md"), "utf8")) ?? [];
  const jest = { ...JSON.parse(documentedJest).jest, transform: {} };

  function jestWithGlobals(): void {
    const site = project("jest-globals", { jest: { ...jest, testMatch: ["**/express.test.cjs"] } });
    link(site, own, ["express"]);
    link(site, runners, ["cookie-session", "supertest"]);
    deepStrictEqual(runJest(site), { passed: 3, failed: 0, skipped: 0 });
  }

  function jestWithModules(): void {
    const settings = { ...jest, injectGlobals: false, testMatch: ["**/jest.test.mjs"] };
    const site = project("jest-modules", { jest: settings });
    link(site, own, ["@jest/globals"]);
    deepStrictEqual(runJest(site), { passed: 2, failed: 0, skipped: 0 });
  }

  /** The site in docs/testing.md, with its set-up. */
  function documented(): void {
    const manual = readFileSync(join(root, "docs/testing.md"), "utf8");
    const site = project("documented", { type: "module" });
    link(site, own, ["vitest", "hono"]);
    for (const [, name = "", code = ""] of manual.matchAll(/```ts\n\/\/ (\w+\.\w+\.ts)\n([\s\S]*?)```/g)) {
      writeFileSync(join(site, name), code);
    }
    const flags = ["--reporter=json", "--outputFile=report.json", "session.test.ts"];
    node(site, join(own, "vitest/vitest.mjs"), "run", ...flags);
    deepStrictEqual(outcome(site), { passed: 102, failed: 0, skipped: 0 });
    const lib = ["ES2022", "DOM", "DOM.Iterable"];
    checkTypes({
      folder: site,
      file: "session.test.ts",
      module: "nodenext",
      moduleResolution: "nodenext",
      lib,
    });
  }

  function vitest(): void {
    const site = project("vitest");
    link(site, own, ["vitest"]);
    const config = {
      test: { setupFiles: ["cookiesess/testing/vitest"], include: ["testing/vitest.test.mjs"] },
    };
    writeFileSync(join(site, "vitest.config.mjs"), `export default ${JSON.stringify(config)}`);
    node(site, join(own, "vitest/vitest.mjs"), "run", "--reporter=json", "--outputFile=report.json");
    deepStrictEqual(outcome(site), { passed: 2, failed: 0, skipped: 0 });
  }

  function types(name: string, install: (site: string) => void, file = name, ambient: string[] = []): void {
    const folder = copyOf(app, `types-${name}`);
    install(folder);
    const environment = { lib: ["ES2022", "DOM", "DOM.Iterable"], types: ambient };
    for (const [module, moduleResolution] of RESOLUTIONS) {
      checkTypes({ folder, file: `testing/types-${file}.mts`, module, moduleResolution, ...environment });
    }
  }

  return {
    "testing: Jest with its globals, cookie-session and supertest": jestWithGlobals,
    "testing: Jest with ES modules and without globals": jestWithModules,
    "testing: Vitest": vitest,
    "testing: the site in docs/testing.md": documented,
    "testing: types with Vitest": () => types("vitest", (site) => link(site, own, ["vitest"])),
    "testing: types with Vitest 5": () =>
      types("vitest-5", (site) => link(site, runners, ["vitest-5"], "vitest"), "vitest"),
    "testing: types with @types/jest": () =>
      types("jest", (site) => link(site, runners, ["@types/jest", "expect"]), "jest", ["jest"]),
    "testing: types with @jest/globals": () =>
      types(
        "jest-globals",
        (site) => link(site, own, ["@jest/globals", "@types/node", "expect"]),
        "jest-globals",
        ["node"],
      ),
  };
}
