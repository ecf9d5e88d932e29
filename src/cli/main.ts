import { type Command, CommanderError } from "commander";
import { CookieError } from "../core/failure.ts";
import { asCommanded } from "./commanded.ts";
import { EXIT, Interrupted, ReaderGone, UsageError } from "./errors.ts";
import type { Io } from "./io.ts";
import { defineProgram } from "./program.ts";
import { errorText } from "./report/text.ts";
import { type Argument, SUBCOMMANDS } from "./subcommands.ts";

/** Runs a command line and returns its exit code; never exits, and touches the world only through `io`. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const written: Promise<void>[] = [];
  try {
    let code: number = EXIT.ok;
    const words = argv.length === 0 ? argv : asCommanded(argv);
    const program = buildProgram(words[0], io, written, (result) => {
      code = result;
    });
    await program.parseAsync([...words], { from: "user" });
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
  if (error instanceof ReaderGone) return EXIT.readerGone;
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
    errorText(
      `a fault of cookiesess itself: ${message}`,
      "please report it to the maintainers, with the command and without its secrets",
    ),
  );
  return EXIT.internal;
}

/** Commander's words about a wrong command line, as every other error is told; without the value of `--unknown=value`. */
function usageText(text: string): string {
  const [, message = text, meant] = /^error: (.*?)(?:\n\(Did (you mean .*)\))?\n$/s.exec(text) ?? [];
  const hint = meant === undefined ? "--help shows what there is" : `did ${meant}`;
  return errorText(message.replace(/('-[^=]*)=.*'/s, "$1'"), hint);
}

/** The program with its output and its work. */
function buildProgram(
  first: string | undefined,
  io: Io,
  written: Promise<void>[],
  finish: (code: number) => void,
): Command {
  const program = defineProgram(first, {
    writeOut: (text) => written.push(io.stdout.write(text)),
    writeErr: (text) => written.push(io.stderr.write(text)),
    outputError: (text, write) => write(usageText(text)),
    getOutHelpWidth: () => io.stdout.columns,
    getErrHelpWidth: () => io.stderr.columns,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  for (const subcommand of SUBCOMMANDS) {
    const command = program.commands.find((known) => known.name() === subcommand.name);
    command?.action(async (argument: unknown) => {
      finish(await subcommand.run(subcommand.argument && (argument as Argument), command, io));
    });
  }
  return program;
}
