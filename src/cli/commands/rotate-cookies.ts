import type { Command } from "commander";
import type { AnyFormat } from "../../core/guide.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { formatsOfNewOptions, readNewOptions } from "../new-options.ts";
import {
  type CommonFlags,
  type FormatRequest,
  readFormatRequest,
  readLimits,
  readMaxAge,
  readNow,
} from "../options.ts";
import { type ResignFlags, resignCookies } from "../resign/run.ts";
import type { ResignSpec } from "../resign/spec.ts";
import { type NewSecretFlags, readNewSecret, readSecrets, type SecretFlags } from "../secrets.ts";

interface CookieRotationFlags extends CommonFlags, SecretFlags, NewSecretFlags, ResignFlags {
  readonly refresh?: boolean;
}

/** `cookiesess rotate-key [cookie…] --secret OLD --new-secret-env NEW`: exit 1 when a cookie did not verify. */
export async function rotateCookies(args: readonly string[], command: Command, io: Io): Promise<number> {
  const flags = command.opts<CookieRotationFlags & Record<string, unknown>>();
  const request = readFormatRequest(command, "rotate-key");
  const chosen = formatsOfNewOptions(flags, request.format);
  const limits = readLimits(flags);
  const maxAge = readMaxAge(flags) ?? null;
  const now = readNow(flags, io);
  const current = await readNewSecret(flags, io);
  const old = await readSecrets(flags, io);
  const spec: ResignSpec = {
    formats: chosen.map((format) => spanOf(format, request, flags)),
    old,
    current,
    name: flags.name,
    limits,
    maxAge,
    now,
    refresh: flags.refresh === true,
    rewrite: flags.toSerializer !== undefined,
    asked: askedOf(chosen, request),
    json: flags.json === true,
    keepRejects: flags.rejects !== undefined,
  };
  return resignCookies(args, spec, flags, io);
}

function spanOf(format: AnyFormat, request: FormatRequest, flags: Readonly<Record<string, unknown>>) {
  const from = request.optionsFor(format);
  return { id: format.id, from, to: readNewOptions(from, flags, format) };
}

function askedOf(chosen: readonly AnyFormat[], request: FormatRequest): ResignSpec["asked"] {
  const [only] = chosen;
  const asked = only === undefined ? {} : request.askedOf(only);
  if (Object.keys(asked).length > 0 && chosen.length > 1) {
    throw new UsageError("say with --format which cookies these are");
  }
  return asked;
}
