import { Argument, Command, type OutputConfiguration } from "commander";
import { easeChoices } from "./choices.ts";
import { examplesOf } from "./examples.ts";
import { examplesText, HELP, manualText } from "./help.ts";
import { SUBCOMMANDS, type Subcommand } from "./subcommands.ts";
import { VERSION } from "./version.ts";

/** The first example of reading, of checking and of making. */
const firstSteps = () => SUBCOMMANDS.slice(0, 3).flatMap(({ name }) => examplesOf(name).slice(0, 1));

/** The command line as Commander knows it; its commands do nothing yet. `first`: the word that it starts with. */
export function defineProgram(first?: string, output: OutputConfiguration = {}): Command {
  const program = new Command("cookiesess")
    .description(
      "Opens, checks, mints, rotates and attacks session cookies, exact to the byte with the frameworks that write them.",
    )
    .usage("<command> [options]")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .helpCommand("help [command]", "show the help of a command")
    .configureHelp(HELP)
    .configureOutput(output)
    .exitOverride()
    .addHelpText("after", () => manualText(firstSteps()));
  // Defining the other commands would take longer than to decode a cookie.
  const asked = SUBCOMMANDS.filter(({ name, tellsOfAll }) => name === first && !tellsOfAll);
  for (const subcommand of asked.length > 0 ? asked : SUBCOMMANDS) {
    const command = define(subcommand, program);
    subcommand.addFlags(command);
    easeChoices(command);
  }
  return program;
}

function define({ name, description, argument }: Subcommand, program: Command): Command {
  const command = program.command(name).description(description);
  if (argument !== undefined) {
    const [flags, about, choices] = argument;
    const taken = new Argument(flags, about);
    command.addArgument(choices === undefined ? taken : taken.choices(choices));
  }
  return command.addHelpText("after", () => examplesText(examplesOf(name)));
}
