import { safe } from "../encoding/safe-text.ts";
import { UsageError } from "./errors.ts";
import { readFileWhole, readStreamWhole } from "./files.ts";
import type { Io } from "./io.ts";

export interface PayloadFlags {
  readonly payloadFile?: string;
  readonly set?: readonly string[];
  readonly from?: string;
}

/** The payload as it was given: a text, or edits line by line, or neither. */
export interface GivenText {
  readonly text?: string | undefined;
  readonly edits?: readonly string[];
}

/**
 * The payload of `sign`: the argument, a file, standard input, or what a person at the terminal answers. Nothing is
 * read where the flags make one.
 * @throws {UsageError} when there is none, or two
 */
export async function readGivenText(
  payload: string | undefined,
  flags: PayloadFlags,
  composes: boolean,
  io: Io,
): Promise<GivenText> {
  if (payload !== undefined && flags.payloadFile !== undefined)
    throw new UsageError("the payload is given twice");
  if (payload !== undefined && payload !== "-") return { text: payload };
  if (flags.payloadFile !== undefined) return { text: await readPayloadFile(flags.payloadFile, io) };
  if (payload === "-") return { text: await readStdin(io) };
  if (flags.set !== undefined || flags.from !== undefined || composes) return {};
  if (io.ask !== undefined) return askPayload(io);
  if (io.stdin.isTTY)
    throw new UsageError("no payload given", "as an argument, with --set key=value, or on standard input");
  const text = await readStdin(io);
  if (text.trim() === "")
    throw new UsageError("no payload given", "as an argument, with --set key=value, or on standard input");
  return { text };
}

async function readPayloadFile(path: string, io: Io): Promise<string> {
  return decodeUtf8(await readFileWhole(path, MAX_PAYLOAD, io), path);
}

/** Largest payload that is read, in bytes. */
const MAX_PAYLOAD = 16_777_216;

async function readStdin(io: Io): Promise<string> {
  const named = "standard input";
  return decodeUtf8(await readStreamWhole(io.stdin.chunks(), MAX_PAYLOAD, named), named);
}

function decodeUtf8(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "");
  } catch {
    throw new UsageError(`${where} is not UTF-8`);
  }
}

async function askPayload(io: Io): Promise<GivenText> {
  const how = await io.ask?.choose("Payload", ["in an editor", "line by line"]);
  if (how !== "line by line") return { text: await io.ask?.edit("Payload (JSON)", "{\n  \n}\n") };
  const edits: string[] = [];
  for (;;) {
    const line = (await io.ask?.text("key=value (an empty line ends)")) ?? "";
    if (line === "") return { edits };
    if (line.indexOf("=") > 0) edits.push(line);
    else await io.stderr.write(`"${safe(line)}" is not key=value\n`);
  }
}
