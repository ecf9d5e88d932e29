import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

const OLD = "old-secret-of-the-site-0123456789abcdefghijklmnopqr";
const START = 1_767_225_600;
const DAY = 86_400;

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = join(root, "examples/rotate-secret.sh");

let folder = "";
let bin = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cookiesess-rotate-script-"));
  bin = join(folder, "bin");
  await mkdir(bin);
  const cli = join(root, "src/cli/bin.ts");
  const tsx = join(root, "node_modules/tsx/dist/loader.mjs");
  await command(
    "cookiesess",
    `export TSX_TSCONFIG_PATH="${root}/tsconfig.json"\nexec "${process.execPath}" --import "${tsx}" "${cli}" "$@" --now "$NOW"`,
  );
  await command(
    "kubectl",
    `echo "$*" >> "$CLUSTER/calls"\ncase $1 in get) cat "$CLUSTER/site.json" ;; replace) cp "$3" "$CLUSTER/site.json" ;; esac`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

/** A command that the shell finds first. */
async function command(name: string, body: string): Promise<void> {
  const path = join(bin, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a shell as cron would, on some day after the start. */
function shell(argv: readonly string[], day: number, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const { GITHUB_OUTPUT: _, ...outer } = process.env;
  const all = { ...outer, PATH: `${bin}:${outer.PATH}`, NOW: String(START + day * DAY), ...env };
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

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
}

describe.skipIf(process.platform === "win32")("README's workflow", () => {
  /** Runs the workflow's own steps, but for the one that installs; the outputs of `rotate` decide as on GitHub. */
  async function runWorkflow(day: number, cluster: string): Promise<string> {
    const temp = await mkdtemp(join(folder, "runner-"));
    const outputFile = join(temp, "output");
    await writeFile(outputFile, "");
    const env = { CLUSTER: cluster, RUNNER_TEMP: temp, GITHUB_OUTPUT: outputFile, KUBE_CONFIG: "x" };
    let log = "";
    for (const step of await steps()) {
      if (step.run === undefined || step.run.startsWith("npm install")) continue;
      const rotated = (await readFile(outputFile, "utf8")).includes("rotated=true\n");
      if (step.if !== undefined && !rotated) continue;
      const { code, output } = await shell(["-e", "-c", step.run], day, env);
      expect(code, output).toBe(0);
      log += output.replaceAll(/^::add-mask::.*\n/gm, "");
    }
    return log;
  }

  async function steps(): Promise<readonly Step[]> {
    const readme = await readFile(join(root, "README.md"), "utf8");
    const workflow = parse(/```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? "");
    expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^(?:\S+ ){4}\S+$/) }]);
    return workflow.jobs.rotate.steps;
  }

  test("rotates a Kubernetes Secret and restarts the site when something changed", async () => {
    const cluster = await mkdtemp(join(folder, "cluster-"));
    const site = join(cluster, "site.json");
    const manifest = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "site", resourceVersion: "7" },
      data: { SECRET_KEY: btoa(OLD) },
    };
    await writeFile(site, JSON.stringify(manifest, null, 4));
    const after = async (day: number) => {
      const log = await runWorkflow(day, cluster);
      const { data, metadata } = JSON.parse(await readFile(site, "utf8"));
      expect(metadata.resourceVersion).toBe("7");
      const list = atob(data.SECRET_KEY_FALLBACKS ?? "").split(",");
      const secrets = [atob(data.SECRET_KEY), ...list.filter((secret) => secret !== "")];
      for (const secret of secrets) expect(log).not.toContain(secret);
      return secrets;
    };
    const [, fresh = ""] = await after(0);
    expect(fresh).not.toBe("");
    expect(await after(1)).toEqual([fresh, OLD]);
    expect(await after(2)).toEqual([fresh, OLD]);
    expect(await after(16)).toEqual([fresh]);
    const calls = (await readFile(join(cluster, "calls"), "utf8")).split("\n");
    expect(calls.filter((call) => call.startsWith("rollout restart")).length).toBe(3);
  }, 120_000);
});
