import { type Failure, fail } from "../../core/failure.ts";
import { ok, type Result } from "../../core/result.ts";
import { parseJson, writeJson } from "../../encoding/js-json.ts";
import { isObject, type Value } from "../../encoding/values.ts";
import type { Secrets } from "../../secrets/rotation.ts";
import { type RotationState, readState, writeState } from "../../secrets/state.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { jsonLine } from "../report/json.ts";
import { errorText } from "../report/text.ts";
import { type Making, planFor } from "./apply.ts";
import { inOrder } from "./subject.ts";

/**
 * `--stdout`, for secret managers: `{"current": …, "fallbacks": […], "state": …}` from standard input, or from
 * COOKIESESS_SECRET and COOKIESESS_FALLBACKS, to the same on standard output. Printing secrets is its purpose.
 */
export async function rotateInStream(making: Making, io: Io): Promise<number> {
  const { subject } = making;
  const given = await readManaged(io);
  if (!given.ok) throw new UsageError(given.message, given.hint);
  const { secrets, state } = given.value;
  const before = { ...secrets, fallbacks: inOrder(secrets.fallbacks, subject.settings) };
  const outcome = planFor(before, state, "", [], making);
  if (!outcome.ok) {
    await io.stderr.write(errorText(outcome.message, outcome.hint));
    return EXIT.refused;
  }
  const { rotation } = outcome.value;
  const after = rotation?.secrets ?? before;
  const fallbacks = inOrder(after.fallbacks, subject.settings);
  const kept = parseJson(writeState(rotation?.state ?? state), { maxDepth: 10 });
  await io.stdout.write(jsonLine({ current: after.current, fallbacks, state: kept.ok ? kept.value : null }));
  if (!making.flags.quiet)
    for (const step of rotation?.steps ?? ["nothing to do"]) await io.stderr.write(`${step}\n`);
  return EXIT.ok;
}

interface Managed {
  readonly secrets: Secrets;
  readonly state: RotationState;
}

async function readManaged(io: Io): Promise<Result<Managed>> {
  const { COOKIESESS_SECRET: current, COOKIESESS_FALLBACKS: fallbacks } = io.env;
  if (current) {
    const list = fallbacks ? parseJson(fallbacks, { maxDepth: 5 }) : ok<Value>([]);
    if (!list.ok || !isTexts(list.value))
      return fail("malformed", "COOKIESESS_FALLBACKS is not a JSON array of strings");
    return ok({ secrets: { current, fallbacks: list.value }, state: new Map() });
  }
  if (io.stdin.isTTY) return fail("malformed", "no secrets given", { hint: HOW });
  return readManagedText(await readAll(io));
}

const HOW = '{"current": "…", "fallbacks": ["…"]} on standard input, or COOKIESESS_SECRET';

function readManagedText(text: string): Result<Managed, Failure> {
  const parsed = parseJson(text, { maxDepth: 20 });
  if (!parsed.ok || !isObject(parsed.value))
    return fail("malformed", "standard input is no JSON object", { hint: HOW });
  const { current, fallbacks = [], state } = parsed.value;
  if (typeof current !== "string" || current === "")
    return fail("malformed", '"current" is no text', { hint: HOW });
  if (!isTexts(fallbacks)) return fail("malformed", '"fallbacks" is no list of texts', { hint: HOW });
  return ok({
    secrets: { current, fallbacks },
    state: readState(state === undefined ? undefined : writeJson(state)),
  });
}

function isTexts(value: Value): value is readonly string[] {
  return Array.isArray(value) && value.every((item: Value) => typeof item === "string" && item !== "");
}

/** Largest document that is read from standard input, in bytes. */
const MOST = 1_048_576;

async function readAll(io: Io): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of io.stdin.chunks()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MOST) throw new UsageError("standard input is larger than 1 MiB");
  }
  return text + decoder.decode();
}
