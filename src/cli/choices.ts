import { type Argument, type Command, InvalidArgumentError, type Option } from "commander";
import { UsageError } from "./errors.ts";
import { similarTo } from "./similar.ts";

/** Lets a command take its choices in any case, and name the one that was probably meant when it refuses another. */
export function easeChoices(command: Command): void {
  for (const taker of [...command.options, ...command.registeredArguments]) {
    if (taker.argChoices !== undefined) ease(taker, taker.argChoices);
  }
}

function ease(taker: Option | Argument, choices: readonly string[]): void {
  taker.argParser((value) => {
    const chosen = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
    if (chosen !== undefined) return chosen;
    const meant = similarTo(value, choices);
    const hint = meant === undefined ? "" : `\n(Did you mean ${meant}?)`;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.${hint}`);
  });
}

/**
 * Of names that are too many to be told with every error. `listing`: the flag that names them.
 * @throws {UsageError} on any other, with the one that was probably meant
 */
export function checkName(what: string, given: string, names: readonly string[], listing: string): void {
  if (names.includes(given)) return;
  const meant = names.find((name) => name.endsWith(`/${given}`)) ?? similarTo(given, names);
  const question = meant === undefined ? "" : `did you mean ${meant}? `;
  throw new UsageError(`there is no ${what} "${given}"`, `${question}${listing} names them`);
}
