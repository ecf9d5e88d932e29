import { type Command, Option } from "commander";
import type { Limits } from "../core/cookie.ts";
import { parseDuration } from "../core/duration.ts";
import type { Asked, CommandName, FormatFlag } from "../core/flags.ts";
import type { AnyFormat } from "../core/guide.ts";
import { DEFAULT_LIMITS } from "../core/limits.ts";
import { formats as registry } from "../formats/index.ts";
import { UsageError } from "./errors.ts";
import type { Io } from "./io.ts";
import type { SecretSource } from "./secrets.ts";

export const formats: Readonly<Record<string, AnyFormat>> = registry;

/** Flags that mean the same in every command, as Commander hands them out. */
export interface CommonFlags {
  readonly format?: string;
  readonly salt?: string;
  readonly algorithm?: string;
  readonly name?: string;
  readonly maxAge?: string;
  readonly now?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean | string;
  readonly maxLength?: string;
  readonly maxInflated?: string;
}

export const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];

/** Values that may also come several at once, with commas between. */
export const collectListed = (value: string, earlier: readonly string[] = []) => [
  ...earlier,
  ...value.split(",").filter((name) => name !== ""),
];

/** `format`: what `--format` means; `others`: what it takes besides the formats. */
export function addCommonFlags(command: Command, format: string, others: readonly string[] = []): Command {
  return command
    .optionsGroup("Format:")
    .addOption(new Option("-f, --format <id>", format).choices([...Object.keys(formats), ...others]))
    .option("--salt <text>", "the salt, literally")
    .option("--algorithm <hash>", "the hash algorithm: sha1, sha256, …")
    .option("--name <cookie>", "the cookie's name")
    .optionsGroup("Time and limits:")
    .option("--max-age <duration>", "the oldest age to accept: 3600, 90s, 15m, 12h, 14d, 2w, none")
    .option("--now <time>", "the clock to use: Unix seconds or ISO 8601")
    .option("--max-length <characters>", "the longest cookie to look at (default: 1048576)")
    .option("--max-inflated <bytes>", "the largest payload after decompression (default: 1048576)")
    .optionsGroup("Output:")
    .option("--json", "print one JSON object a line, and nothing else")
    .option("-q, --quiet", "print only what was asked for; the exit code says the rest")
    .addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]))
    .option("--no-color", "the same as --color=never");
}

export function addSecretFlags(command: Command): Command {
  const order: SecretSource[] = [];
  const sources = { secret: "secret", "secret-file": "secretFile", "secret-env": "secretEnv" } as const;
  for (const [name, source] of Object.entries(sources)) {
    command.on(`option:${name}`, () => {
      order.push(source);
      command.setOptionValue("secretOrder", order);
    });
  }
  return command
    .optionsGroup("Secrets:")
    .option(
      "--secret <text>",
      "a secret; repeatable: the first signs, all verify (others may see it: prefer the next two)",
      collect,
    )
    .option(
      "--secret-file <file>",
      "a file that holds one; a trailing newline is dropped; repeatable",
      collect,
    )
    .option("--secret-env <variable>", "an environment variable that holds one; repeatable", collect)
    .addOption(
      new Option("--secret-encoding <encoding>", "how secrets are written").choices([
        "utf8",
        "base64",
        "hex",
      ]),
    );
}

/** Adds every format's own flags, grouped by format; a flag that two formats share is added once. */
export function addFormatFlags(command: Command, name: CommandName): Command {
  const seen = new Set<string>();
  for (const format of Object.values(formats)) {
    command.optionsGroup(`${format.title}:`);
    for (const flag of format.flags.filter((flag) => isFor(flag, name))) {
      if (seen.has(flag.flag)) continue;
      seen.add(flag.flag);
      const option = new Option(flag.flag, flag.description);
      command.addOption(flag.choices ? option.choices([...flag.choices]) : option);
    }
  }
  return command;
}

/** Re-signing and fuzzing read as verifying does. */
function isFor({ commands, sets }: FormatFlag, name: CommandName): boolean {
  const readsAsVerify = name === "rotate-key" || name === "fuzz";
  return commands.includes(name) || (readsAsVerify && sets !== undefined && commands.includes("verify"));
}

/** What the command line says about the format: which one, its options, and what it is asked beyond them. */
export interface FormatRequest {
  /** Named by --format, or the only format that has one of the flags. */
  readonly format: AnyFormat | undefined;
  readonly optionsFor: (format: AnyFormat) => Readonly<Record<string, unknown>>;
  readonly askedOf: (format: AnyFormat) => Asked;
}

