/** Shells in a terminal, with a `cookiesess` that notes what it is called with. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Where a shell finds the completion script and its own settings, below its home. */
interface Setup {
  readonly command: string;
  readonly script: string;
  readonly settings: Readonly<Record<string, string>>;
}

const PROMPT = "ready>";

export const SETUPS: Readonly<Record<string, Setup>> = {
  bash: {
    command: "bash",
    script: "completion",
    settings: { ".bashrc": `PS1='${PROMPT} '; source ~/completion` },
  },
  zsh: {
    command: "zsh",
    script: "completion",
    settings: { ".zshrc": `PS1='${PROMPT} '; autoload -Uz compinit; compinit -u; source ~/completion` },
  },
  "zsh, from its fpath": {
    command: "zsh",
    script: "functions/_cookiesess",
    settings: {
      ".zshrc": `PS1='${PROMPT} '; fpath=(~/functions $fpath); autoload -Uz compinit; compinit -u`,
    },
  },
  fish: {
    command: "fish",
    script: ".config/fish/completions/cookiesess.fish",
    settings: {
      ".config/fish/config.fish": `set fish_greeting; function fish_prompt; echo '${PROMPT} '; end`,
    },
  },
};

/** Writes its arguments, each with a NUL behind it. */
const RECORDER = `#!/bin/sh
for word; do printf '%s\\0' "$word"; done > "$HOME/called.part"
mv "$HOME/called.part" "$HOME/called"
`;

/** How long a shell may take for anything, in milliseconds. */
const PATIENCE = 10_000;

/** One shell in tmux, in a home of its own. */
export class Terminal {
  readonly home = mkdtempSync(join(tmpdir(), "cookiesess-shell-"));
  readonly #server: string;

  constructor({ command, script, settings }: Setup, completion: string, files: readonly string[]) {
    this.#server = this.home.replace(/^.*-/, "cookiesess-");
    for (const [path, text] of Object.entries({
      ...settings,
      [script]: completion,
      "bin/cookiesess": RECORDER,
    }))
      this.#write(path, text);
    for (const path of files) this.#write(path, "");
    const env = [
      `HOME=${this.home}`,
      `PATH=${this.home}/bin:${process.env.PATH}`,
      "TERM=screen-256color",
      "LANG=C.UTF-8",
      "MY_SECRET_KEY=x",
    ];
    const start = [
      "new-session",
      "-d",
      "-x",
      "120",
      "-y",
      "40",
      "-c",
      this.home,
      "env",
      "-i",
      ...env,
      command,
    ];
    this.#tmux(...start);
  }

  #write(path: string, text: string): void {
    mkdirSync(join(this.home, path, ".."), { recursive: true });
    writeFileSync(join(this.home, path), text, { mode: 0o755 });
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync("tmux", ["-L", this.#server, "-f", "/dev/null", ...args], { encoding: "utf8" });
  }

  /** Types; a tab asks for completion. */
  type(keys: string): void {
    for (const part of keys.split(/(\t)/).filter((text) => text !== "")) {
      if (part === "\t") this.#tmux("send-keys", "Tab");
      else this.#tmux("send-keys", "-l", "--", part);
    }
  }

  /** Types and presses Enter: the arguments that cookiesess was then called with. */
  async call(keys: string): Promise<readonly string[]> {
    const called = join(this.home, "called");
    rmSync(called, { force: true });
    this.type(keys);
    this.#tmux("send-keys", "Enter");
    await until(
      () => existsSync(called),
      () => `cookiesess was not called:\n${this.screen()}`,
    );
    const words = readFileSync(called, "utf8").split("\0").slice(0, -1);
    renameSync(called, join(this.home, "called.before"));
    return words;
  }

  /** Waits for a text to be on the screen. */
  async see(text: string): Promise<void> {
    await until(
      () => this.screen().includes(text),
      () => `no "${text}" on the screen:\n${this.screen()}`,
    );
  }

  ready(): Promise<void> {
    return this.see(PROMPT);
  }

  screen(): string {
    return this.#tmux("capture-pane", "-p").trimEnd();
  }

  async close(): Promise<void> {
    this.#tmux("kill-server");
    // The shell may still be writing its history.
    await rm(this.home, { recursive: true, maxRetries: 10 });
  }
}

async function until(holds: () => boolean, otherwise: () => string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > end) throw new Error(otherwise());
    await sleep(20);
  }
}
