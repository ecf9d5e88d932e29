import type { Command } from "commander";
import { DEMO_FLAGS } from "../demo/flags.ts";

export function addDemoFlags(command: Command): Command {
  command.option("-q, --quiet", "print the address alone, and no requests");
  for (const { flag, description, choices } of DEMO_FLAGS) {
    const option = command.createOption(flag, description);
    command.addOption(choices === undefined ? option : option.choices(choices));
  }
  return command;
}
