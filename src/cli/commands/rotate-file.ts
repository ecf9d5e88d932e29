import type { Command } from "commander";
import type { Failure } from "../../core/failure.ts";
import { statusOf } from "../../secrets/status.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { readNow } from "../options.ts";
import { jsonLine } from "../report/json.ts";
import { makePaint } from "../report/paint.ts";
import { errorText } from "../report/text.ts";
import { inspectFile, type Making, type Outcome, rotateInFile } from "../rotation/apply.ts";
import { checkSample } from "../rotation/check.ts";
import { githubOutput, tellGithub } from "../rotation/github.ts";
import { rotateInStream } from "../rotation/manager.ts";
import { ownSecret } from "../rotation/own-secret.ts";
import { drawDiff, drawOutcome, drawStatus, outcomeMembers, statusMembers } from "../rotation/report.ts";
import { type RotationFlags, subjectOf } from "../rotation/subject.ts";

/** `cookiesess rotate-key --file PATH` and `--stdout`: exit 1 when the file could not be rotated. */
export async function rotateFile(args: readonly string[], command: Command, io: Io): Promise<number> {
  const flags = command.opts<RotationFlags>();
  if (args.length > 0)
    throw new UsageError("--file and --stdout rotate secrets; cookies are re-signed without them");
  if (flags.file !== undefined && flags.stdout)
    throw new UsageError("--file and --stdout exclude each other");
  if (flags.github) githubOutput(io);
  const subject = subjectOf(flags, command);
  const making: Making = {
    subject,
    flags,
    given: await ownSecret(subject, flags, io),
    now: readNow(flags, io),
    random: io.random,
  };
  if (flags.status || flags.check !== undefined) return inspect(making, io);
  if (making.subject.phase === "compromised" && !flags.dryRun) await confirm(flags, io);
  if (flags.file === undefined) return rotateInStream(making, io);
  if (flags.dryRun) return preview(flags.file, making, io);
  const outcome = await rotateInFile(flags.file, making);
  if (!outcome.ok) return refuse(outcome, flags, io);
  await tell(flags.file, outcome.value, making, io);
  return EXIT.ok;
}

/** Ending every session is asked for, by a person or by a flag. */
async function confirm({ yes }: RotationFlags, io: Io): Promise<void> {
  if (yes) return;
  if (io.ask === undefined)
    throw new UsageError("--compromised ends every session", "--yes says that you mean it");
  const sure = await io.ask.confirm(
    "Every session ends, and everything the old secrets signed is void. Go on?",
  );
  if (!sure) throw new UsageError("nothing was changed");
}

async function tell(file: string, outcome: Outcome, { subject, flags, now }: Making, io: Io): Promise<void> {
  const { rotation } = outcome;
  const fresh =
    rotation !== undefined && rotation.secrets.current !== outcome.before.current
      ? rotation.secrets.current
      : introduced(outcome);
  if (flags.github) await tellGithub(rotation !== undefined, fresh, io);
  const shown = flags.print ? fresh : undefined;
  if (flags.json) {
    await io.stdout.write(jsonLine({ file, ...outcomeMembers(outcome, subject, now), secret: shown }));
  } else {
    if (!flags.quiet) await io.stdout.write(drawOutcome(file, outcome, subject, now));
    if (shown !== undefined) await io.stdout.write(`${shown}\n`);
  }
}

/** The secret that a run brought in without letting it sign. */
function introduced({ before, rotation }: Outcome): string | undefined {
  return rotation?.secrets.fallbacks.find(
    (secret) => secret !== before.current && !before.fallbacks.includes(secret),
  );
}

async function preview(file: string, making: Making, io: Io): Promise<number> {
  const { subject, flags, now } = making;
  const outcome = await inspectFile(file, making, true);
  if (!outcome.ok) return refuse(outcome, flags, io);
  const { before, rotation } = outcome.value;
  if (flags.json) {
    await io.stdout.write(jsonLine({ file, dryRun: true, ...outcomeMembers(outcome.value, subject, now) }));
  } else {
    const paint = await makePaint(flags, io.stdout, io.env);
    await io.stdout.write(drawDiff(before, rotation?.secrets ?? before, subject, paint));
    await io.stderr.write("note: nothing was written; a real run draws another secret\n");
  }
  return EXIT.ok;
}

async function inspect(making: Making, io: Io): Promise<number> {
  const { flags, subject, now } = making;
  if (flags.file === undefined) throw new UsageError("--status and --check need --file");
  const outcome = await inspectFile(flags.file, making, false);
  if (!outcome.ok) return refuse(outcome, flags, io);
  const { before, state } = outcome.value;
  if (flags.check !== undefined) return checkSample(flags.check, before, making, io);
  const paint = await makePaint(flags, io.stdout, io.env);
  const text = flags.json
    ? jsonLine({ file: flags.file, ...statusMembers(statusOf(before, state, subject.maxAge, now)) })
    : drawStatus(flags.file, outcome.value, subject, now, io.stdout.columns, paint);
  await io.stdout.write(text);
  return EXIT.ok;
}

/** A file that is not there is a mistake of the command line; any other leaves the file as it was. */
async function refuse(failure: Failure<string>, flags: RotationFlags, io: Io): Promise<number> {
  const { code, message, hint } = failure;
  if (code === "missing") throw new UsageError(message, hint);
  if (flags.json) await io.stdout.write(jsonLine({ rotated: false, reason: code, message, hint }));
  else await io.stderr.write(errorText(message, hint));
  return EXIT.refused;
}
