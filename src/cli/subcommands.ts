import { type Command, Option } from "commander";
import { DEMO_FLAGS } from "../demo/flags.ts";
import { DEFAULT_FORMAT } from "../formats/index.ts";
import { FRAMEWORKS } from "../secrets/frameworks.ts";
import { decodeCommand } from "./commands/decode.ts";
import { SHELLS, type Shell } from "./completion/shells.ts";
import { EXAMPLES, type Example } from "./examples.ts";
import { addFuzzFlags } from "./fuzz/flags.ts";
import type { Io } from "./io.ts";
import { addNewOptionFlags } from "./new-options.ts";
import { addCommonFlags, addFormatFlags, addSecretFlags, collect } from "./options.ts";
import { OUTPUTS, SAME_SITE } from "./output.ts";

/** What Commander makes of a subcommand's argument. */
export type Argument = readonly string[] | string | undefined;

/** One subcommand: its words and flags are here, its work is loaded when it runs. */
export interface Subcommand {
  readonly name: string;
  readonly description: string;
  /** Absent: it takes none. */
  readonly argument?: readonly [flags: string, description: string, choices?: readonly string[]];
  readonly examples: readonly Example[];
  /** Its work is about the flags of every command, which are defined for it. */
  readonly tellsOfAll?: true;
  addFlags(command: Command): void;
  run(argument: Argument, command: Command, io: Io): Promise<number>;
}

const COOKIE = "a value, a Cookie: or Set-Cookie: header, a curl command, …; else standard input";
const RECOGNISED = "the cookie's format, else recognised";

export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: "decode",
    description: "show what is inside a cookie, with no secret",
    argument: ["[cookie...]", COOKIE],
    examples: EXAMPLES.decode,
    addFlags(command) {
      addItemFlags(command);
      addCommonFlags(command, RECOGNISED);
      addFormatFlags(command, "decode");
    },
    async run(cookies, command, io) {
      return decodeCommand(listOf(cookies), command, io);
    },
  },
  {
    name: "verify",
    description: "check a cookie's signature and age",
    argument: ["[cookie...]", COOKIE],
    examples: EXAMPLES.verify,
    addFlags(command) {
      addItemFlags(command).option("--no-explain", "do not look for the reason of a bad signature");
      addCommonFlags(addSecretFlags(command), RECOGNISED);
      addFormatFlags(command, "verify");
    },
    async run(cookies, command, io) {
      const { verifyCommand } = await import("./commands/verify.ts");
      return verifyCommand(listOf(cookies), command, io);
    },
  },
  {
    name: "sign",
    description: "mint a cookie",
    argument: ["[payload]", "the payload, usually JSON; - : standard input"],
    examples: EXAMPLES.sign,
    addFlags(command) {
      addMintingFlags(command);
      addCommonFlags(addSecretFlags(command), `the cookie's format, else ${DEFAULT_FORMAT}`);
      addFormatFlags(command, "sign");
    },
    async run(payload, command, io) {
      const { signCommand } = await import("./commands/sign.ts");
      return signCommand(listOf(payload)[0], command, io);
    },
  },
  {
    name: "rotate-key",
    description: "rotate the secrets in a file, or re-sign cookies from old secrets to a new one",
    argument: ["[cookie...]", `${COOKIE}; printed as it came, with the new value in place`],
    examples: EXAMPLES["rotate-key"],
    addFlags(command) {
      addFileFlags(command);
      addRotationFlags(command);
      addCommonFlags(command, RECOGNISED, Object.keys(FRAMEWORKS));
      addNewOptionFlags(command);
      addFormatFlags(command, "rotate-key");
    },
    async run(cookies, command, io) {
      const { file, stdout } = command.opts<{ file?: string; stdout?: boolean }>();
      if (file !== undefined || stdout) {
        const { rotateFile } = await import("./commands/rotate-file.ts");
        return rotateFile(listOf(cookies), command, io);
      }
      const { rotateCookies } = await import("./commands/rotate-cookies.ts");
      return rotateCookies(listOf(cookies), command, io);
    },
  },
  {
    name: "fuzz",
    description: "find out whether a server refuses forged, stale and hostile session cookies",
    examples: EXAMPLES.fuzz,
    addFlags(command) {
      addFuzzFlags(command);
      addCommonFlags(addSecretFlags(command), RECOGNISED);
      addFormatFlags(command, "fuzz");
    },
    async run(_none, command, io) {
      const { fuzzCommand } = await import("./commands/fuzz.ts");
      return fuzzCommand(command, io);
    },
  },
  {
    name: "demo",
    description: "serve a small site whose sessions are in cookies, on this machine alone",
    examples: EXAMPLES.demo,
    addFlags(command) {
      command.option("-q, --quiet", "print the address alone, and no requests");
      for (const { flag, description, choices } of DEMO_FLAGS) {
        const option = new Option(flag, description);
        command.addOption(choices === undefined ? option : option.choices(choices));
      }
      addSecretFlags(command);
    },
    async run(_none, command, io) {
      const { demoCommand } = await import("./commands/demo.ts");
      return demoCommand(command, io);
    },
  },
  {
    name: "completion",
    description: "print a script that completes commands and options in a shell",
    argument: ["<shell>", "whose script", SHELLS],
    tellsOfAll: true,
    examples: EXAMPLES.completion,
    addFlags() {},
    async run(shell, command, io) {
      const { completionCommand } = await import("./commands/completion.ts");
      return completionCommand(shell as Shell, command.parent ?? command, io);
    },
  },
];

