import type { Argument, HelpConfiguration, Option } from "commander";
import type { Example } from "./examples.ts";
import { ENVIRONMENT, EXIT_CODES, type Terms } from "./manual.ts";

/** How Commander's help looks. */
export const HELP: HelpConfiguration = {
  commandDescription: (command) => sentence(command.description()),
  subcommandTerm: (command) => command.name(),
  optionDescription: describe,
  argumentDescription: describe,
};

/** The description with the choices that there are. */
export function describe({ description, argChoices }: Option | Argument): string {
  return argChoices === undefined ? description : `${description}; one of ${argChoices.join(", ")}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;
}

export function examplesText(examples: readonly Example[]): string {
  const shown = examples.map(({ about, run }) => `  # ${about}\n${indent(run)}`);
  return `\nExamples:\n${shown.join("\n\n")}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}

/** What follows the list of commands. */
export function manualText(examples: readonly Example[]): string {
  return [
    examplesText(examples),
    "`cookiesess help <command>` shows its options and examples.",
    section("Exit codes:", EXIT_CODES),
    section("Environment:", ENVIRONMENT),
  ].join("\n\n");
}

function section(title: string, terms: Terms): string {
  const width = Math.max(...terms.map(([term]) => term.length));
  return [title, ...terms.map(([term, meaning]) => `  ${term.padEnd(width)}  ${meaning}`)].join("\n");
}
