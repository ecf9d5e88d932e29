import type { AnyFormat } from "../core/guide.ts";
import { makeSupplies, selectAttacks } from "../fuzz/attack-plan.ts";
import { inTurns } from "../fuzz/schedule.ts";
import { type Specimen, takeApart, toInput } from "../fuzz/specimen.ts";
import { type Codec, type Cookie, type FormatId, formats, unwrap, type Value } from "../index.ts";
import { checkCodec } from "./codec.ts";
import { checkKeys } from "./matcher.ts";

export interface ForgedCookiesOptions {
  /** Another seed gives others. Default 1. */
  readonly seed?: number | undefined;
  /** At most so many. Default 100. */
  readonly count?: number | undefined;
  /** Of the genuine session that they are made from: somebody's login, so that accepting one would show. */
  readonly payload?: Value | undefined;
  /** Unix seconds: when that was signed. Default: the clock, and so a fake one too. */
  readonly now?: number | undefined;
}

export interface ForgedCookie {
  /** `integrity/bit-flip#3`: the same seed, payload and time give the same cookie again. */
  readonly id: string;
  /** What was done to it. */
  readonly what: string;
  /** For `codec.verify`, and `toBeValidSession`. */
  readonly cookie: Exclude<Cookie, string>;
  /** For a request: the `Cookie:` header's text, one character a byte. */
  readonly header: string;
}

const PAYLOAD: Value = { user: "42" };
const MOST = 100;

/** A cookie that a browser would keep. */
const ROOM = 4_000;

/**
 * Cookies that the codec and its framework must refuse, for `test.each`: forgeries without the secret, of every kind
 * in turn. They are made from a session that the codec mints.
 *
 * @throws {TypeError} on a codec of another package's format, and on a payload that the format cannot hold, or whose
 * cookie stands in quotes
 */
export function forgedCookies(codec: Codec, options: ForgedCookiesOptions = {}): readonly ForgedCookie[] {
  checkCodec(codec);
  checkKeys("option", options, ["seed", "count", "payload", "now"]);
  const { seed = 1, count = MOST, payload = PAYLOAD, now } = options;
  const specimen = specimenOf(codec, payload, now);
  const forgeries = selectAttacks().filter(({ finding, needs }) => finding === "accepted-forgery" && !needs);
  const supplies = makeSupplies(specimen, {}, { kind: "codec", room: ROOM }, seed);
  const forged: ForgedCookie[] = [];
  for (const { id, attack, mutant } of inTurns(forgeries, supplies, seed)) {
    if (forged.length >= count) break;
    const [main, ...companions] = mutant.pairs ?? [];
    // Some servers read these as the genuine cookie, and may.
    if (main === undefined || mutant.harmless || mutant.control !== undefined) continue;
    const what = mutant.note === undefined ? attack.title : `${attack.title}: ${mutant.note}`;
    forged.push({ id, what, cookie: toInput([main, ...companions]), header: mutant.header });
  }
  return forged;
}

function specimenOf(codec: Codec, payload: Value, now: number | undefined): Specimen {
  if (!Object.hasOwn(formats, codec.format)) {
    throw new TypeError(`there are no attacks on the format "${codec.format}"`);
  }
  const format: AnyFormat = formats[codec.format as FormatId];
  const [main, ...companions] = codec.mint(payload, { now });
  const pairs = [{ name: main.name || "cookie", value: main.value }, ...companions] as const;
  if (!codec.verify(toInput(pairs), { now }).ok) {
    throw new TypeError(
      "the codec refuses its own cookie as well: give a payload that needs no quotes in a header",
    );
  }
  return unwrap(takeApart(format, format.settle({}), pairs));
}
