import type { Command, Option } from "commander";
import { collect, collectListed } from "../options.ts";

/** What can stand behind an option: one of some words, a file, an environment variable, or any text. */
export type Values =
  | { readonly kind: "choices"; readonly choices: readonly string[] }
  | { readonly kind: "file" | "variable" | "text" };

/** An option as a shell completes it. */
export interface Flag {
  /** "-f", "--format". */
  readonly names: readonly string[];
  readonly description: string;
  /** Undefined: nothing follows it. */
  readonly values: Values | undefined;
  /** What Commander calls the value: "id". */
  readonly placeholder: string;
  /** The value may be left out. */
  readonly optional: boolean;
  readonly repeatable: boolean;
}

export interface Verb {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  /** The words that its argument can be; empty: any text. */
  readonly words: readonly string[];
}

/** A command line as a shell completes it. */
export interface Grammar {
  readonly name: string;
  readonly flags: readonly Flag[];
  readonly verbs: readonly Verb[];
}

/** The words that a value can be, by its placeholder: what `<flaw>` can be. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** Reads a grammar off Commander's definitions. `named`: what has too many choices to be defined there. */
export function grammarOf(program: Command, named: Names = {}): Grammar {
  const helper = program.createHelp();
  const verbs = helper.visibleCommands(program);
  const names = verbs.map((verb) => verb.name());
  const flagsOf = (command: Command) => helper.visibleOptions(command).map((option) => flagOf(option, named));
  return {
    name: program.name(),
    flags: flagsOf(program),
    verbs: verbs.map((verb) => ({
      name: verb.name(),
      description: verb.description(),
      flags: flagsOf(verb),
      words: verb.name() === "help" ? names : (verb.registeredArguments[0]?.argChoices ?? []),
    })),
  };
}

function flagOf(option: Option, named: Names): Flag {
  const { short, long, flags, description, optional, required, parseArg, argChoices } = option;
  const placeholder = /[<[](.+)[>\]]/.exec(flags)?.[1] ?? "";
  return {
    names: [short, long].filter((name) => name !== undefined),
    description,
    values: optional || required ? valuesOf(placeholder, argChoices ?? named[placeholder]) : undefined,
    placeholder,
    optional,
    repeatable: parseArg === collect || parseArg === collectListed,
  };
}

/** By the placeholder: `<file>` is a file, `<variable>` an environment variable. */
function valuesOf(placeholder: string, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return { kind: "choices", choices };
  return { kind: placeholder === "file" || placeholder === "variable" ? placeholder : "text" };
}