/** @throws {UsageError} on flags of different formats, or of another one than --format names */
export function readFormatRequest(command: Command, name: CommandName): FormatRequest {
  const flags = command.opts<CommonFlags & Record<string, unknown>>();
  const given = new Set(
    command.options
      .map((option) => option.attributeName())
      .filter((attribute) => command.getOptionValueSource(attribute) === "cli"),
  );
  const own = (format: AnyFormat) =>
    format.flags.filter((flag) => isFor(flag, name) && given.has(attributeOf(flag.flag)));
  const named = flags.format === undefined ? undefined : formats[flags.format];
  if (flags.format !== undefined && named === undefined) {
    throw new UsageError(
      `the cookies of ${flags.format} are not read yet`,
      "rotate-key --file rotates its secrets",
    );
  }
  for (const attribute of given) checkBelongs(attribute, command, named, name);
  const format = named ?? impliedFormat(given, name);
  return {
    format,
    optionsFor: onceFor((chosen) => {
      const options: Record<string, unknown> = {};
      for (const key of ["salt", "algorithm", "name"] as const) {
        if (flags[key] === undefined) continue;
        if (chosen.optionNames.includes(key)) options[key] = flags[key];
        else if (key !== "name") throw new UsageError(`${chosen.title} has no --${key}`);
      }
      for (const flag of own(chosen)) {
        if (flag.sets !== undefined) options[flag.sets] = optionValue(flag, flags[attributeOf(flag.flag)]);
      }
      return options;
    }),
    askedOf: onceFor((chosen) =>
      Object.fromEntries(
        own(chosen)
          .filter(({ asks }) => asks !== undefined)
          .map((flag) => [attributeOf(flag.flag), flags[attributeOf(flag.flag)] as string | true]),
      ),
    ),
  };
}

/** What is the same for every cookie of a format, found out at the first. */
function onceFor<T>(find: (format: AnyFormat) => T): (format: AnyFormat) => T {
  const known = new Map<AnyFormat, T>();
  return (format) => {
    let found = known.get(format);
    if (found === undefined) {
      found = find(format);
      known.set(format, found);
    }
    return found;
  };
}

function optionValue(flag: FormatFlag, value: unknown): unknown {
  if (flag.type !== "number") return value;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new UsageError(`${flag.flag.split(" ")[0]} takes a number`);
  return number;
}

/** What Commander calls the value of `--to-backend <place>`: "toBackend". */
export function attributeOf(flag: string): string {
  return new Option(flag).attributeName();
}

function ownersOf(attribute: string, name: CommandName): AnyFormat[] {
  return Object.values(formats).filter((format) =>
    format.flags.some((flag) => isFor(flag, name) && attributeOf(flag.flag) === attribute),
  );
}

function checkBelongs(
  attribute: string,
  command: Command,
  named: AnyFormat | undefined,
  name: CommandName,
): void {
  const owners = ownersOf(attribute, name);
  if (named === undefined || owners.length === 0 || owners.includes(named)) return;
  const long = command.options.find((option) => option.attributeName() === attribute)?.long ?? attribute;
  throw new UsageError(
    `${long} is not a flag of ${named.title}`,
    `it belongs to ${owners.map(({ id }) => id).join(", ")}`,
  );
}

function impliedFormat(given: ReadonlySet<string>, name: CommandName): AnyFormat | undefined {
  let possible: AnyFormat[] | undefined;
  for (const attribute of given) {
    const owners = ownersOf(attribute, name);
    if (owners.length === 0) continue;
    possible = possible?.filter((format) => owners.includes(format)) ?? owners;
    if (possible.length === 0) throw new UsageError("these flags belong to different formats");
  }
  return possible?.length === 1 ? possible[0] : undefined;
}

/** Days or moments, with a `T` or a space between; without a zone, UTC. */
const ISO_8601 = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(Z|UTC|[+-]\d\d:\d\d)?)?$/;

/** Unix seconds of `--now`, else the clock. */
export function readNow({ now }: CommonFlags, io: Io): number {
  if (now === undefined) return io.now();
  const seconds = /^-?\d+(?:\.\d+)?$/.test(now) ? Number(now) : parseIso(now);
  if (!Number.isFinite(seconds)) throw new UsageError(`--now: "${now}" is neither Unix seconds nor ISO 8601`);
  return seconds;
}

function parseIso(text: string): number {
  const [, day, time = "00:00", zone = "Z"] = ISO_8601.exec(text) ?? [];
  return day === undefined ? Number.NaN : Date.parse(`${day}T${time}${zone === "UTC" ? "Z" : zone}`) / 1000;
}

/** Seconds of `--max-age`; null: no check; undefined: not given. */
export function readMaxAge({ maxAge }: CommonFlags): number | null | undefined {
  if (maxAge === undefined) return undefined;
  const seconds = parseDuration(maxAge);
  if (seconds === undefined) {
    throw new UsageError(
      `--max-age: "${maxAge}" is not a duration`,
      "seconds, or 90s, 15m, 12h, 14d, 2w, none",
    );
  }
  return seconds;
}

export function readLimits({ maxLength, maxInflated }: CommonFlags): Limits {
  return {
    ...DEFAULT_LIMITS,
    ...(maxLength !== undefined && { maxLength: wholeNumber("--max-length", maxLength) }),
    ...(maxInflated !== undefined && { maxInflated: wholeNumber("--max-inflated", maxInflated) }),
  };
}

function wholeNumber(flag: string, text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`${flag} takes a whole number`);
  return Number(text);
}
