import type { AnyFormat } from "../../src/core/guide.ts";
import { formats } from "../../src/formats/index.ts";
import { makeSupplies } from "../../src/fuzz/attack-plan.ts";
import type { Supplies } from "../../src/fuzz/schedule.ts";
import { type Specimen, takeApart } from "../../src/fuzz/specimen.ts";
import { createCodec, type FormatId, type Value } from "../../src/index.ts";

export const SECRET = "a secret for these tests, long enough for every framework";
/** 2024-03-09 16:00:00 UTC. */
export const NOW = 1_710_000_000;
export const PAYLOAD: Value = { user: "42", cart: [3, 1, 2], admin: false };

export const IDS = Object.keys(formats) as FormatId[];

/** A genuine session of a format. */
export function specimenOf(
  id: FormatId,
  options: Readonly<Record<string, unknown>> = {},
  payload = PAYLOAD,
): Specimen {
  const format: AnyFormat = formats[id];
  const codec = createCodec({ format: "django", ...options, ...({ format: id } as object), secret: SECRET });
  const taken = takeApart(format, format.settle(options), codec.mint(payload, { now: NOW }));
  if (!taken.ok) throw new Error(taken.message);
  return taken.value;
}

export function suppliesOf(specimen: Specimen, knowsSecret = true, room = 8_000): Supplies {
  const secret = knowsSecret ? SECRET : undefined;
  return makeSupplies(specimen, { secret }, { kind: "http", room }, 1);
}
