import type { Command } from "commander";
import { bash } from "../completion/bash.ts";
import { fish } from "../completion/fish.ts";
import { type Grammar, grammarOf } from "../completion/grammar.ts";
import { powershell } from "../completion/powershell.ts";
import type { Shell } from "../completion/shells.ts";
import { zsh } from "../completion/zsh.ts";
import { EXIT } from "../errors.ts";
import type { Io } from "../io.ts";

const SCRIPTS: Readonly<Record<Shell, (grammar: Grammar) => string>> = { bash, zsh, fish, powershell };

/** `cookiesess completion SHELL`: prints the script, which needs no cookiesess to complete. */
export async function completionCommand(shell: Shell, program: Command, io: Io): Promise<number> {
  await io.stdout.write(SCRIPTS[shell](grammarOf(program)));
  return EXIT.ok;
}
