import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Stage } from "../stage.ts";

const OLD = "old-secret-of-the-site-0123456789abcdefghijklmnopqr";
const START = Date.parse("2026-01-01T00:00:00Z");
const DAY = 86_400_000;
const dateOf = (day: number) => new Date(START + day * DAY).toISOString();

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = join(root, "examples/rotate-secret.sh");

let stage: Stage;
let folder = "";
beforeAll(async () => {
  stage = await Stage.make();
  folder = await stage.folder();
});
afterAll(() => stage.dispose());

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a shell as cron would, on some day after the start. */
function shell(argv: readonly string[], day: number): Promise<Ran> {
  const { GITHUB_OUTPUT: _, ...outer } = process.env;
  const all = { ...outer, PATH: `${stage.bin}:${outer.PATH}`, NOW: dateOf(day) };
  return new Promise((resolve) => {
    execFile("sh", argv, { cwd: root, env: all }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

function secretsOf(text: string): { readonly current: string; readonly fallbacks: readonly string[] } {
  const current = /^SECRET_KEY=(.*)$/m.exec(text)?.[1] ?? "";
  const list = /^SECRET_KEY_FALLBACKS=(.*)$/m.exec(text)?.[1] ?? "";
  return { current, fallbacks: list.split(",").filter((secret) => secret !== "") };
}

describe.skipIf(process.platform === "win32")("examples/rotate-secret.sh", () => {
  test("goes through the phases, one a run, and shows no secret", async () => {
    const file = join(folder, "site.env");
    await writeFile(file, `SECRET_KEY=${OLD}\nSECRET_KEY_FALLBACKS=\n`, { mode: 0o600 });
    const outputs: string[] = [];
    const after = async (day: number) => {
      const { code, output } = await shell([script, file], day);
      expect(code, output).toBe(0);
      outputs.push(output);
      return secretsOf(await readFile(file, "utf8"));
    };
    const introduced = await after(0);
    const [fresh = ""] = introduced.fallbacks;
    expect(introduced).toEqual({ current: OLD, fallbacks: [fresh] });
    expect(await after(1)).toEqual({ current: fresh, fallbacks: [OLD] });
    expect(await after(2)).toEqual({ current: fresh, fallbacks: [OLD] });
    expect(await after(16)).toEqual({ current: fresh, fallbacks: [] });
    expect(await after(30)).toEqual({ current: fresh, fallbacks: [] });
    const next = await after(31);
    expect(next).toEqual({ current: fresh, fallbacks: [expect.any(String)] });
    for (const secret of [OLD, fresh, ...next.fallbacks]) expect(outputs.join("")).not.toContain(secret);
  }, 120_000);

  test("fails as cookiesess does", async () => {
    const file = join(folder, "broken.env");
    await writeFile(file, `SECRET_KEY=${OLD}\nSECRET_KEY=twice\n`);
    expect((await shell([script, file], 0)).code).toBe(1);
    expect(await readFile(file, "utf8")).toBe(`SECRET_KEY=${OLD}\nSECRET_KEY=twice\n`);
    expect((await shell([script, join(folder, "none.env")], 0)).code).toBe(2);
    expect((await shell([script], 0)).code).toBe(2);
  }, 60_000);
});
