import type { Limits } from "../core/cookie.ts";
import { readPasted } from "../core/cookie-input.ts";
import { type Failure, fail } from "../core/failure.ts";
import type { Pasted } from "../core/pasted.ts";
import { UsageError } from "./errors.ts";
import { lookForHar, readHarFile, readHarStream } from "./har.ts";
import type { Io } from "./io.ts";
import { joinLines } from "./joined-lines.ts";
import { readLines } from "./lines.ts";

/** One pasted item, or why it could not be read. */
export interface Item {
  readonly pasted: Pasted | Failure;
  /** Line of standard input, from 1; undefined for arguments and files. */
  readonly line?: number | undefined;
  /** It is one of a list that holds all cookies of a site, sessions or not: a jar, an HTTP message. */
  readonly listed?: boolean;
}

export interface ItemFlags {
  readonly har?: string;
  readonly raw?: boolean;
  readonly name?: string;
}

/**
 * The items of a command line: arguments, a HAR file, or standard input: the lines of it as they come, or a HAR file.
 * @throws {UsageError} when there is nothing to read from
 */
export async function* readItems(
  args: readonly string[],
  flags: ItemFlags,
  limits: Limits,
  io: Io,
): AsyncGenerator<Item> {
  const read = flags.raw
    ? (text: string) => rawItem(text, flags.name)
    : (text: string) => named(readPasted(text), flags.name);
  if (flags.har !== undefined) yield { pasted: await readHarFile(flags.har, io) };
  for (const arg of args) {
    if (arg !== "-")
      yield { pasted: arg.trim() === "" && !flags.raw ? fail("malformed", "it is empty") : read(arg) };
  }
  if (args.includes("-") || (args.length === 0 && flags.har === undefined))
    yield* stdinItems(read, flags, limits, io);
}

/** What an HTTP message begins with, also in curl's log, or a request that a browser copied as JavaScript. */
const MESSAGE =
  /^\s*(?:[<>*] |HTTP\/\d|[A-Z]+ \S+ HTTP\/\d|:(?:authority|method): |Host: |(?:await )?fetch\()/;

async function* stdinItems(
  read: (text: string) => Pasted,
  { raw = false }: ItemFlags,
  limits: Limits,
  io: Io,
): AsyncGenerator<Item> {
  if (io.stdin.isTTY) {
    if (io.ask === undefined) throw new UsageError("no cookie given", "as an argument, or on standard input");
    yield { pasted: read(await io.ask.text("Cookie")) };
    return;
  }
  const { isHar, chunks } = await lookForHar(io.stdin.chunks());
  if (isHar && !raw) yield { pasted: await readHarStream(chunks) };
  else yield* lineItems(chunks, read, limits);
}

async function* lineItems(
  chunks: AsyncIterable<Uint8Array>,
  read: (text: string) => Pasted,
  limits: Limits,
): AsyncGenerator<Item> {
  let any = false;
  let isEmpty = true;
  let inMessage: boolean | undefined;
  // A header may hold several cookies, and text may take three bytes a character.
  const most = 4 * limits.maxLength;
  for await (const line of joinLines(readLines(chunks, most), most)) {
    if ("fault" in line) {
      any = true;
      yield { pasted: lineFault(line.fault, limits), line: line.number };
      continue;
    }
    const pasted = read(line.text);
    isEmpty &&= line.text.trim() === "";
    if (pasted.cookies.length === 0) continue;
    inMessage ??= MESSAGE.test(line.text);
    const listed = pasted.source !== "value" && pasted.bare === undefined;
    if (inMessage && !listed) continue;
    any = true;
    yield { pasted, line: line.number, listed };
  }
  if (!any) throw new UsageError("no cookie given", `standard input ${isEmpty ? "is empty" : "holds none"}`);
}

function lineFault(fault: "too-long" | "not-utf8" | "unfinished", limits: Limits): Failure {
  if (fault === "not-utf8") return fail("malformed", "it is not UTF-8");
  if (fault === "unfinished") return fail("malformed", "the JSON that begins there does not end");
  return fail("malformed", `it is longer than ${4 * limits.maxLength} bytes`, {
    hint: "--max-length raises the limit",
  });
}

/** Exactly what was given: no layer is peeled off. */
function rawItem(text: string, name: string | undefined): Pasted {
  return { source: "value", cookies: [{ name, headerText: text, readings: [{ value: text, layers: [] }] }] };
}

/** `--name` names a bare value. */
function named(pasted: Pasted, name: string | undefined): Pasted {
  if (name === undefined || pasted.source !== "value") return pasted;
  return { ...pasted, cookies: pasted.cookies.map((cookie) => ({ ...cookie, name })) };
}
