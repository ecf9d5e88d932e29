import type { Command } from "commander";
import { type Look, look } from "../../core/decode.ts";
import type { Failure } from "../../core/failure.ts";
import { fail } from "../../core/failure.ts";
import { findings } from "../../core/findings.ts";
import type { AnyFormat, Note } from "../../core/format.ts";
import { toTyped } from "../../encoding/typed-json.ts";
import { EXIT } from "../errors.ts";
import type { Io } from "../io.ts";
import { type ItemFlags, readItems } from "../items.ts";
import { type CommonFlags, readFormatRequest, readLimits, readMaxAge, readNow } from "../options.ts";
import { drawDecoded } from "../report/decoded.ts";
import { failureMembers, jsonLine, noteMembers, partMembers, timeOf } from "../report/json.ts";
import { makePaint } from "../report/paint.ts";
import { errorText, safe } from "../report/text.ts";
import { settle } from "../settings.ts";
import { selectTargets, type Target } from "../targets.ts";

/** Options that are kept for the cookies to come; a guess may hold a name out of a cookie. */
const MOST_SETTLED = 64;

/** `cookiesess decode`: exit 0 when at least one cookie was decoded and none failed. */
export async function decodeCommand(args: readonly string[], command: Command, io: Io): Promise<number> {
  const flags = command.opts<CommonFlags & ItemFlags>();
  const request = readFormatRequest(command, "decode");
  const limits = readLimits(flags);
  const givenAge = readMaxAge(flags);
  const now = readNow(flags, io);
  const paint = makePaint(flags, io.stdout, io.env);
  const settled = new Map<string, object>();
  let decoded = 0;
  let failed = 0;

  const refuse = async (failure: Failure, format: string | null, line: number | undefined, name?: string) => {
    failed++;
    if (flags.json) return io.stdout.write(jsonLine({ format, name, ...failureMembers(failure) }));
    const where = [line === undefined ? "" : `line ${line}: `, name === undefined ? "" : `${name}: `].join(
      "",
    );
    await io.stderr.write(errorText(where + failure.message, failure.hint));
  };

  const optionsOf = (format: AnyFormat, guessed: object) => {
    const key = `${format.id} ${JSON.stringify(guessed)}`;
    const options = settled.get(key) ?? settle(format, { ...guessed, ...request.optionsFor(format) });
    if (settled.size < MOST_SETTLED) settled.set(key, options);
    return options;
  };

  const show = async (target: Target, line: number | undefined) => {
    const { format, candidate } = target;
    const options = optionsOf(format, target.guess?.options ?? {});
    const maxAge = givenAge === undefined ? format.maxAge(options) : givenAge;
    const reading = firstReadable(target, options, limits, now);
    if (!reading.ok) return refuse(reading, format.id, line, candidate.name);
    const { looked, value, layers } = reading;
    const size = byteLength(value) + (candidate.name === undefined ? 0 : byteLength(candidate.name) + 1);
    const warnings = [
      ...(looked.payload.warnings ?? []),
      ...findings(looked.opened, looked.payload, size, maxAge, now),
    ];
    const notes: Note[] = [...warnings, ...looked.description.notes];
    decoded++;
    if (flags.json) {
      const { payload, opened } = looked;
      return io.stdout.write(
        jsonLine({
          format: format.id,
          title: looked.description.title,
          name: candidate.name,
          payload: toTyped(payload.value),
          payloadType: payload.type,
          compressed: payload.compressed,
          issuedAt: timeOf(opened.issuedAt),
          ageSeconds:
            opened.issuedAt === null || !Number.isFinite(opened.issuedAt)
              ? null
              : Math.floor(now - opened.issuedAt),
          signature: { algorithm: looked.algorithm ?? null },
          parts: partMembers(looked.segments),
          size: byteLength(value),
          warnings: noteMembers(notes.filter(({ level }) => level === "warning")),
          notes: noteMembers(notes.filter(({ level }) => level === "info")),
          alsoPossible: target.alsoPossible,
          peeled: layers,
        }),
      );
    }
    const view = { format, look: looked, name: candidate.name, value, size, maxAge, now, notes, layers };
    const more = {
      assumedAge: givenAge === undefined,
      alsoPossible: target.alsoPossible,
      zoneOffset: io.zoneOffset(now),
    };
    const gap = decoded > 1 ? "\n" : "";
    await io.stdout.write(`${gap}\n${drawDecoded({ ...view, ...more }, io.stdout.columns, paint)}`);
  };

  for await (const { pasted, line } of readItems(args, flags, limits, io)) {
    if ("ok" in pasted) {
      await refuse(pasted, null, line);
      continue;
    }
    const { targets, skipped } = selectTargets(pasted, request.format, flags.name);
    for (const target of targets) {
      if ("ok" in target) await refuse(target, request.format?.id ?? null, line, target.name);
      else await show(target, line);
    }
    if (skipped.length > 0 && !flags.json && !flags.quiet) {
      await io.stderr.write(`note: not session cookies: ${safe(skipped.slice(0, 20).join(", "))}\n`);
    }
  }
  return decoded > 0 && failed === 0 ? EXIT.ok : EXIT.refused;
}

type Reading =
  | {
      readonly ok: true;
      readonly looked: Look<unknown>;
      readonly value: string;
      readonly layers: readonly string[];
    }
  | Failure;

/** The first reading that can be decoded; the failure of the most literal one otherwise. */
function firstReadable(
  { format, candidate, guess }: Target,
  options: object,
  limits: Parameters<typeof look>[3],
  now: number,
): Reading {
  if (guess?.opaque !== undefined)
    return fail("unsupported", guess.opaque, { hint: "look in the server's store" });
  let first: Failure | undefined;
  for (const { input, layers } of candidate.inputs) {
    const looked = look(input, format, options, limits, now);
    if (looked.ok) return { ok: true, looked: looked.value, value: input.value, layers };
    first ??= looked;
  }
  return first ?? fail("malformed", "it is empty");
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  return encoder.encode(text).length;
}
