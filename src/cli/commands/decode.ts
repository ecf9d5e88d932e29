import type { Command } from "commander";
import type { Limits } from "../../core/cookie.ts";
import { type Look, look } from "../../core/decode.ts";
import { type Failure, fail } from "../../core/failure.ts";
import { findings } from "../../core/findings.ts";
import type { AnyFormat } from "../../core/guide.ts";
import { safe } from "../../encoding/safe-text.ts";
import { utf8Length } from "../../encoding/utf8.ts";
import { EXIT } from "../errors.ts";
import type { Io } from "../io.ts";
import type { ItemFlags } from "../items.ts";
import {
  type CommonFlags,
  type FormatRequest,
  readFormatRequest,
  readLimits,
  readMaxAge,
  readNow,
} from "../options.ts";
import { drawDecoded } from "../report/decoded.ts";
import { decodedMembers, failureMembers, jsonLine } from "../report/json.ts";
import { makePaint, type Paint } from "../report/paint.ts";
import { errorText } from "../report/text.ts";
import type { DecodedView } from "../report/view.ts";
import { readSelections } from "../selections.ts";
import { settle } from "../settings.ts";
import { emptiness, formatHint, type Target } from "../targets.ts";

/** `cookiesess decode`: exit 0 when at least one cookie was decoded and none failed. */
export async function decodeCommand(args: readonly string[], command: Command, io: Io): Promise<number> {
  const flags = command.opts<CommonFlags & ItemFlags>();
  const run = new Decoding({
    flags,
    io,
    request: readFormatRequest(command, "decode"),
    limits: readLimits(flags),
    givenAge: readMaxAge(flags),
    now: readNow(flags, io),
    paint: await makePaint(flags, io.stdout, io.env),
  });
  return run.all(args);
}

interface Setting {
  readonly flags: CommonFlags & ItemFlags;
  readonly io: Io;
  readonly request: FormatRequest;
  readonly limits: Limits;
  readonly givenAge: number | null | undefined;
  readonly now: number;
  readonly paint: Paint;
}

/** Options that are kept for the cookies to come; a guess may hold a name out of a cookie. */
const MOST_SETTLED = 64;

class Decoding {
  readonly #setting: Setting;
  readonly #settled = new Map<string, object>();
  #decoded = 0;
  #failed = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  async all(args: readonly string[]): Promise<number> {
    const { flags, io, request, limits } = this.#setting;
    for await (const { targets, skipped, line } of readSelections(args, flags, request, limits, io)) {
      for (const target of targets) {
        if ("ok" in target) await this.#refuse(target, request.format?.id ?? null, line, target.name);
        else await this.#show(target, line);
      }
      if (skipped.length > 0 && !flags.json && !flags.quiet) {
        await io.stderr.write(`note: not session cookies: ${safe(skipped.slice(0, 20).join(", "))}\n`);
      }
    }
    return this.#decoded > 0 && this.#failed === 0 ? EXIT.ok : EXIT.refused;
  }

  async #show(target: Target, line: number | undefined): Promise<void> {
    const { flags, io, paint } = this.#setting;
    const { format, candidate } = target;
    const options = this.#optionsOf(format, target.guess?.options ?? {});
    const reading = firstReadable(target, options, this.#setting);
    if (!reading.ok) {
      return this.#refuse({ ...reading, ...formatHint(target) }, format.id, line, candidate.name);
    }
    this.#decoded++;
    const view = this.#view(target, options, reading);
    if (flags.json) return io.stdout.write(jsonLine(decodedMembers(view)));
    const gap = this.#decoded > 1 ? "\n" : "";
    await io.stdout.write(`${gap}\n${drawDecoded(view, io.stdout.columns, paint)}`);
  }

  #view({ format, candidate, alsoPossible }: Target, options: object, reading: Reading): DecodedView {
    const { givenAge, now, io } = this.#setting;
    const { looked, value, layers } = reading;
    const { name } = candidate;
    const maxAge = givenAge === undefined ? format.maxAge(options) : givenAge;
    const size = utf8Length(value) + (name === undefined ? 0 : utf8Length(name) + 1);
    return {
      format,
      look: looked,
      name,
      value,
      size,
      maxAge,
      assumedAge: givenAge === undefined,
      now,
      notes: [
        ...(looked.payload.warnings ?? []),
        ...findings(looked.opened, looked.payload, size, maxAge, now),
        ...looked.description.notes,
      ],
      layers,
      alsoPossible,
      zoneOffset: io.stdout.isTTY ? io.zoneOffset : undefined,
    };
  }

  async #refuse(
    failure: Failure,
    format: string | null,
    line: number | undefined,
    name?: string,
  ): Promise<void> {
    const { flags, io } = this.#setting;
    this.#failed++;
    if (flags.json) return io.stdout.write(jsonLine({ format, name, ...failureMembers(failure) }));
    const where = [line === undefined ? "" : `line ${line}: `, name === undefined ? "" : `${name}: `].join(
      "",
    );
    await io.stderr.write(errorText(where + failure.message, failure.hint));
  }

  #optionsOf(format: AnyFormat, guessed: object): object {
    const key = `${format.id} ${JSON.stringify(guessed)}`;
    const given = this.#setting.request.optionsFor(format);
    const options = this.#settled.get(key) ?? settle(format, { ...guessed, ...given });
    if (this.#settled.size < MOST_SETTLED) this.#settled.set(key, options);
    return options;
  }
}

interface Reading {
  readonly ok: true;
  readonly looked: Look<unknown>;
  readonly value: string;
  readonly layers: readonly string[];
}

/** The likeliest reading that can be decoded, or the failure of the likeliest. */
function firstReadable(target: Target, options: object, { limits, now }: Setting): Reading | Failure {
  const { format, likeliest } = target;
  let first = emptiness(target);
  if (first !== undefined) return first;
  for (const { input, layers } of likeliest) {
    const looked = look(input, format, options, limits, now);
    if (looked.ok) return { ok: true, looked: looked.value, value: input.value, layers };
    first ??= looked;
  }
  return first ?? fail("malformed", "it is empty");
}
