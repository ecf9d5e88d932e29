import { appendFile, writeFile } from "node:fs/promises";
import { ReaderGone } from "../../src/cli/errors.ts";
import type { Io, Questions, Sink } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

/** What surrounds a command: everything has a default, and nothing comes from the machine. */
export interface World {
  /** Text, bytes, or chunks as they arrive; absent: an empty stream. */
  readonly stdin?: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** An open file that `stdin` is read from. */
  readonly stdinDescriptor?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** By path; an error is thrown when the file is read. */
  readonly files?: Readonly<Record<string, string | Uint8Array | Error>>;
  /** Unix seconds. */
  readonly now?: number;
  readonly columns?: number;
  /** The streams that are terminals. */
  readonly terminal?: readonly ("stdin" | "stdout" | "stderr")[];
  /** What a person at the terminal answers, in order; absent: nobody is there to ask. */
  readonly answers?: readonly (string | boolean | Error)[];
  /** Writes to stdout that succeed before its reader goes away. */
  readonly stdoutWrites?: number;
  /** Called at each write, before it is done. */
  readonly onWrite?: () => void;
  readonly zoneOffset?: Io["zoneOffset"];
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order of writing. */
  readonly written: readonly { readonly stream: "stdout" | "stderr"; readonly text: string }[];
  /** The questions that were asked, as `kind: message`. */
  readonly asked: readonly string[];
  /** The NDJSON lines of stdout. */
  json(): Record<string, unknown>[];
}

/** 2024-03-09 16:01:00 UTC, a minute after the oldest Django fixtures were made. */
const NOW = 1_710_000_060;

/** Runs a command line in a world of its own. */
export async function run(argv: readonly string[], world: World = {}): Promise<Outcome> {
  const written: { stream: "stdout" | "stderr"; text: string }[] = [];
  const asked: string[] = [];
  const code = await main(argv, fakeIo(world, written, asked));
  const textOf = (stream: string) =>
    written.flatMap((part) => (part.stream === stream ? part.text : [])).join("");
  const stdout = textOf("stdout");
  return {
    code,
    stdout,
    stderr: textOf("stderr"),
    written,
    asked,
    json: () =>
      stdout
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

function fakeIo(world: World, written: { stream: "stdout" | "stderr"; text: string }[], asked: string[]): Io {
  const { env = {}, now = NOW, columns = 80, terminal = [], answers, zoneOffset = () => 0 } = world;
  let left = world.stdoutWrites ?? Number.POSITIVE_INFINITY;
  const sink = (stream: "stdout" | "stderr"): Sink => ({
    isTTY: terminal.includes(stream),
    columns,
    async write(text) {
      if (stream === "stdout" && left-- <= 0) throw new ReaderGone();
      world.onWrite?.();
      written.push({ stream, text });
    },
  });
  return {
    stdin: {
      isTTY: terminal.includes("stdin"),
      ...(world.stdinDescriptor !== undefined && { descriptor: world.stdinDescriptor }),
      chunks: () => chunksOf(world.stdin ?? ""),
    },
    stdout: sink("stdout"),
    stderr: sink("stderr"),
    env,
    now: () => now,
    random: counted(),
    writeFile: async (path, text) => writeFile(path, text),
    appendFile: async (path, text) => appendFile(path, text),
    readFile: async (path, most) => readFile(path, most, world.files ?? {}),
    ask: answers === undefined ? undefined : scripted([...answers], asked),
    zoneOffset,
  };
}

async function* chunksOf(stdin: NonNullable<World["stdin"]>): AsyncGenerator<Uint8Array> {
  if (typeof stdin === "string") yield new TextEncoder().encode(stdin);
  else if (stdin instanceof Uint8Array) yield stdin;
  else yield* stdin;
}

/** 0, 1, 2, …: every byte value turns up. */
function counted(): (length: number) => Uint8Array {
  let next = 0;
  return (length) => Uint8Array.from({ length }, () => next++ % 256);
}

/** An error as the file system throws it: `systemError("EACCES")`. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function readFile(path: string, most: number, files: NonNullable<World["files"]>): Uint8Array {
  const content = Object.hasOwn(files, path) ? files[path] : systemError("ENOENT");
  if (content instanceof Error || content === undefined) throw content;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  if (bytes.length > most) throw systemError("EFBIG");
  return bytes;
}

function scripted(answers: (string | boolean | Error)[], asked: string[]): Questions {
  const answer = (question: string) => {
    asked.push(question);
    const given = answers.shift();
    if (given === undefined) throw new Error(`nobody answers "${question}"`);
    if (given instanceof Error) throw given;
    return given;
  };
  const text = async (question: string) => String(answer(question));
  return {
    hidden: (message) => text(`hidden: ${message}`),
    text: (message) => text(`text: ${message}`),
    choose: (message, choices) => text(`choose: ${message} (${choices.join(", ")})`),
    edit: (message) => text(`edit: ${message}`),
    confirm: async (message) => answer(`confirm: ${message}`) === true,
  };
}
