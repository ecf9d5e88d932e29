/** Writes dist/man/cookiesess.1, the manual page, from the command line's own definitions. Needs dist/platform. */
import { mkdirSync, writeFileSync } from "node:fs";
import type { Command, Option } from "commander";
import { type Example, examplesOf } from "./src/cli/examples.ts";
import { describe } from "./src/cli/help.ts";
import { ENVIRONMENT, EXIT_CODES, type Terms } from "./src/cli/manual.ts";
import { defineProgram } from "./src/cli/program.ts";
import { VERSION } from "./src/cli/version.ts";

/** Text as roff reads it: no hyphen that is a minus, no escape, no request. */
function plain(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("…", "...")
    .replace(/^([.'])/gm, "\\&$1");
}

function term(name: string, meaning: string): string {
  return `.TP\n\\fB${plain(name)}\\fR\n${plain(meaning)}`;
}

const terms = (pairs: Terms) => pairs.map(([name, meaning]) => term(name, meaning)).join("\n");

function example({ about, run }: Example): string {
  return `.PP\n${plain(about)}:\n.PP\n.RS 4\n.nf\n${plain(run)}\n.fi\n.RE`;
}

/** What tells one option from another: two commands may mean different things by one name. */
const keyOf = (option: Option) => `${option.flags} ${describe(option)}`;

/** The commands that have the very same option. */
function commandsOf(option: Option, commands: readonly Command[]): readonly string[] {
  return commands
    .filter((command) => command.options.some((other) => keyOf(other) === keyOf(option)))
    .map((command) => command.name());
}

function optionTerm(option: Option): string {
  return term(option.flags, describe(option));
}

/** One command with the options that are its own. */
function commandSection(command: Command, program: Command): string {
  const own = command.options.filter((option) => commandsOf(option, program.commands).length === 1);
  return [
    `.SS "cookiesess ${plain(command.name())} ${plain(command.usage())}"`,
    `${plain(command.description())}`,
    ...command.registeredArguments.map((argument) => term(argument.name(), describe(argument))),
    ...own.map(optionTerm),
    ...examplesOf(command.name()).map(example),
  ].join("\n");
}

/** The options that several commands have, under the headings of their help. */
function sharedOptions(program: Command): string {
  const groups = new Map<string, Map<string, string>>();
  for (const option of program.commands.flatMap(({ options }) => options)) {
    const commands = commandsOf(option, program.commands);
    if (commands.length < 2) continue;
    const heading = option.helpGroupHeading ?? "Options:";
    const group = groups.get(heading) ?? new Map<string, string>();
    groups.set(heading, group.set(keyOf(option), `${optionTerm(option)} (${plain(commands.join(", "))})`));
  }
  return [...groups]
    .map(([heading, options]) => [`.SS "${heading.replace(/:$/, "")}"`, ...options.values()].join("\n"))
    .join("\n");
}

function manualPage(): string {
  const program = defineProgram();
  const today = new Date().toISOString().slice(0, 10);
  return `.TH COOKIESESS 1 "${today}" "cookiesess ${VERSION}" "User Commands"
.SH NAME
cookiesess \\- ${plain(
    program
      .description()
      .replace(/\.$/, "")
      .replace(/^Opens/, "opens"),
  )}
.SH SYNOPSIS
.B cookiesess
.I command
.RI [ options ]
.SH COMMANDS
${program.commands.map((command) => commandSection(command, program)).join("\n")}
.SH OPTIONS OF SEVERAL COMMANDS
${sharedOptions(program)}
.SH EXIT STATUS
${terms(EXIT_CODES)}
.SH ENVIRONMENT
${terms(ENVIRONMENT)}
.SH SEE ALSO
The documentation that comes with the package, README.md and docs.
`;
}

mkdirSync("dist/man", { recursive: true });
writeFileSync("dist/man/cookiesess.1", manualPage());
