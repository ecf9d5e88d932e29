import type { Command } from "commander";
import type { AnyFormat } from "../core/guide.ts";
import { UsageError } from "./errors.ts";
import { attributeOf, formats } from "./options.ts";

/** `--to-algorithm sha256`: options under which cookies are signed anew, where they differ. */
interface NewOption {
  /** "toBackend". */
  readonly attribute: string;
  readonly long: string;
  readonly option: string;
  readonly description: string;
  readonly choices: readonly string[] | undefined;
  readonly owners: readonly AnyFormat[];
}

function newOptions(): readonly NewOption[] {
  const found = new Map<string, NewOption>();
  const add = (long: string, option: string, owner: AnyFormat, choices?: readonly string[]) => {
    const { owners = [] } = found.get(long) ?? {};
    const description = `--${long.slice("--to-".length)} of the new cookie`;
    const attribute = attributeOf(`${long} <value>`);
    found.set(long, { attribute, long, option, description, choices, owners: [...owners, owner] });
  };
  for (const format of Object.values(formats)) {
    for (const option of ["algorithm", "salt"]) {
      if (format.optionNames.includes(option)) add(`--to-${option}`, option, format);
    }
    for (const { flag, commands, sets, type, choices } of format.flags) {
      const [long = ""] = flag.split(" ");
      if (sets !== undefined && type === undefined && commands.includes("sign")) {
        add(`--to-${long.slice(2)}`, sets, format, choices);
      }
    }
  }
  return [...found.values()];
}

export function addNewOptionFlags(command: Command): Command {
  command.optionsGroup("The new cookie, where it differs:");
  for (const { long, description, choices } of newOptions()) {
    const option = command.createOption(`${long} <value>`, description);
    command.addOption(choices === undefined ? option : option.choices([...choices]));
  }
  return command;
}

/** The options of the old cookies, and over them what is given with `--to-…`, for one format. */
export function readNewOptions(
  old: Readonly<Record<string, unknown>>,
  flags: Readonly<Record<string, unknown>>,
  format: AnyFormat,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = { ...old };
  for (const { sets, resets = [] } of format.flags) {
    const changes = newOptions().some(
      ({ attribute, option }) => option === sets && flags[attribute] !== undefined,
    );
    if (changes) for (const name of resets) delete options[name];
  }
  for (const { attribute, option, owners } of newOptions()) {
    if (flags[attribute] !== undefined && owners.includes(format)) options[option] = flags[attribute];
  }
  return options;
}

/**
 * The formats that have all the given `--to-…` flags.
 * @throws {UsageError} when there is none, or not the named one
 */
export function formatsOfNewOptions(
  flags: Readonly<Record<string, unknown>>,
  named: AnyFormat | undefined,
): readonly AnyFormat[] {
  const given = newOptions().filter(({ attribute }) => flags[attribute] !== undefined);
  const able = Object.values(formats).filter((format) =>
    given.every(({ owners }) => owners.includes(format)),
  );
  if (named === undefined && able.length > 0) return able;
  if (named !== undefined && able.includes(named)) return [named];
  const longs = given.map(({ long }) => long).join(", ");
  throw new UsageError(
    named === undefined ? `no format has all of ${longs}` : `${named.title} has no ${longs}`,
  );
}
