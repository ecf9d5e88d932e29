import { fail } from "../core/failure.ts";
import { ok, type Result } from "../core/result.ts";
import { isHarmless } from "./pickle-classes.ts";
import { PickleMachine } from "./pickle-machine.ts";
import { runPickle, STOP } from "./pickle-opcodes.ts";
import { PickleFault, PickleReader } from "./pickle-reader.ts";
import { ValueBuilder } from "./pickle-values.ts";
import type { Value } from "./values.ts";

export interface Pickle {
  readonly value: Value;
  /** As declared, or else the one that introduced the newest opcode used: 0 … 5. */
  readonly protocol: number;
  /** Dotted names of all classes and functions that it mentions, well-known ones included, each once, in order. */
  readonly foreign: readonly string[];
  /** Those of `foreign` that are not known to be plain data: Python would import them, and could run them. */
  readonly unknown: readonly string[];
}

/**
 * Reads a Python pickle as data, protocols 0 to 5. Nothing is imported, built or called.
 *
 * Lists and tuples become arrays, dicts objects (keys that are not text get JSON's or Python's text), sets
 * `Set`s, bytes and bytearrays `Uint8Array`s. A `str` of Python 2 is text where it is ASCII, else bytes.
 * Integral floats keep their spelling beside their container. Well-known calls are turned into data:
 * datetime.datetime to a `Date` (milliseconds, naive ones taken as UTC, the exact text beside it), set,
 * bytes, OrderedDict and Django's safe strings to what they hold, date, time, timedelta, timezone, Decimal,
 * UUID and complex to a `Foreign` with their text or parts. Any other call is
 * `Foreign(name, { args, kwargs?, state?, items?, entries? })`, any other class `Foreign(name, null)`.
 *
 * `maxDepth`: levels of nesting of the value. Fails with `bad-payload`: not a whole pickle, nested deeper, or
 * more than a million nodes once everything shared is written out. Bytes after STOP are ignored, as Python
 * ignores them. Not checked: whether Python could import what is named, and what calls would refuse.
 *
 * Source: CPython Modules/_pickle.c, Lib/pickletools.py.
 */
export function readPickle(data: Uint8Array, limits: { readonly maxDepth: number }): Result<Pickle> {
  try {
    const machine = new PickleMachine(new PickleReader(data));
    const { root, protocol } = runPickle(machine);
    const value = new ValueBuilder(limits.maxDepth).build(root);
    const foreign = [...machine.names];
    return ok({ value, protocol, foreign, unknown: foreign.filter((name) => !isHarmless(name)) });
  } catch (error) {
    if (!(error instanceof PickleFault)) throw error;
    return fail("bad-payload", `the pickle cannot be read: ${error.message}`);
  }
}

const PROTO = 0x80;

/**
 * Whether bytes are likely a pickle: they declare protocol 2 to 5, or are a whole pickle of protocol 0 or 1 that
 * ends exactly at its STOP.
 */
export function looksLikePickle(data: Uint8Array): boolean {
  const [first = 0, second = 0] = data;
  if (first === PROTO) return second >= 2 && second <= 5;
  if (data.at(-1) !== STOP) return false;
  try {
    const reader = new PickleReader(data);
    runPickle(new PickleMachine(reader));
    return reader.offset === data.length;
  } catch (error) {
    if (!(error instanceof PickleFault)) throw error;
    return false;
  }
}
