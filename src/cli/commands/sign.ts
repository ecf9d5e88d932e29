import type { Command } from "commander";
import { seal } from "../../codec.ts";
import { CookieError } from "../../core/failure.ts";
import { BROWSER_LIMIT } from "../../core/findings.ts";
import type { AnyFormat, Content, CookiePair, Env, Limits, Note } from "../../core/format.ts";
import type { Value } from "../../encoding/values.ts";
import { DEFAULT_FORMAT, formats as registry } from "../../formats/index.ts";
import { applySet } from "../edit.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import {
  type CommonFlags,
  type FormatRequest,
  formats,
  readFormatRequest,
  readLimits,
  readMaxAge,
  readNow,
} from "../options.ts";
import { type Origin, readOrigin } from "../origin.ts";
import { attributesOf, type OutputFlags, outputOf, writeOutput } from "../output.ts";
import { timeOf } from "../report/json.ts";
import { safe } from "../report/text.ts";
import { readSecrets, reason, type SecretFlags } from "../secrets.ts";
import { bindKeys, settle } from "../settings.ts";
import { warnOfWeakSecrets } from "../weakness.ts";

interface SignFlags extends CommonFlags, SecretFlags, OutputFlags {
  readonly payloadFile?: string;
  readonly set?: readonly string[];
  readonly from?: string;
  readonly keepTimestamp?: boolean;
}

const DEFAULT: AnyFormat = registry[DEFAULT_FORMAT];

/** `cookiesess sign`: exit 0 when minted, 1 when the payload cannot be written in that format. */
export async function signCommand(payload: string | undefined, command: Command, io: Io): Promise<number> {
  const flags = command.opts<SignFlags>();
  const request = readFormatRequest(command, "sign");
  const limits = readLimits(flags);
  const now = readNow(flags, io);
  const maxAge = readMaxAge(flags);
  const output = outputOf(flags);
  const attributes = attributesOf(flags, now);
  if (flags.keepTimestamp && flags.from === undefined)
    throw new UsageError("--keep-timestamp goes with --from");
  const asksFormat =
    io.ask !== undefined && request.format === undefined && flags.from === undefined && payload === undefined;
  const chosen = asksFormat ? await askFormat(io, request, flags) : request.format;
  const keyring = await readSecrets(flags, io);
  const origin =
    flags.from === undefined
      ? undefined
      : readOrigin(flags.from, chosen, request.optionsFor, keyring, limits, now);
  const format = origin?.format ?? chosen ?? DEFAULT;
  const options = origin?.options ?? settle(format, request.optionsFor(format));
  const env: Env = {
    now: (flags.keepTimestamp ? origin?.opened.issuedAt : undefined) ?? now,
    random: io.random,
  };
  const { content, extra, notes } = await readContent(
    payload,
    { flags, request, origin, format, options, keyring, env, limits },
    io,
  );
  const name = flags.name ?? origin?.name;
  const binding = {
    ...bindKeys(format, options, keyring, limits, null),
    ...(name !== undefined && { name }),
  };
  const minted = mint(binding, content, env);
  const pairs: [CookiePair, ...CookiePair[]] = [...minted, ...extra];
  await io.stdout.write(
    writeOutput(output, pairs, attributes, flags, {
      format: format.id,
      issuedAt: timeOf(timeInside(minted[0], format, options)),
      size: sizeOf(minted[0]),
    }),
  );
  await warnOfWeakSecrets(keyring, flags, io)(format);
  if (!flags.quiet && !flags.json)
    await remark(
      {
        notes,
        minted,
        extra,
        origin,
        printsAll: output !== "value",
        maxAge,
      },
      flags,
      io,
    );
  return EXIT.ok;
}

/** Unix seconds that a minted cookie carries; null where its format has no time. */
function timeInside({ name, value }: CookiePair, format: AnyFormat, options: object): number | null {
  const parsed = format.parse({ name, value: format.unquote?.(value) ?? value }, options);
  const opened = parsed.ok ? format.peek?.(parsed.value, options) : undefined;
  return opened?.ok ? opened.value.issuedAt : null;
}

function mint(...args: Parameters<typeof seal>): ReturnType<typeof seal> {
  try {
    return seal(...args);
  } catch (error) {
    // A payload that the format cannot hold.
    if (error instanceof TypeError)
      throw new CookieError({ ok: false, code: "bad-payload", message: error.message });
    throw error;
  }
}

async function askFormat(
  io: Io,
  { format }: FormatRequest,
  flags: SignFlags,
): Promise<AnyFormat | undefined> {
  if (
    format !== undefined ||
    flags.format !== undefined ||
    flags.set !== undefined ||
    flags.payloadFile !== undefined
  )
    return format;
  const id = await io.ask?.choose("Format", Object.keys(formats), DEFAULT_FORMAT);
  return id === undefined ? undefined : formats[id];
}

