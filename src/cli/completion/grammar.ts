import type { Command, Option } from "commander";
import { collect } from "../options.ts";

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

/** Reads a grammar off Commander's definitions. */
export function grammarOf(program: Command): Grammar {
  const helper = program.createHelp();
  const verbs = helper.visibleCommands(program);
  const names = verbs.map((verb) => verb.name());
  return {
    name: program.name(),
    flags: helper.visibleOptions(program).map(flagOf),
    verbs: verbs.map((verb) => ({
      name: verb.name(),
      description: verb.description(),
      flags: helper.visibleOptions(verb).map(flagOf),
      words: verb.name() === "help" ? names : (verb.registeredArguments[0]?.argChoices ?? []),
    })),
  };
}

function flagOf(option: Option): Flag {
  const { short, long, flags, description, optional, required, parseArg } = option;
  return {
    names: [short, long].filter((name) => name !== undefined),
    description,
    values: optional || required ? valuesOf(option) : undefined,
    placeholder: /[<[](.+)[>\]]/.exec(flags)?.[1] ?? "",
    optional,
    repeatable: parseArg === collect,
  };
}

/** By the placeholder: `<file>` is a file, `<variable>` an environment variable. */
function valuesOf({ argChoices: choices, flags }: Option): Values {
  if (choices !== undefined) return { kind: "choices", choices };
  if (flags.includes("<file>")) return { kind: "file" };
  return { kind: flags.includes("<variable>") ? "variable" : "text" };
}
