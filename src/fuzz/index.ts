import * as platform from "#platform";
import type { Codec } from "../codec.ts";
import type { AnyFormat } from "../core/guide.ts";
import { unwrap } from "../core/result.ts";
import type { Value } from "../encoding/values.ts";
import { type FormatId, formats } from "../formats/index.ts";
import { type Knowledge, makeSupplies, selectAttacks } from "./attack-plan.ts";
import { codecTarget, type Verdict } from "./codec-target.ts";
import { findSpecimen } from "./find-specimen.ts";
import type { FuzzReport } from "./finding.ts";
import type { Progress } from "./plan.ts";
import { runPlan } from "./run.ts";
import { type Specimen, takeApart } from "./specimen.ts";
import { checkSecrets, publishedCandidates } from "./weak-secret.ts";

export interface FuzzOptions extends Knowledge {
  /** A genuine cookie, as a value or a `Cookie:` header. A codec mints its own. */
  readonly cookie?: string | undefined;
  /** Default: what the cookie looks like. */
  readonly format?: FormatId | undefined;
  /** The format's own options, where they are not its defaults: salt, version … */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** What a codec mints. Default: a small session. */
  readonly payload?: Value | undefined;
  /** The same seed and cookie give the same cases. Default: a random one, which the report tells. */
  readonly seed?: number | undefined;
  /** Default 1,000. */
  readonly maxCases?: number | undefined;
  /** Milliseconds. Default: none. */
  readonly timeLimit?: number | undefined;
  /** Milliseconds that no cookie may take. Default 500. */
  readonly slowFrom?: number | undefined;
  /** Names of attacks or of their groups. Default: all. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Says whether a cookie is accepted. `value`: as a header holds it; `header`: with its name, and a second cookie. */
export type Judge = (value: string, header: string) => Verdict | Promise<Verdict>;

const MAX_CASES = 1_000;
const SEEDS = 2 ** 31;

const PAYLOAD: Value = { user: "42", cart: [3, 1, 2], name: "Zoë", admin: false };

/**
 * Attacks a codec of this package, or any function that judges cookies, with hostile cookies, and reports which it
 * should have refused.
 *
 * @example
 * const { findings } = await fuzz((cookie) => myVerify(cookie), { cookie: genuine, secret });
 * expect(findings).toEqual([]);
 *
 * @throws {FuzzError} when the genuine cookie is not accepted, or nonsense is
 * @throws {CookieError} when the cookie cannot be read
 */
export async function fuzz(subject: Codec | Judge, options: FuzzOptions = {}): Promise<FuzzReport> {
  const { maxCases = MAX_CASES, timeLimit = Number.POSITIVE_INFINITY, signal, onProgress } = options;
  const seed = options.seed ?? randomSeed();
  const specimen = specimenFor(subject, options);
  const target = codecTarget(titleOf(subject), verifierOf(subject), options.slowFrom);
  return runPlan({
    ...{ target, seed, signal, onProgress },
    attacks: selectAttacks(options.only, options.skip),
    supplies: makeSupplies(specimen, options, target, seed),
    limits: { cases: maxCases, time: timeLimit, concurrency: 1 },
    weakSecret: await checkSecrets(specimen, publishedCandidates(), signal),
  });
}

function randomSeed(): number {
  return new DataView(platform.random(4).buffer).getUint32(0) % SEEDS;
}

function specimenFor(subject: Codec | Judge, options: FuzzOptions): Specimen {
  const id = options.format ?? (typeof subject === "function" ? undefined : (subject.format as FormatId));
  if (id !== undefined && !Object.hasOwn(formats, id)) throw new TypeError(`unknown format "${id}"`);
  if (options.cookie !== undefined) {
    const known: readonly AnyFormat[] = id === undefined ? Object.values(formats) : [formats[id]];
    return unwrap(findSpecimen(options.cookie, { formats: known, optionsFor: () => options.options ?? {} }))
      .specimen;
  }
  if (typeof subject === "function" || id === undefined) {
    throw new TypeError("a function needs a genuine cookie to start from");
  }
  const [main, ...companions] = subject.mint(options.payload ?? PAYLOAD);
  const format: AnyFormat = formats[id];
  const pairs = [{ name: main.name || "cookie", value: main.value }, ...companions] as const;
  return unwrap(takeApart(format, format.settle(options.options ?? {}), pairs));
}

function titleOf(subject: Codec | Judge): string {
  return typeof subject === "function" ? subject.name || "a function" : `${subject.format} codec`;
}

function verifierOf(subject: Codec | Judge): Parameters<typeof codecTarget>[1] {
  if (typeof subject === "function") {
    return ({ header, pairs = [] }) => subject(pairs[0]?.value ?? "", header);
  }
  return ({ pairs: [main = { name: "", value: "" }, ...companions] = [] }) =>
    subject.verify({
      ...main,
      siblings: new Map(companions.map(({ name, value }) => [name, value])),
    });
}

export type { FindingCode } from "./attack.ts";
export type { Verdict } from "./codec-target.ts";
export type { Finding, FuzzReport, Severity } from "./finding.ts";
export type { Progress } from "./plan.ts";
export { FuzzError } from "./target.ts";
