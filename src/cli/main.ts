import { Command, CommanderError } from "commander";
import { CookieError } from "../core/failure.ts";
import { EXIT, Interrupted, UsageError } from "./errors.ts";
import type { Io } from "./io.ts";
import { addCommonFlags, addFormatFlags, addSecretFlags, type CommandName } from "./options.ts";
import { errorText, safe } from "./report/text.ts";
import { VERSION } from "./version.ts";

const ISSUES = "https://github.com/cookiesess/cookiesess/issues";

/** Runs a command line and returns its exit code; never exits, and touches the world only through `io`. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const written: Promise<void>[] = [];
  try {
    let code: number = EXIT.ok;
    const program = buildProgram(io, written, (result) => {
      code = result;
    });
    await program.parseAsync([...argv], { from: "user" });
    await Promise.all(written);
    return code;
  } catch (error) {
    await Promise.allSettled(written);
    return report(error, io);
  }
}

async function report(error: unknown, io: Io): Promise<number> {
  const say = (text: string) => io.stderr.write(text).catch(() => undefined);
  if (error instanceof Interrupted) return EXIT.interrupted;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    await say(errorText(error.message, error.hint));
    return EXIT.usage;
  }
  if (error instanceof CookieError) {
    await say(errorText(error.message, error.hint));
    return EXIT.refused;
  }
  const message = error instanceof Error ? error.message : String(error);
  await say(
    errorText(`a fault of cookiesess itself: ${message}`, `please report it with the command: ${ISSUES}`),
  );
  return EXIT.internal;
}

/** Commander's words about a wrong command line, safe to print and without the value of `--unknown=value`. */
function usageText(text: string): string {
  const lines = text.replace(/^error: /, "cookiesess: error: ").split("\n");
  return lines.map((line) => safe(line.replace(/('--?[\w-]+)=.*'/, "$1'"))).join("\n");
}

function buildProgram(io: Io, written: Promise<void>[], finish: (code: number) => void): Command {
  const program = new Command("cookiesess")
    .description(
      "Opens, checks and mints session cookies, exact to the byte with the frameworks that write them.",
    )
    .version(VERSION, "-V, --version")
    .showHelpAfterError("(--help shows what there is)")
    .configureOutput({
      writeOut: (text) => written.push(io.stdout.write(text)),
      writeErr: (text) => written.push(io.stderr.write(text)),
      outputError: (text, write) => write(usageText(text)),
      getOutHelpWidth: () => io.stdout.columns,
      getErrHelpWidth: () => io.stderr.columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
  addDecode(program, io, finish);
  addVerify(program, io, finish);
  addSign(program, io, finish);
  return program;
}

function subcommand(program: Command, name: CommandName, description: string): Command {
  const command = program.command(name).description(description);
  addCommonFlags(command);
  if (name !== "decode") addSecretFlags(command);
  return command;
}

function addDecode(program: Command, io: Io, finish: (code: number) => void): void {
  const command = subcommand(program, "decode", "show what is inside a cookie, with no secret")
    .argument(
      "[cookie...]",
      "a value, a Cookie: or Set-Cookie: header, a curl command, …; - or nothing: standard input",
    )
    .option("--har <file>", "read every cookie of a HAR file")
    .option("--raw", "take the value exactly as it is given");
  addFormatFlags(command, "decode").action(async (cookies: string[]) => {
    const { decodeCommand } = await import("./commands/decode.ts");
    finish(await decodeCommand(cookies, command, io));
  });
}

function addVerify(program: Command, io: Io, finish: (code: number) => void): void {
  const command = subcommand(program, "verify", "check a cookie's signature and age")
    .argument("[cookie...]", "as for decode")
    .option("--har <file>", "read every cookie of a HAR file")
    .option("--raw", "take the value exactly as it is given")
    .option("--no-explain", "do not look for the reason of a bad signature");
  addFormatFlags(command, "verify").action(async (cookies: string[]) => {
    const { verifyCommand } = await import("./commands/verify.ts");
    finish(await verifyCommand(cookies, command, io));
  });
}

function addSign(program: Command, io: Io, finish: (code: number) => void): void {
  const command = subcommand(program, "sign", "mint a cookie")
    .argument("[payload]", "the payload, usually JSON; - : standard input")
    .option("--payload-file <path>", "read the payload from a file")
    .option(
      "--set <key=value>",
      "set a key (dots go deeper); the value is JSON, else text; repeatable",
      (value: string, earlier: string[] = []) => [...earlier, value],
    )
    .option("--from <cookie>", "start from this cookie's payload, and keep how it was made")
    .option("--keep-timestamp", "with --from: keep its time")
    .option("--output <how>", "value, cookie-header, set-cookie, curl, netscape, playwright or json")
    .option("--url <url>", "the site, for curl, netscape and playwright")
    .option("--domain <domain>", "attribute")
    .option("--path <path>", "attribute")
    .option("--secure", "attribute")
    .option("--http-only", "attribute")
    .option("--same-site <how>", "attribute: Strict, Lax or None")
    .option("--expires-in <duration>", "attributes Max-Age and Expires: 3600, 12h, 14d, …");
  addFormatFlags(command, "sign").action(async (payload: string | undefined) => {
    const { signCommand } = await import("./commands/sign.ts");
    finish(await signCommand(payload, command, io));
  });
}
