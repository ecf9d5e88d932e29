import { UsageError } from "./errors.ts";
import { SUBCOMMANDS } from "./subcommands.ts";

/** The first words that mean something, besides options. */
const COMMANDS: readonly string[] = ["help", ...SUBCOMMANDS.map(({ name }) => name)];

const FLAGS_OF_ITS_OWN = ["-h", "--help", "-V", "--version"];

/**
 * `help verify` is `verify --help`; of a command that there is not, nothing but its name counts.
 * @throws {UsageError} when a command's flag, a cookie or the beginning of a name stands where the command belongs
 */
export function asCommanded([first = "", ...rest]: readonly string[]): readonly string[] {
  const [wanted] = rest;
  if (first === "help" && wanted !== undefined) return asCommanded([wanted, "--help"]);
  if (COMMANDS.includes(first) || FLAGS_OF_ITS_OWN.includes(first)) return [first, ...rest];
  if (/^--?\w/.test(first)) {
    const command = rest.find((word) => COMMANDS.includes(word));
    if (command !== undefined)
      throw new UsageError("the command comes before its flags", `cookiesess ${command} --…`);
    return [first, ...rest];
  }
  if (/[^\p{Letter}-]/u.test(first)) {
    // It may be a cookie: it is not repeated.
    throw new UsageError("the first word is no command", "cookiesess decode COOKIE shows what is inside one");
  }
  const begun = COMMANDS.filter((name) => first !== "" && name.startsWith(first));
  if (begun.length === 1) throw new UsageError(`unknown command '${first}'`, `did you mean ${begun[0]}?`);
  return first === "--" ? [first, ...rest] : [first];
}
