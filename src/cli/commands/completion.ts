import type { Command } from "commander";
import { FLAW_NAMES } from "../../demo/flaws/index.ts";
import { ATTACK_NAMES } from "../../fuzz/attacks/index.ts";
import { bash } from "../completion/bash.ts";
import { fish } from "../completion/fish.ts";
import { type Grammar, grammarOf, type Names } from "../completion/grammar.ts";
import { powershell } from "../completion/powershell.ts";
import type { Shell } from "../completion/shells.ts";
import { zsh } from "../completion/zsh.ts";
import { EXIT } from "../errors.ts";
import type { Io } from "../io.ts";

const SCRIPTS: Readonly<Record<Shell, (grammar: Grammar) => string>> = { bash, zsh, fish, powershell };

/** What the placeholders of options stand for that have a list of names. */
const NAMES: Names = { attack: ATTACK_NAMES, flaw: [...FLAW_NAMES, "list"] };

/** `cookiesess completion SHELL`: prints the script, which needs no cookiesess to complete. */
export async function completionCommand(shell: Shell, program: Command, io: Io): Promise<number> {
  await io.stdout.write(SCRIPTS[shell](grammarOf(program, NAMES)));
  return EXIT.ok;
}
