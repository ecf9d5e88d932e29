/**
 * Types command lines in bash, zsh and fish, lets the shell complete them, and looks at what cookiesess is then
 * called with. Needs a build, tmux and the shells; of PowerShell's script only the syntax is checked, by the grammar
 * that editors use (`npm ci --prefix .ci/tools`).
 *
 *   npx tsx test/interop/completion.ts
 */
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SETUPS, Terminal } from "./shells.ts";
import { Tally } from "./tally.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scriptOf = (shell: string) =>
  execFileSync(process.execPath, [join(root, "bin/cookiesess.js"), "completion", shell], {
    encoding: "utf8",
  });

const FILES = ["site.har", "my secret.txt", "logs/cookies.txt", "serious"];

/** What is typed (a tab completes), and the arguments that cookiesess gets at Enter. */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  "cookiesess ver\t": ["verify"],
  "cookiesess rot\t": ["rotate-key"],
  "cookiesess verify --form\t": ["verify", "--format"],
  "cookiesess verify --format dj\t": ["verify", "--format", "django"],
  "cookiesess verify -f fl\t": ["verify", "-f", "flask"],
  "cookiesess verify --format=dj\t": ["verify", "--format", "django"],
  "cookiesess verify --format django --back\tsess\t": [
    "verify",
    "--format",
    "django",
    "--backend",
    "session_data",
  ],
  "cookiesess rotate-key --format la\t": ["rotate-key", "--format", "laravel"],
  "cookiesess rotate-key --to-ser\tpi\t": ["rotate-key", "--to-serializer", "pickle"],
  "cookiesess sign --output pl\t": ["sign", "--output", "playwright"],
  "cookiesess decode --har si\t": ["decode", "--har", "site.har"],
  "cookiesess decode --har=si\t": ["decode", "--har", "site.har"],
  "cookiesess verify --secret-file my\t": ["verify", "--secret-file", "my secret.txt"],
  "cookiesess verify --secret-file 'my s\t": ["verify", "--secret-file", "my secret.txt"],
  "cookiesess rotate-key --in lo\tco\t": ["rotate-key", "--in", "logs/cookies.txt"],
  "cookiesess rotate-key --file si\t": ["rotate-key", "--file", "site.har"],
  "cookiesess verify --secret-env MY_SEC\t": ["verify", "--secret-env", "MY_SECRET_KEY"],
  "cookiesess fuzz --only integrity/truncate-s\t": ["fuzz", "--only", "integrity/truncate-signature"],
  "cookiesess fuzz --only time --only replay/l\t --skip=encoding/p\t": [
    "fuzz",
    "--only",
    "time",
    "--only",
    "replay/logout",
    "--skip",
    "encoding/padding",
  ],
  "cookiesess demo --flaw signature-p\t": ["demo", "--flaw", "signature-prefix"],
  "cookiesess completion fi\t": ["completion", "fish"],
  "cookiesess help dec\t": ["help", "decode"],
  // Any text, and an option of another command: nothing to complete.
  "cookiesess verify --salt ser\t": ["verify", "--salt", "ser"],
  "cookiesess verify ser\t": ["verify", "ser"],
  "cookiesess decode --secret-f\t": ["decode", "--secret-f"],
  // Nothing that was typed is run to complete what follows.
  "cookiesess verify '$(touch ran)' --form\t": ["verify", "$(touch ran)", "--format"],
};

/** Descriptions are shown where the shell can. */
const SCREENS: Readonly<Record<string, string>> = {
  bash: "rotate-key",
  zsh: "check a cookie's signature and age",
  fish: "check a cookie's signature and age",
};

/** zsh writes "--format=django" where the others write two words. */
function apart(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => /^(--[\w-]+)=(.+)$/.exec(word)?.slice(1) ?? word);
}

const tally = new Tally();

for (const [name, setup] of Object.entries(SETUPS)) {
  const terminal = new Terminal(setup, scriptOf(setup.command), FILES);
  const check = async (what: string, run: () => Promise<void>) => {
    const fault: unknown = await run().then(
      () => undefined,
      (error: unknown) => error,
    );
    tally.check(fault === undefined, `${name}: ${what}: ${String(fault)}`);
  };
  await check("starts", () => terminal.ready());
  for (const [keys, words] of Object.entries(CALLS)) {
    await check(JSON.stringify(keys), async () => assert.deepEqual(apart(await terminal.call(keys)), words));
  }
  await check("lists commands", async () => {
    terminal.type("cookiesess \t\t");
    await terminal.see(SCREENS[setup.command] ?? "");
  });
  tally.check(!existsSync(join(terminal.home, "ran")), `${name}: what was typed was run`);
  await terminal.close();
}

/** Statements that tree-sitter's grammar of PowerShell cannot read. */
async function powershellFaults(script: string): Promise<string[]> {
  const tool = createRequire(join(root, ".ci/tools/package.json"));
  const { Parser, Language } = tool("@vscode/tree-sitter-wasm");
  await Parser.init();
  const grammar = tool
    .resolve("@vscode/tree-sitter-wasm")
    .replace("tree-sitter.js", "tree-sitter-powershell.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(grammar)));
  const { rootNode } = parser.parse(script);
  const faults = rootNode.descendantsOfType("ERROR").map(({ text }: { text: string }) => text);
  return rootNode.hasError ? [...faults, "a token is missing"] : faults;
}

const powershell = scriptOf("powershell");
tally.check((await powershellFaults(powershell)).length === 0, "PowerShell: the script cannot be read");
tally.check((await powershellFaults(`${powershell}\n}`)).length > 0, "PowerShell: a fault goes unnoticed");

process.exitCode = tally.report("completion");
