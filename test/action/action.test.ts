import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDemo } from "../../src/demo/server.ts";
import { createCodec } from "../../src/index.ts";
import { Stage } from "../stage.ts";
import { action, runSteps } from "./runner.ts";

const SECRET = "k3v9xq2mzt7rj5wn8bhc4ygs6pdl1fae0uoi-XQ7Z9W4V2T8R5N";
const NOW = "2026-11-22T10:00:00Z";
const codec = createCodec({ format: "django", secret: SECRET });
const cookie = codec.sign({ cart: [1] }, { now: Date.parse(NOW) / 1000 });

let stage: Stage;
let temp = "";
let env: Record<string, string>;
beforeAll(async () => {
  stage = await Stage.make();
  temp = await stage.folder();
  env = { PATH: `${stage.bin}:${process.env.PATH}`, NOW, SECRET_KEY: SECRET };
});
afterAll(() => stage.dispose());

const use = (inputs: Record<string, string>, more: Record<string, string> = {}) =>
  runSteps([{ id: "it", uses: "someone/cookiesess@v0", with: inputs }], { ...env, ...more }, temp);

/** The cookie of somebody who logged in at the demo. */
async function logIn(url: string): Promise<string> {
  const response = await fetch(`${url}/login`, {
    method: "POST",
    body: new URLSearchParams({ user: "ann" }),
    headers: { Origin: url },
    redirect: "manual",
  });
  return response.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
}

describe("action.yml", () => {
  test("no input is read as a program", () => {
    for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
  });

  test("every input reaches a step, and each step reads inputs that there are", () => {
    const read = action.runs.steps.flatMap((step) => Object.values(step.env ?? {}));
    const names = read.map((text) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1]);
    expect(names.sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test("verify: the step succeeds when every cookie is valid", async () => {
    const given = { command: "verify", "secret-env": "SECRET_KEY", "cookie-env": "COOKIE" };
    const valid = await use(given, { COOKIE: `sessionid=${cookie}` });
    expect(valid.log).toMatch(/^✓ valid/m);
    expect(valid.code).toBe(0);
    const file = join(temp, "cookies.txt");
    await writeFile(file, `${cookie}\n${cookie}x\n`);
    const invalid = await use({ command: "verify", "secret-env": "SECRET_KEY", file });
    expect(invalid.log).toMatch(/^✗ not valid: line 2: /m);
    expect(invalid.code).toBe(1);
  }, 30_000);

  test("args: a line is an argument, whatever is in it", async () => {
    const hostile = '$(touch pwned) `touch pwned`; touch pwned "';
    const given = { command: "verify", "secret-env": "SECRET_KEY", "cookie-env": "COOKIE" };
    const { code, log } = await use({ ...given, args: `--salt\n${hostile}\n` }, { COOKIE: cookie });
    expect(code).toBe(1);
    expect(log).toContain(`salt "${hostile}"`);
    await expect(readFile(join(temp, "pwned"))).rejects.toThrow("ENOENT");
  }, 30_000);

  test("rotate-key: the phase that is due, and what changed as outputs", async () => {
    const file = join(temp, "site.env");
    await writeFile(file, `SECRET_KEY=${SECRET}\n`, { mode: 0o600 });
    const run = (NOW: string, more = {}) => use({ command: "rotate-key", file, ...more }, { NOW });
    const introduced = await run("2026-11-22T10:00:00Z");
    expect(introduced.code, introduced.log).toBe(0);
    const { rotated, fingerprint = "" } = introduced.outputs.it ?? {};
    expect([rotated, fingerprint]).toEqual(["true", expect.stringMatching(/^sha256:[0-9a-f]{8}$/)]);
    const promoted = await run("2026-11-23T10:00:00Z");
    expect(promoted.outputs.it?.rotated).toBe("true");
    expect(promoted.log).toContain(`${fingerprint} signs from now on`);
    expect((await run("2026-11-24T10:00:00Z")).outputs.it?.rotated).toBe("false");
    const refused = await run("2026-11-24T10:00:00Z", { phase: "retire" });
    expect(refused.code).toBe(1);
    const [, fresh = ""] = /^SECRET_KEY=(.*)$/m.exec(await readFile(file, "utf8")) ?? [];
    expect(fresh).not.toBe(SECRET);
    for (const { log } of [introduced, promoted, refused]) expect(log).not.toContain(fresh);
  }, 60_000);

  test.each([
    ["no-signature-check", 1],
    [undefined, 0],
  ])(
    "fuzz: a server with the flaw %s ends the step with %i, and a report",
    async (flaw, expected) => {
      const demo = await startDemo({ secret: SECRET, flaw });
      try {
        const COOKIE = await logIn(demo.url);
        const sarif = join(temp, "report.sarif");
        const given = {
          command: "fuzz",
          "secret-env": "SECRET_KEY",
          "cookie-env": "COOKIE",
          url: demo.url,
          sarif,
        };
        const args = "--max-requests\n40\n--only\nintegrity";
        const { code, log } = await use({ ...given, args }, { COOKIE, NOW: new Date().toISOString() });
        expect(code, log).toBe(expected);
        const { results } = JSON.parse(await readFile(sarif, "utf8")).runs[0];
        expect(results.length > 0).toBe(expected === 1);
      } finally {
        await demo.close();
      }
    },
    60_000,
  );

  test.each([
    [{ command: "decode" }, "command is verify, rotate-key or fuzz"],
    [{ command: "verify" }, "verify needs cookie-env or file"],
    [
      { command: "verify", "cookie-env": "NOWHERE" },
      "the environment variable that cookie-env names is not set",
    ],
    [{ command: "rotate-key" }, "rotate-key needs file"],
    [{ command: "fuzz", "cookie-env": "NOWHERE" }, "fuzz needs url"],
  ])("%j is an error of the workflow", async (inputs, message) => {
    const { code, log } = await use(inputs);
    expect(log).toBe(`::error::${message}\n`);
    expect(code).toBe(2);
  });
});
