/**
 * Runs every example that `--help` shows, in sh, as somebody who pastes it would: in a folder with the files and with
 * the environment that it names. Needs a build.
 *
 *   npx tsx test/interop/examples.ts
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { django } from "../cli/fixtures.ts";
import { Tally } from "./tally.ts";

const cli = fileURLToPath(new URL("../../bin/cookiesess.js", import.meta.url));
const help = (...words: readonly string[]) =>
  execFileSync(process.execPath, [cli, ...words, "--help"], { encoding: "utf8" });

const home = mkdtempSync(join(tmpdir(), "cookiesess-examples-"));
const cart = django("session-cart");
const env = {
  HOME: home,
  PATH: `${home}/bin:${process.env.PATH}`,
  PROFILE: `${home}/profile.ps1`,
  SECRET_KEY: cart.secret,
  NEW_KEY: "a new secret",
  COOKIE: mint(),
  OLD_COOKIE: django("session-cart", "2.2.28").value,
  PASSWORD_HASH: "pbkdf2_sha256$600000$c2FsdA$aGFzaA",
};

/** A cookie of today: those of the fixtures have expired. */
function mint(): string {
  const words = [cli, "sign", '{"user":"ada","cart":[1,2]}', "--secret", cart.secret, "--quiet"];
  return execFileSync(process.execPath, words, { encoding: "utf8" }).trim();
}

/** The files that examples name, new for each. */
function prepare(): void {
  const request = { cookies: [{ name: "sessionid", value: env.COOKIE }] };
  const files: Readonly<Record<string, string>> = {
    "bin/cookiesess": `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`,
    "key.txt": `${cart.secret}\n`,
    "cookies.txt": `${env.COOKIE}\nsessionid=${env.COOKIE}\n`,
    "site.har": JSON.stringify({ log: { entries: [{ request, response: { cookies: [] } }] } }),
    ".env": `SECRET_KEY=${cart.secret}\n`,
  };
  for (const folder of [".local/share/bash-completion/completions", ".config/fish/completions", "bin"])
    mkdirSync(join(home, folder), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(home, path), text);
  chmodSync(join(home, "bin/cookiesess"), 0o755);
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an example to its end, with the server that it speaks of. */
async function run(example: string): Promise<Ended> {
  prepare();
  const port = /fuzz --url http:\/\/127\.0\.0\.1:(\d+)/.exec(example)?.[1];
  if (port === undefined) return runInShell(example, end);
  let result: Promise<Ended> | undefined;
  await runInShell(`cookiesess demo --port ${port} --secret-env SECRET_KEY`, (server) => {
    result = runInShell(example, end).finally(() => end(server));
  });
  return result ?? { code: null, stdout: "", stderr: "no server" };
}

/** `serves`: what to do with a server that has said where it is. */
function runInShell(commands: string, serves: (server: ChildProcess) => void): Promise<Ended> {
  const child = spawn("sh", ["-c", `set -e; trap : TERM\n${commands}`], {
    cwd: home,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => {
    text.stdout += data;
    if (/^http:\/\/\S+\n$/.test(text.stdout)) serves(child);
  });
  child.stderr.on("data", (data) => {
    text.stderr += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...text })));
}

/** As Ctrl-C does, reaches the shell and what it runs; the shell waits for that. */
function end({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, "SIGTERM");
}

/** The commands below "Examples:", those that go on over several lines as one. */
function examplesOf(text: string): readonly string[] {
  const [, shown = ""] = /^Examples:\n((?: {2}.*\n|\n)+)/m.exec(text) ?? [];
  return shown
    .split(/^ {2}# .*\n/m)
    .map((example) => example.replace(/^ {2}/gm, "").trim())
    .filter((example) => example !== "");
}

const program = help();
const commands = [...program.matchAll(/^ {2}([a-z][a-z-]+) {2,}\S/gm)].map(([, name = ""]) => name);
const tally = new Tally();
tally.check(commands.includes("decode") && commands.length > 5, `commands: ${commands.join(", ")}`);

for (const name of ["", ...commands.filter((command) => command !== "help")]) {
  const text = name === "" ? program : help(name);
  const examples = examplesOf(text);
  tally.check(examples.length >= 2, `${name}: ${examples.length} examples`);
  const wide = text.split("\n").filter((line) => [...line].length > 80);
  tally.check(wide.length === 0, `${name}: wider than 80 columns: ${wide.join("\n")}`);
  for (const example of examples) {
    const { code, stdout, stderr } = await run(example);
    tally.check(code === 0, `${example}\nexit ${code}\n${stdout}${stderr}`);
    tally.check(!stderr.includes("error"), `${example}\n${stderr}`);
  }
}
rmSync(home, { recursive: true });
process.exitCode = tally.report("examples");
