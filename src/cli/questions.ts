import { confirm, editor, input, password, select } from "@inquirer/prompts";
import { Interrupted } from "./errors.ts";
import type { Questions } from "./io.ts";

/** Questions on stderr, so that stdout holds the result alone. */
const context = { output: process.stderr };

export const inquirerQuestions: Questions = {
  hidden: (message) => asked(password({ message, mask: false }, context)),
  text: (message, initial) =>
    asked(input({ message, ...(initial !== undefined && { default: initial }) }, context)),
  choose: (message, choices, initial) =>
    asked(
      select(
        {
          message,
          choices: choices.map((value) => ({ value, name: value })),
          ...(initial !== undefined && { default: initial }),
        },
        context,
      ),
    ),
  edit: (message, initial) =>
    asked(editor({ message, default: initial, postfix: ".json", waitForUserInput: false }, context)),
  confirm: (message) => asked(confirm({ message, default: false }, context)),
};

/** Ctrl-C in a question ends the program as it does elsewhere. */
async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") throw new Interrupted();
    throw error;
  }
}
