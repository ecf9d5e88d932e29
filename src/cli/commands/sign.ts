import type { Command } from "commander";
import { seal } from "../../codec.ts";
import type { CookiePair, Note } from "../../core/cookie.ts";
import { CookieError } from "../../core/failure.ts";
import { BROWSER_LIMIT } from "../../core/findings.ts";
import type { AnyFormat } from "../../core/guide.ts";
import { safe } from "../../encoding/safe-text.ts";
import { utf8Length } from "../../encoding/utf8.ts";
import { DEFAULT_FORMAT, formats as registry } from "../../formats/index.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type Making, type MintingFlags, readContent } from "../minting.ts";
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
import { attributesOf, idleFlags, type OutputFlags, outputOf, writeOutput } from "../output.ts";
import { timeOf } from "../report/json.ts";
import { readSecrets, type SecretFlags } from "../secrets.ts";
import { type AnyBinding, bindKeys, settle } from "../settings.ts";
import { warnOfWeakSecrets } from "../weakness.ts";

interface SignFlags extends CommonFlags, SecretFlags, OutputFlags, MintingFlags {}

const DEFAULT: AnyFormat = registry[DEFAULT_FORMAT];

/** `cookiesess sign`: exit 0 when minted, 1 when the payload cannot be written in that format. */
export async function signCommand(payload: string | undefined, command: Command, io: Io): Promise<number> {
  const flags = command.opts<SignFlags>();
  const request = readFormatRequest(command, "sign");
  const now = readNow(flags, io);
  const maxAge = readMaxAge(flags);
  const output = outputOf(flags);
  const attributes = attributesOf(flags, now);
  const making = await readMaking(payload, flags, request, now, io);
  const { format, options, origin, keyring } = making;
  const { content, extra, notes } = await readContent(payload, making, io);
  const minted = mint(bindingOf(making, flags), content, making.env);
  const facts = {
    format: format.id,
    issuedAt: timeOf(timeInside(minted[0], format, options)),
    size: sizeOf(minted[0]),
  };
  await io.stdout.write(writeOutput(output, [...minted, ...extra], attributes, flags, facts));
  await warnOfWeakSecrets(keyring, flags, io)(format);
  if (flags.quiet || flags.json) return EXIT.ok;
  const remarks = { notes, minted, extra, origin, maxAge };
  await remark({ ...remarks, printsAll: output !== "value", idle: idleFlags(output, flags) }, flags, io);
  return EXIT.ok;
}

/** @throws {UsageError} when nothing can be made of the flags */
async function readMaking(
  payload: string | undefined,
  flags: SignFlags,
  request: FormatRequest,
  now: number,
  io: Io,
): Promise<Making> {
  const { from, keepTimestamp } = flags;
  if (keepTimestamp && from === undefined) throw new UsageError("--keep-timestamp goes with --from");
  const limits = readLimits(flags);
  const chosen = request.format ?? (await askFormat(payload, flags, io));
  const keyring = await readSecrets(flags, io);
  const origin =
    from === undefined ? undefined : readOrigin(from, chosen, request.optionsFor, keyring, limits, now);
  const format = origin?.format ?? chosen ?? DEFAULT;
  const options = origin?.options ?? settle(format, request.optionsFor(format));
  const kept = keepTimestamp ? origin?.opened.issuedAt : undefined;
  return { flags, request, origin, format, options, keyring, env: { now: kept ?? now, random: io.random } };
}

/** What a person at the terminal chooses who gave nothing to sign. */
async function askFormat(
  payload: string | undefined,
  { from, set, payloadFile }: SignFlags,
  io: Io,
): Promise<AnyFormat | undefined> {
  if ((payload ?? from ?? set ?? payloadFile) !== undefined) return undefined;
  const id = await io.ask?.choose("Format", Object.keys(formats), DEFAULT_FORMAT);
  return id === undefined ? undefined : formats[id];
}

function bindingOf({ origin, format, options, keyring }: Making, flags: SignFlags): AnyBinding {
  const binding = bindKeys(format, options, keyring, readLimits(flags), null);
  return { ...binding, name: flags.name ?? origin?.name ?? binding.name };
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

interface Remarks {
  readonly notes: readonly Note[];
  readonly minted: readonly [CookiePair, ...CookiePair[]];
  readonly extra: readonly CookiePair[];
  readonly origin: Origin | undefined;
  readonly printsAll: boolean;
  readonly idle: readonly string[];
  readonly maxAge: number | null | undefined;
}

async function remark(
  { notes, minted, extra, origin, printsAll, idle, maxAge }: Remarks,
  flags: SignFlags,
  io: Io,
): Promise<void> {
  const say = (text: string) => io.stderr.write(`${safe(text)}\n`);
  for (const { level, text } of notes) await say(level === "warning" ? `warning: ${text}` : `note: ${text}`);
  if (origin !== undefined && !origin.genuine)
    await say("note: none of the secrets made the cookie of --from: its payload was taken unchecked");
  if (maxAge !== undefined)
    await say("note: --max-age is for reading and changes nothing here; --expires-in sets the attributes");
  if (idle.length > 0)
    await say(`note: ${idle.join(", ")}: this output has no attributes; --output set-cookie does`);
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
  return utf8Length(name === "" ? value : `${name}=${value}`);
}
