import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { run } from "./io.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const [screen = ""] = /(?<=```\n)\$ npx cookiesess decode [\s\S]*?(?=```)/.exec(readme) ?? [];

describe("README", () => {
  test("shows what decode prints", async () => {
    const [command = "", ...shown] = screen.split("\n");
    const cookie = /'(.*)'/.exec(command)?.[1] ?? "";
    const { stdout, code } = await run(["decode", cookie], { now: Date.UTC(2026, 10, 22) / 1000 });
    expect(code).toBe(0);
    expect(stdout.trim()).toBe(shown.join("\n").trim());
  });

  test("its set-up command decodes", async () => {
    const cookie = /npm install && npx cookiesess decode '(.*)'/.exec(readme)?.[1] ?? "";
    const { code, stdout } = await run(["decode", "--json", cookie]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).payload).toEqual({ cart: [3, 1, 2], total: 12.5, coupon: null, gift: true });
  });

  test.each(["decode", "verify", "sign"])("names %s", (command) => {
    expect(readme).toContain(`cookiesess ${command} `);
  });
});
