import type { Command } from "commander";
import { seal } from "../../codec.ts";
import type { CookiePair, Note } from "../../core/cookie.ts";
import { CookieError } from "../../core/failure.ts";
import { BROWSER_LIMIT } from "../../core/findings.ts";
import type { Env } from "../../core/format.ts";
import type { AnyFormat } from "../../core/guide.ts";
import { safe } from "../../encoding/safe-text.ts";
import { utf8Length } from "../../encoding/utf8.ts";
import { DEFAULT_FORMAT, formats as registry } from "../../formats/index.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type MintingFlags, readContent } from "../minting.ts";
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
import { bindKeys, settle } from "../settings.ts";
import { warnOfWeakSecrets } from "../weakness.ts";

interface SignFlags extends CommonFlags, SecretFlags, OutputFlags, MintingFlags {}

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
    { flags, request, origin, format, options, keyring, env },
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
        idle: idleFlags(output, flags),
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