function listOf(argument: Argument): readonly string[] {
  if (argument === undefined) return [];
  return typeof argument === "string" ? [argument] : argument;
}

function addItemFlags(command: Command): Command {
  return command
    .option("--har <file>", "read every cookie of a HAR file; standard input may be one, too")
    .option("--raw", "take the value exactly as it is given");
}

function addRotationFlags(command: Command): Command {
  return addSecretFlags(
    command
      .optionsGroup("Cookies:")
      .option(
        "--in <file>",
        "read cookies from a file, one a line, or with a companion on the next (session, session.sig)",
      )
      .option(
        "--out <file>",
        "write them to a file, which is replaced once all are written; it may be the input",
      )
      .option(
        "--rejects <file>",
        "put refused lines there, each under its reason; else stderr has the reasons",
      )
      .option("--refresh", "give the cookies the present time; else they keep theirs"),
  )
    .option(
      "--new-secret <text>",
      "the secret to sign with, else one is generated for a file (others may see it: prefer the next two)",
    )
    .option("--new-secret-file <file>", "a file that holds it")
    .option("--new-secret-env <variable>", "an environment variable that holds it");
}

function addFileFlags(command: Command): Command {
  return command
    .optionsGroup("Secrets in a file:")
    .option("--file <file>", "the file that holds the secrets: .env, JSON, YAML or a Kubernetes Secret")
    .option("--stdout", "for secret managers: JSON from standard input to standard output")
    .addOption(
      new Option("--kind <kind>", "what the file is, where its name does not say").choices([
        "env",
        "docker-env",
        "json",
        "yaml",
        "kubernetes",
      ]),
    )
    .option("--key <name>", "the secret's name there (default: the framework's)")
    .option("--fallbacks <name>", "the fallbacks' name")
    .addOption(
      new Option(
        "--phase <phase>",
        "one step of a rolling deploy, else introduce and promote at once",
      ).choices(["introduce", "promote", "retire"]),
    )
    .option("--status", "say where the rotation stands, and what to do next")
    .option("--check <file>", "count under which secret each session of a sample verifies")
    .option("--if-older-than <duration>", "do nothing while the secret is younger")
    .option("--keep <count>", "keep at most so many fallbacks")
    .option("--force", "retire fallbacks whose cookies may still be valid")
    .option("--compromised", "replace the secret and drop the fallbacks: every session ends")
    .option("--yes", "with --compromised: do not ask")
    .option("--length <count>", "of a generated secret: characters, or bytes before encoding")
    .option("--print", "print the new secret")
    .option("--dry-run", "show what would change")
    .option("--backup", "keep a copy of the file")
    .option("--lock-timeout <duration>", "how long to wait for another run (default: 10s)")
    .option("--github", "tell a GitHub Actions workflow");
}

function addMintingFlags(command: Command): Command {
  return command
    .option("--payload-file <file>", "read the payload from a file")
    .option(
      "--set <key=value>",
      "set a key (dots go deeper); the value is JSON, else text; repeatable",
      collect,
    )
    .option("--from <cookie>", "start from this cookie's payload, and keep how it was made")
    .option("--keep-timestamp", "with --from: keep its time")
    .optionsGroup("How it is written:")
    .addOption(new Option("--output <how>", "what to print").choices(OUTPUTS))
    .option("--url <url>", "the site, for curl, netscape and playwright")
    .option("--domain <domain>", "the attribute Domain")
    .option("--path <prefix>", "the attribute Path (default: /)")
    .option("--secure", "the attribute Secure")
    .option("--http-only", "the attribute HttpOnly")
    .addOption(new Option("--same-site <how>", "the attribute SameSite").choices(SAME_SITE))
    .option("--expires-in <duration>", "the attributes Max-Age and Expires: 3600, 12h, 14d, …");
}
