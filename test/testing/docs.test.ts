/** The recipes in docs/testing.md are those of the examples, which CI runs; its site is run by test/package. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const recipes = read("docs/testing.md").split("\n## Playwright\n")[1] ?? "";
const blocks = [...recipes.matchAll(/```[jt]s\n(?:\/\/ .*\n)?([\s\S]*?)```/g)].map(([, code = ""]) => code);

const sources = [
  ...["playwright/tests/logged-in.ts", "playwright/tests/session.spec.ts"],
  ...["cypress/cypress.config.js", "cypress/cypress/support/e2e.js", "cypress/cypress/e2e/session.cy.js"],
].map((path) => read(`examples/${path}`));

test("every recipe is one of the examples", () => {
  expect(blocks).toHaveLength(5);
  for (const block of blocks) {
    expect(
      sources.some((source) => source.includes(block.trim())),
      block,
    ).toBe(true);
  }
});
