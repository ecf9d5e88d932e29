import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const fixed = fileURLToPath(new URL("fixed.cjs", import.meta.url));

/** The clock of a page that sets none: `export NOW=…` in what a page runs. */
export const NOW = "2026-11-22T00:00:00Z";

export interface Ran {
  readonly code: number;
  /** stdout and stderr, as a terminal shows them. */
  readonly output: string;
}

/** Separates what the commands of a script print. */
const MARK = "\u001e";

/** Where the commands of pages run: the command line as it is now, with a clock and dice that stand still. */
export class Stage {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), "cookiesess-docs-"));
    const program = join(folder, "program.cjs");
    await build({
      entryPoints: [join(root, "src/cli/bin.ts")],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "cjs",
      define: { "import.meta.filename": "__filename" },
      logLevel: "error",
    });
    const bin = join(folder, "bin");
    await mkdir(bin);
    const command = async (name: string, body: string) => {
      await writeFile(join(bin, name), `#!/bin/sh\n${body}\n`);
      await chmod(join(bin, name), 0o755);
    };
    await command("cookiesess", `exec "${process.execPath}" --require "${fixed}" "${program}" "$@"`);
    await command("npx", 'exec "$@"');
    // Installing and testing are run for real by .ci/run and test/package.
    await command("npm", 'case $1 in install | test) ;; *) echo "npm $1 is not run" >&2; exit 1 ;; esac');
    return new Stage(folder);
  }

  /** A folder for the PATH; its `cookiesess` takes the time from $NOW. */
  get bin(): string {
    return join(this.#folder, "bin");
  }

  /** An empty folder, which goes with the stage. */
  folder(): Promise<string> {
    return mkdtemp(join(this.#folder, "folder-"));
  }

  dispose(): Promise<void> {
    return rm(this.#folder, { recursive: true });
  }

  /** Runs the commands of one page in one shell, in a folder of its own. */
  async run(commands: readonly string[]): Promise<readonly Ran[]> {
    const folder = await this.#page("exec 2>&1 </dev/null", commands);
    return rans(await this.#start(folder, "bash", "script"), commands.length);
  }

  /** The same on a terminal of 80 columns, with colours. Needs the `script` of util-linux. */
  async runOnTerminal(commands: readonly string[]): Promise<readonly Ran[]> {
    const folder = await this.#page("stty cols 80 rows 50 -onlcr", commands);
    return rans(await this.#start(folder, "script", "-qefc", "bash script", "/dev/null"), commands.length);
  }

  /** A folder with a script that marks where each command's output begins and ends. */
  async #page(first: string, commands: readonly string[]): Promise<string> {
    const folder = await this.folder();
    const lines = commands.map((command) => `printf '${MARK}'\n${command}\nprintf '${MARK}%s' $?`);
    await writeFile(join(folder, "script"), `${first}\n${lines.join("\n")}\n`);
    return folder;
  }

  #start(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
    const PATH = `${this.bin}:${process.env.PATH}`;
    const env = { PATH, TERM: "xterm-256color", HOME: cwd, NOW };
    return new Promise((resolve, reject) => {
      execFile(command, args, { cwd, env, timeout: 60_000 }, (error, stdout) => {
        if (error?.killed) reject(error);
        else resolve(stdout);
      }).stdin?.end();
    });
  }
}

function rans(output: string, count: number): readonly Ran[] {
  const pieces = output.split(MARK).slice(1);
  return Array.from({ length: count }, (_, index) => ({
    output: pieces[2 * index] ?? "",
    code: Number(pieces[2 * index + 1] ?? Number.NaN),
  }));
}
