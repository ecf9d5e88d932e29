import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

type Texts = Readonly<Record<string, string>>;
/** What expressions may name: `steps.rotate.outputs.rotated`. */
type Context = { readonly [name: string]: Context | string };

interface Ran {
  /** Of the first step that failed, or 0. */
  readonly code: number;
  /** Without the lines that mask secrets, which the runner takes out. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, Texts>>;
}

export const action: Action = parse(await readFile(join(root, "action.yml"), "utf8"));

/**
 * As much of GitHub's runner as our action and README's workflow need. `env` is what every step finds, with a PATH;
 * `temp` an empty folder.
 */
export async function runSteps(
  steps: readonly Step[],
  env: Texts,
  temp: string,
  given: Context = {},
): Promise<Ran> {
  const outputs: Record<string, Texts> = {};
  let log = "";
  for (const step of steps) {
    const context: Context = { ...given, runner: { temp }, steps: wrapped(outputs) };
    if (step.if !== undefined && !holds(step.if, context)) continue;
    const ran = await runStep(step, { ...env, ...evaluated(step.env ?? {}, context) }, temp, context);
    log += ran.log;
    outputs[step.id ?? ""] = ran.outputs;
    if (ran.code !== 0) return { code: ran.code, log, outputs };
  }
  return { code: 0, log, outputs };
}

const wrapped = (outputs: Record<string, Texts>): Context =>
  Object.fromEntries(Object.entries(outputs).map(([id, texts]) => [id, { outputs: texts }]));

async function runStep(
  step: Step,
  env: Texts,
  temp: string,
  context: Context,
): Promise<{ readonly code: number; readonly log: string; readonly outputs: Texts }> {
  if (step.run !== undefined) return runShell(evaluate(step.run, context), env, temp);
  if (!step.uses?.includes("/cookiesess@")) return { code: 0, log: "", outputs: {} };
  const inputs = { ...defaults(), ...evaluated(step.with ?? {}, context) };
  const within = { ...env, GITHUB_ACTION_PATH: root };
  const { code, log, outputs } = await runSteps(action.runs.steps, within, temp, { inputs });
  const values = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    evaluate(value, { steps: wrapped({ ...outputs }) }),
  ]);
  return { code, log, outputs: Object.fromEntries(values) };
}

function defaults(): Texts {
  const entries = Object.entries(action.inputs);
  return Object.fromEntries(entries.map(([name, input]) => [name, input.default ?? ""]));
}

async function runShell(
  script: string,
  env: Texts,
  temp: string,
): Promise<{ readonly code: number; readonly log: string; readonly outputs: Texts }> {
  const folder = await mkdtemp(join(temp, "step-"));
  const [program, output, path] = ["program", "output", "path"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([writeFile(program, script), writeFile(output, ""), writeFile(path, "")]);
  const all = { ...env, RUNNER_TEMP: temp, GITHUB_OUTPUT: output, GITHUB_PATH: path };
  const { code, log } = await new Promise<{ code: number; log: string }>((resolve) => {
    const args = ["--noprofile", "--norc", "-eo", "pipefail", program];
    execFile("bash", args, { cwd: temp, env: all }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), log: stdout + stderr });
    }).stdin?.end();
  });
  const lines = (await readFile(output, "utf8")).split("\n").filter((line) => line !== "");
  return {
    code,
    log: log.replaceAll(/^::add-mask::.*\n/gm, ""),
    outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))),
  };
}

function evaluated(texts: Texts, context: Context): Texts {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluate(text, context)]));
}

function evaluate(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, path: string) => lookUp(path, context));
}

function holds(condition: string, context: Context): boolean {
  const [, path = "", text] = /^([\w.-]+) == '(.*)'$/.exec(condition) ?? [];
  return lookUp(path, context) === text;
}

function lookUp(path: string, context: Context): string {
  let value: Context | string | undefined = context;
  for (const name of path.split(".")) value = typeof value === "object" ? value[name] : undefined;
  return typeof value === "string" ? value : "";
}
