import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fail } from "../../core/failure.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { errorText } from "../report/text.ts";
import { addCounts, type Counts, NO_COUNTS, Tally } from "./block.ts";
import { atExit } from "./exit.ts";
import { openInput } from "./input-file.ts";
import { makeResigner } from "./item.ts";
import { isSameFile, type OutputFile, openOutput } from "./output-file.ts";
import type { WorkerProgram } from "./pool.ts";
import { makeProgress, type Progress } from "./progress.ts";
import type { ResignSpec } from "./spec.ts";
import { resignStream, type WriteLines } from "./stream.ts";

export interface ResignFlags {
  /** Reads cookies from this file instead of standard input. */
  readonly in?: string;
  /** Writes them to this file instead of standard output; it is replaced once all are written. */
  readonly out?: string;
  /** Where refused lines go, each under its reason; without it stderr has the reasons. */
  readonly rejects?: string;
  readonly quiet?: boolean;
}

/**
 * Re-signs the cookies of a command line: arguments, else a file or standard input, one a line. Exit 1 when one was
 * refused. An input that is to be replaced is left as it was rather than that a line of it is lost.
 * @throws {UsageError} when there is nothing to read, or a file cannot be read or written
 */
export async function resignCookies(
  args: readonly string[],
  spec: ResignSpec,
  flags: ResignFlags,
  io: Io,
): Promise<number> {
  if (await isSameFile(flags.out, flags.rejects)) {
    throw new UsageError("--out and --rejects name the same file");
  }
  const fromStream = args.length === 0 || args.includes("-");
  const source = flags.in ?? (fromStream ? io.stdin.descriptor : undefined);
  const replaced = await outputOnto(source, flags);
  if (replaced !== undefined && spec.json) {
    throw new UsageError("--json gives reports, which cannot replace their input", ANOTHER);
  }
  if (flags.in !== undefined && args.length > 0) throw new UsageError("--in and cookies exclude each other");
  if (fromStream && flags.in === undefined && io.stdin.isTTY) {
    throw new UsageError("no cookie given", "as an argument, on standard input, or with --in FILE");
  }
  makeResigner(spec);
  const input = flags.in === undefined ? undefined : await openInput(flags.in);
  const progress =
    io.stderr.isTTY && !flags.quiet && fromStream ? makeProgress(io.stderr, input?.size) : undefined;
  const files: OutputFile[] = [];
  const forget = atExit(() => undefined);
  try {
    const sinks = await openSinks(flags, spec, io, progress, files);
    let counts = await resignArguments(args, spec, sinks);
    if (fromStream) {
      const source = input?.chunks ?? io.stdin.chunks();
      const onProgress = progress?.update;
      const stream = { input: source, ...sinks, spec, workers: workerCount(), program: workerProgram() };
      counts = addCounts(counts, await resignStream({ ...stream, onProgress }));
    }
    await progress?.end();
    if (total(counts) === 0) {
      throw new UsageError(
        "no cookie given",
        counts.others > 0 ? "no line is a session" : "the input is empty",
      );
    }
    const loss = replaced === undefined ? undefined : lossOf(counts, flags);
    if (loss !== undefined) {
      await io.stderr.write(errorText(`${replaced} is left as it was: ${loss.message}`, loss.hint));
      return EXIT.refused;
    }
    for (const file of files) await file.commit();
    if (!flags.quiet && !spec.json) await io.stderr.write(summary(counts));
    return counts.rejected > 0 ? EXIT.refused : EXIT.ok;
  } finally {
    await progress?.end().catch(() => undefined);
    for (const file of files) await file.discard();
    forget();
  }
}

/** The output that is to take the place of the input. */
async function outputOnto(
  input: string | number | undefined,
  { out, rejects }: ResignFlags,
): Promise<string | undefined> {
  for (const path of [out, rejects]) if (await isSameFile(input, path)) return path;
  return undefined;
}

interface Sinks {
  readonly out: WriteLines;
  readonly rejects: WriteLines;
}

async function openSinks(
  { out, rejects, quiet = false }: ResignFlags,
  { json }: ResignSpec,
  io: Io,
  progress: Progress | undefined,
  files: OutputFile[],
): Promise<Sinks> {
  const decoder = new TextDecoder();
  const file = async (path: string) => {
    const opened = await openOutput(path);
    files.push(opened);
    return opened.write;
  };
  const toStderr: WriteLines = async (lines) => {
    const text = decoder.decode(lines);
    await (progress === undefined ? io.stderr.write(text) : progress.above(text));
  };
  const silent: WriteLines = async () => undefined;
  const reported = quiet || json ? silent : toStderr;
  return {
    // The first to be put in its place: no line is in neither file at any moment.
    rejects: rejects === undefined ? reported : await file(rejects),
    out: out === undefined ? (lines) => io.stdout.write(decoder.decode(lines)) : await file(out),
  };
}

async function resignArguments(
  args: readonly string[],
  spec: ResignSpec,
  { out, rejects }: Sinks,
): Promise<Counts> {
  const resignItem = makeResigner(spec);
  let counts = NO_COUNTS;
  for (const arg of args) {
    if (arg === "-") continue;
    const tally = new Tally(spec);
    tally.add(resignItem(arg) ?? fail("unknown-format", "it holds no session"), arg);
    const result = tally.finish();
    if (result.out.length > 0) await out(result.out);
    if (result.rejects.length > 0) await rejects(result.rejects);
    counts = addCounts(counts, result.counts);
  }
  return counts;
}

function total({ changed, unchanged, rejected }: Counts): number {
  return changed + unchanged + rejected;
}

const ANOTHER = "name another file to write to";

/** Why there would be lines of the input in no file; undefined when each is in one. */
function lossOf(
  { rejected, lost }: Counts,
  { rejects }: ResignFlags,
): { readonly message: string; readonly hint: string } | undefined {
  if (rejects === undefined && rejected > 0) {
    return { message: `${lines(rejected)} refused`, hint: `--rejects FILE takes them; or ${ANOTHER}` };
  }
  if (lost === 0) return undefined;
  return { message: `${lines(lost)} too long or not UTF-8`, hint: ANOTHER };
}

function lines(count: number): string {
  return count === 1 ? "1 line is" : `${count} lines are`;
}

/** `re-signed 3 cookies; 1 passed through: the new secret had signed it already; 2 refused` */
function summary(counts: Counts): string {
  const { changed, unchanged, rejected, others, notes } = counts;
  const parts = [`re-signed ${changed} cookie${changed === 1 ? "" : "s"}`];
  if (unchanged > 0) parts.push(`${unchanged} passed through, signed by the new secret already`);
  if (others > 0) parts.push(`${others} other line${others === 1 ? "" : "s"} kept`);
  if (rejected > 0) parts.push(`${rejected} refused`);
  const lines = [...notes].map(([text, count]) => `note: ${count} × ${text}\n`);
  return `${lines.join("")}${parts.join("; ")}\n`;
}

/** More are kept waiting by the one thread that reads and writes. */
const MOST_WORKERS = 32;

/** One for each core, and one for a single core too: its heap is kept smaller than this thread's would be. */
function workerCount(): number {
  return Math.min(MOST_WORKERS, availableParallelism());
}

/** The built worker: inside the executable, or beside the built command line; undefined when that runs from its sources. */
function workerProgram(): WorkerProgram | undefined {
  const sea = process.getBuiltinModule("node:sea");
  if (sea?.isSea()) return { source: sea.getAsset("worker.cjs", "utf8") };
  const filename = import.meta.filename;
  return filename.endsWith(".cjs") ? { path: join(dirname(filename), "resign", "worker.cjs") } : undefined;
}
