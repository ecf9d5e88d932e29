import type { Command } from "commander";
import { CookieError } from "../../core/failure.ts";
import type { Attack } from "../../fuzz/attack.ts";
import { makeSupplies, selectAttacks } from "../../fuzz/attack-plan.ts";
import { ATTACK_NAMES } from "../../fuzz/attacks/index.ts";
import { type IsKnown, knownFindings } from "../../fuzz/baseline-file.ts";
import type { FuzzReport } from "../../fuzz/finding.ts";
import { casesOfPlan, type Plan } from "../../fuzz/plan.ts";
import { writeJsonReport } from "../../fuzz/report/json.ts";
import { runPlan } from "../../fuzz/run.ts";
import { FuzzError } from "../../fuzz/target.ts";
import { checkSecrets } from "../../fuzz/weak-secret.ts";
import { checkName } from "../choices.ts";
import { EXIT, UsageError } from "../errors.ts";
import { readFileWhole } from "../files.ts";
import { emit, listAttacks } from "../fuzz/emit.ts";
import type { FuzzFlags } from "../fuzz/flags.ts";
import { readDuration, readWhole } from "../fuzz/numbers.ts";
import { showProgress } from "../fuzz/progress.ts";
import { fails, writeReports } from "../fuzz/reports.ts";
import { readConcurrency, readSubject } from "../fuzz/subject.ts";
import { candidates } from "../fuzz/wordlist.ts";
import { onInterrupt } from "../interrupt.ts";
import type { Io } from "../io.ts";
import { readMaxAge } from "../options.ts";
import { drawFuzz } from "../report/fuzz.ts";
import { makePaint } from "../report/paint.ts";
import { readGivenSecrets } from "../secrets.ts";

const MAX_REQUESTS = 1_000;

/** `cookiesess fuzz`: attacks, reports, and exits with 1 on a finding. */
export async function fuzzCommand(command: Command, io: Io): Promise<number> {
  const flags = command.opts<FuzzFlags>();
  if (flags.list) {
    await listAttacks(io, flags.json === true);
    return EXIT.ok;
  }
  try {
    return await attack(flags, command, io);
  } catch (error) {
    if (error instanceof FuzzError) throw new UsageError(error.message, error.hint);
    if (error instanceof CookieError) throw new UsageError(`--cookie: ${error.message}`, error.hint);
    throw error;
  }
}

async function attack(flags: FuzzFlags, command: Command, io: Io): Promise<number> {
  const isKnown = await readBaseline(flags, io);
  const ending = new AbortController();
  const release = onInterrupt(() => ending.abort());
  let plan: Plan | undefined;
  try {
    plan = await makePlan(flags, command, io, ending.signal);
    if (flags.emit !== undefined) {
      await emit(casesOfPlan(plan), readWhole("--emit", flags.emit), io);
      return EXIT.ok;
    }
    return await conclude(await carryOut(plan, flags, io), plan, isKnown, { flags, io });
  } finally {
    release();
    await plan?.target.close?.();
  }
}

async function carryOut(plan: Plan, flags: FuzzFlags, io: Io): Promise<FuzzReport> {
  const progress = showProgress(plan.limits.cases, flags, io);
  try {
    return await runPlan({ ...plan, onProgress: progress.show });
  } finally {
    await progress.clear();
  }
}

interface Ran {
  readonly flags: FuzzFlags;
  readonly io: Io;
}

async function conclude(found: FuzzReport, plan: Plan, isKnown: IsKnown, run: Ran): Promise<number> {
  const { flags, io } = run;
  const report = { ...found, findings: found.findings.filter((finding) => !isKnown(finding)) };
  const isInterrupted = report.stopped === "interrupted";
  const code = fails(report, flags.failOn) ? EXIT.refused : EXIT.ok;
  const exitCode = isInterrupted ? EXIT.interrupted : code;
  await writeReports(flags, report, plan.attacks, io);
  if (flags.json) await io.stdout.write(writeJsonReport(report));
  else {
    const known = found.findings.filter(isKnown);
    const again = `cookiesess fuzz --seed ${report.seed} …`;
    const paint = await makePaint(flags, io.stdout, io.env);
    await io.stdout.write(drawFuzz({ report, known, again, exitCode }, io.stdout.columns, paint));
  }
  return exitCode;
}

async function makePlan(flags: FuzzFlags, command: Command, io: Io, signal: AbortSignal): Promise<Plan> {
  const seed = flags.seed === undefined ? drawSeed(io) : readWhole("--seed", flags.seed);
  const attacks = readAttacks(flags);
  const { target, specimen, secret } = await readSubject(flags, command, io);
  const retired = await readGivenSecrets(
    { secretFile: flags.retiredSecretFile, secretEnv: flags.retiredSecretEnv },
    io,
  );
  const knowledge = { secret, retired, ended: flags.endedCookie, maxAge: readMaxAge(flags) };
  return {
    ...{ target, attacks, seed, signal, replay: flags.replay },
    supplies: makeSupplies(specimen, knowledge, target, seed),
    limits: {
      cases: flags.maxRequests === undefined ? MAX_REQUESTS : readWhole("--max-requests", flags.maxRequests),
      time: readDuration("--time-limit", flags.timeLimit) ?? Number.POSITIVE_INFINITY,
      concurrency: readConcurrency(flags),
    },
    weakSecret: await checkSecrets(specimen, candidates(flags.wordlist), signal),
  };
}

/** With `--replay`, the one attack of its case. */
function readAttacks({ only, skip, replay, seed }: FuzzFlags): readonly Attack[] {
  if (replay === undefined) return namedAttacks(only, skip);
  if (seed === undefined) throw new UsageError("--replay needs the --seed of its report");
  const [name = ""] = replay.split("#");
  return namedAttacks([name]);
}

function namedAttacks(only: readonly string[] = [], skip: readonly string[] = []): readonly Attack[] {
  for (const name of [...only, ...skip]) checkName("attack", name, ATTACK_NAMES, "--list");
  return selectAttacks(only, skip);
}

const SEEDS = 2 ** 31;

function drawSeed(io: Io): number {
  return new DataView(io.random(4).buffer).getUint32(0) % SEEDS;
}

/** Bytes. */
const MOST_BASELINE = 16_777_216;

async function readBaseline({ baseline }: FuzzFlags, io: Io): Promise<IsKnown> {
  if (baseline === undefined) return () => false;
  const text = new TextDecoder().decode(
    await readFileWhole(baseline, MOST_BASELINE, io, `the baseline ${baseline}`),
  );
  const known = knownFindings(text);
  if (!known.ok) throw new UsageError(`--baseline ${baseline}: ${known.message}`, known.hint);
  return known.value;
}
