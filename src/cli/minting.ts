import type { CookiePair, Note } from "../core/cookie.ts";
import { CookieError } from "../core/failure.ts";
import type { Content, Env } from "../core/format.ts";
import type { AnyFormat } from "../core/guide.ts";
import type { Keyring } from "../core/keyring.ts";
import { isObject, type Value } from "../encoding/values.ts";
import { applySet, readValue } from "./edit.ts";
import { UsageError } from "./errors.ts";
import type { Io } from "./io.ts";
import type { FormatRequest } from "./options.ts";
import type { Origin } from "./origin.ts";
import { type PayloadFlags, readGivenText } from "./payload.ts";

export interface MintingFlags extends PayloadFlags {
  readonly keepTimestamp?: boolean;
}

/** Everything that decides what is minted. */
export interface Making {
  readonly flags: MintingFlags;
  readonly request: FormatRequest;
  readonly origin: Origin | undefined;
  readonly format: AnyFormat;
  readonly options: object;
  readonly keyring: Keyring;
  readonly env: Env;
}

/** What to seal, and what goes with it. */
export interface Made {
  readonly content: Content<unknown>;
  readonly extra: readonly CookiePair[];
  readonly notes: readonly Note[];
}

/** The payload: the given one or the origin's, then the edits, then what the format composes. */
export async function readContent(payload: string | undefined, making: Making, io: Io): Promise<Made> {
  const { flags, request, origin, format, options, keyring, env } = making;
  const asked = request.askedOf(format);
  const composes = Object.keys(asked).length > 0;
  const text = await readGivenText(payload, flags, composes, io);
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
  let value =
    text.text === undefined ? origin?.payload.value : withoutReport(parsePayload(text.text, format, options));
  for (const edit of edits) value = applySet(value ?? {}, edit, format, options);
  if (!composes) {
    const spelling =
      typeof value === "number" && text.text !== undefined
        ? readValue(text.text, format, options).spelling
        : undefined;
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

/** What only a line of `decode --json` has all of. */
const REPORT = ["format", "payload", "payloadType", "parts", "peeled"];

/** The payload in what `decode --json` prints, when that was piped as it is. */
function withoutReport(value: Value): Value {
  const isReport = isObject(value) && REPORT.every((key) => Object.hasOwn(value, key));
  return isReport ? (value.payload as Value) : value;
}

function parsePayload(text: string, format: AnyFormat, options: object): Value {
  const parsed = format.parseText(text, options);
  if (parsed.ok) return parsed.value;
  throw new CookieError({
    ...parsed,
    hint: "the payload is JSON; a text needs double quotes inside the shell's single ones",
  });
}
