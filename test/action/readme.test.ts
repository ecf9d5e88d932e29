import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Stage } from "../stage.ts";
import { action, runSteps, type Step } from "./runner.ts";

const OLD = "old-secret-of-the-site-0123456789abcdefghijklmnopqr";
const START = Date.parse("2026-01-01T00:00:00Z");
const DAY = 86_400_000;

const readme = await readFile(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
const workflow = parse(/```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? "");
const steps: readonly Step[] = workflow.jobs.rotate.steps;

/** A cluster of one Secret, which notes what it is asked. */
const KUBECTL = `#!/bin/sh
echo "$*" >> "$CLUSTER/calls"
case $1 in get) cat "$CLUSTER/site.json" ;; replace) cp "$3" "$CLUSTER/site.json" ;; esac
`;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.make();
});
afterAll(() => stage.dispose());

describe("docs/fuzz.md's step", () => {
  test("gives the action inputs that it has, and all that it must have", async () => {
    const page = await readFile(fileURLToPath(new URL("../../docs/fuzz.md", import.meta.url)), "utf8");
    const [step] = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    expect(Object.keys(step.env)).toEqual([step.with["secret-env"], step.with["cookie-env"]]);
  });
});

describe("README's workflow", () => {
  test("runs once a day", () => {
    expect(workflow.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
  });

  test("rotates a Kubernetes Secret and restarts the site when something changed", async () => {
    const cluster = await stage.folder();
    const site = join(cluster, "site.json");
    const bin = join(cluster, "bin");
    await mkdir(bin);
    await writeFile(join(bin, "kubectl"), KUBECTL);
    await chmod(join(bin, "kubectl"), 0o755);
    const manifest = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "site", resourceVersion: "7" },
      data: { SECRET_KEY: btoa(OLD) },
    };
    await writeFile(site, JSON.stringify(manifest, null, 4));

    const runOn = async (day: number) => {
      const NOW = new Date(START + day * DAY).toISOString();
      const env = { PATH: `${bin}:${stage.bin}:${process.env.PATH}`, NOW, CLUSTER: cluster };
      const { code, log } = await runSteps(steps, env, await stage.folder(), {
        secrets: { KUBE_CONFIG: "x" },
      });
      expect(code, log).toBe(0);
      const { data, metadata } = JSON.parse(await readFile(site, "utf8"));
      expect(metadata.resourceVersion).toBe("7");
      const list = atob(data.SECRET_KEY_FALLBACKS ?? "").split(",");
      const secrets = [atob(data.SECRET_KEY), ...list.filter((secret) => secret !== "")];
      for (const secret of secrets) expect(log).not.toContain(secret);
      return secrets;
    };

    const [, fresh = ""] = await runOn(0);
    expect(fresh).not.toBe("");
    expect(await runOn(1)).toEqual([fresh, OLD]);
    expect(await runOn(2)).toEqual([fresh, OLD]);
    expect(await runOn(16)).toEqual([fresh]);
    const calls = (await readFile(join(cluster, "calls"), "utf8")).split("\n");
    expect(calls.filter((call) => call.startsWith("rollout restart")).length).toBe(3);
  }, 120_000);
});