interface Making {
  readonly flags: SignFlags;
  readonly request: FormatRequest;
  readonly origin: Origin | undefined;
  readonly format: AnyFormat;
  readonly options: object;
  readonly keyring: readonly (Uint8Array | undefined)[];
  readonly env: Env;
  readonly limits: Limits;
}

interface Made {
  readonly content: Content<unknown>;
  readonly extra: readonly CookiePair[];
  readonly notes: readonly Note[];
}

/** The payload: the given one or the origin's, then the edits, then what the format composes. */
async function readContent(payload: string | undefined, making: Making, io: Io): Promise<Made> {
  const { flags, request, origin, format, options, keyring, env } = making;
  const asked = request.askedOf(format);
  const composes = Object.keys(asked).length > 0;
  const text = await readText(payload, flags, composes, io);
  const edits = [...(flags.set ?? []), ...(text.edits ?? [])];
  if (origin !== undefined && text.text === undefined && edits.length === 0 && !composes) {
    return {
      content: { kind: "body", body: origin.opened.body, keepTime: flags.keepTimestamp === true },
      extra: [],
      notes: [],
    };
  }
  if (!Number.isFinite(env.now))
    throw new UsageError("--keep-timestamp: the time is too large to be written again with another payload");
  let value = text.text === undefined ? origin?.payload.value : parsePayload(text.text, format, options);
  for (const edit of edits) value = applySet(value ?? {}, edit, format, options);
  if (!composes) {
    // A bare number is its whole text.
    const spelling = typeof value === "number" ? text.text?.trim() : undefined;
    return { content: { kind: "value", value: value ?? {}, spelling }, extra: [], notes: [] };
  }
  if (format.compose === undefined) throw new UsageError(`${format.title} has nothing to compose`);
  const composed = format.compose(
    asked,
    value,
    options,
    keyring.filter((secret) => secret !== undefined),
    env,
  );
  if (!composed.ok) throw new UsageError(composed.message, composed.hint);
  return {
    content: { kind: "value", value: composed.value.value },
    extra: composed.value.extra,
    notes: composed.value.notes,
  };
}

function parsePayload(text: string, format: AnyFormat, options: object): Value {
  const parsed = format.parseText(text, options);
  if (parsed.ok) return parsed.value;
  throw new CookieError({
    ...parsed,
    hint: "the payload is JSON; a text needs double quotes inside the shell's single ones",
  });
}

interface GivenText {
  readonly text?: string | undefined;
  readonly edits?: readonly string[];
}

async function readText(
  payload: string | undefined,
  flags: SignFlags,
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
  try {
    return decodeUtf8(await io.readFile(path), path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

/** Largest payload that is read from standard input, in bytes. */
const MAX_PAYLOAD = 16_777_216;

async function readStdin(io: Io): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of io.stdin.chunks()) {
    length += chunk.length;
    if (length > MAX_PAYLOAD) throw new UsageError(`the payload is larger than ${MAX_PAYLOAD} bytes`);
    chunks.push(chunk);
  }
  return decodeUtf8(Buffer.concat(chunks), "standard input");
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

interface Remarks {
  readonly notes: readonly Note[];
  readonly minted: readonly [CookiePair, ...CookiePair[]];
  readonly extra: readonly CookiePair[];
  readonly origin: Origin | undefined;
  readonly printsAll: boolean;
  readonly maxAge: number | null | undefined;
}

async function remark(
  { notes, minted, extra, origin, printsAll, maxAge }: Remarks,
  flags: SignFlags,
  io: Io,
): Promise<void> {
  const say = (text: string) => io.stderr.write(`${safe(text)}\n`);
  for (const { level, text } of notes) await say(level === "warning" ? `warning: ${text}` : `note: ${text}`);
  if (origin !== undefined && !origin.genuine)
    await say("note: none of the secrets made the cookie of --from: its payload was taken unchecked");
  if (maxAge !== undefined)
    await say("note: --max-age is for reading and changes nothing here; --expires-in sets the attributes");
  const size = sizeOf(minted[0]);
  if (size > BROWSER_LIMIT)
    await say(`warning: ${size} bytes: browsers keep ${BROWSER_LIMIT} and drop a larger cookie`);
  const others = [...minted.slice(1), ...extra];
  if (!printsAll && others.length > 0) {
    await say(
      `note: it goes with ${others.map(({ name }) => name).join(" and ")}: --output cookie-header prints all`,
    );
  }
  if (flags.secret !== undefined && io.stderr.isTTY) {
    await say(
      "note: --secret is visible to other users and kept in the shell's history; --secret-file or --secret-env is not",
    );
  }
}

function sizeOf({ name, value }: CookiePair): number {
  return new TextEncoder().encode(name === "" ? value : `${name}=${value}`).length;
}
