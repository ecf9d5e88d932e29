import type { Command } from "commander";
import { DEFAULT_FORMAT } from "../formats/index.ts";
import { FRAMEWORKS } from "../secrets/frameworks.ts";
import { decodeCommand } from "./commands/decode.ts";
import { SHELLS, type Shell } from "./completion/shells.ts";
import { addDemoFlags } from "./demo-flags.ts";
import { addFuzzFlags } from "./fuzz/flags.ts";
import type { Io } from "./io.ts";
import { addMintingFlags } from "./minting-flags.ts";
import { addNewOptionFlags } from "./new-options.ts";
import { addCommonFlags, addFormatFlags, addSecretFlags } from "./options.ts";
import { addFileFlags, addRotationFlags } from "./rotation/flags.ts";

/** What Commander makes of a subcommand's argument. */
export type Argument = readonly string[] | string | undefined;

/** One subcommand: its words and flags are here, its work is loaded when it runs. */
export interface Subcommand {
  readonly name: string;
  readonly description: string;
  /** Absent: it takes none. */
  readonly argument?: readonly [flags: string, description: string, choices?: readonly string[]];
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
    addFlags(command) {
      addSecretFlags(addDemoFlags(command));
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
