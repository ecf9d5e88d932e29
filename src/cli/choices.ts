import { type Argument, type Command, InvalidArgumentError, type Option } from "commander";
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
