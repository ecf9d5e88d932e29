import type { Limits } from "../core/cookie.ts";
import { joinCompanions } from "./companions.ts";
import type { Io } from "./io.ts";
import { type ItemFlags, readItems } from "./items.ts";
import type { FormatRequest } from "./options.ts";
import { type Selection, selectTargets, unknownFailure } from "./targets.ts";

/** The cookies of one item that are worth working on. */
export interface ItemSelection extends Selection {
  /** Line of standard input. */
  readonly line: number | undefined;
}

/** Names that are kept of the cookies that were passed over. */
const MOST_NAMES = 20;

/**
 * The cookies to work on, item by item. What a list holds besides sessions comes at the end, as skipped; or as one
 * failure, when nothing else was there.
 * @throws {UsageError} when there is nothing to read from
 */
export async function* readSelections(
  args: readonly string[],
  flags: ItemFlags,
  { format }: FormatRequest,
  limits: Limits,
  io: Io,
): AsyncGenerator<ItemSelection> {
  let any = false;
  const passed = new Set<string>();
  for await (const { pasted, line, listed } of joinCompanions(readItems(args, flags, limits, io))) {
    const selection =
      "ok" in pasted
        ? { targets: [{ ...pasted, name: undefined }], skipped: [] }
        : selectTargets(pasted, format, flags.name, listed);
    for (const name of listed ? selection.skipped : []) if (passed.size < MOST_NAMES) passed.add(name);
    if (selection.targets.length === 0) continue;
    any = true;
    yield { ...selection, ...(listed && { skipped: [] }), line };
  }
  if (passed.size === 0) return;
  yield any
    ? { targets: [], skipped: [...passed], line: undefined }
    : { targets: [unknownFailure(true)], skipped: [], line: undefined };
}
