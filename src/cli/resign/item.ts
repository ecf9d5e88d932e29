import * as platform from "#platform";
import { candidates } from "../../core/candidates.ts";
import type { CookieInput } from "../../core/cookie.ts";
import { readPasted } from "../../core/cookie-input.ts";
import { detectAmong } from "../../core/detect.ts";
import { type Failure, fail, isForeign } from "../../core/failure.ts";
import type { AnyFormat } from "../../core/guide.ts";
import { makeKeyring } from "../../core/keyring.ts";
import type { Pasted } from "../../core/pasted.ts";
import { type Resigned, type ResignRequest, resign } from "../../core/resign.ts";
import { formats as registry } from "../../formats/index.ts";
import { UsageError } from "../errors.ts";
import { holdsSession } from "../holds-session.ts";
import { type AnyBinding, bindKeys, settle } from "../settings.ts";
import type { ResignSpec } from "./spec.ts";
import { respell } from "./spelling.ts";

const formats: Readonly<Record<string, AnyFormat>> = registry;

/** A re-signed cookie and how it is printed. */
export interface ResignedItem extends Resigned {
  readonly format: string;
  readonly name: string | undefined;
  /** The item with the new values in the place of the old ones. */
  readonly text: string;
}

/** Re-signs the one session of a pasted item; undefined for an item that holds none: a blank, a comment, other cookies. */
export type ResignItem = (text: string, pasted?: Pasted) => ResignedItem | Failure | undefined;

interface Bound {
  readonly format: AnyFormat;
  readonly from: AnyBinding;
  readonly to: AnyBinding;
}

/** @throws {UsageError} on options that a framework would not take */
export function makeResigner(spec: ResignSpec): ResignItem {
  const bound = spec.formats.map((format) => bindBoth(format, spec));
  const sought = bound.map(({ format, from }) => ({ format, options: from.options }));
  const request = requestOf(spec);
  const read = (input: CookieInput, { from, to }: Bound) => resign(input, from, to, request);
  let latest = bound[0];
  return (text, found) => {
    const plain = latest && resignPlain(text, spec, latest, read);
    if (plain !== undefined) return plain;
    const pasted = named(found ?? readPasted(text), spec.name);
    if (pasted.cookies.length === 0) return undefined;
    const failures = new Map<AnyFormat, Failure>();
    for (const one of bound) {
      const result = resignPasted(text, pasted, spec, one, read);
      if (result.ok) {
        latest = one;
        return result;
      }
      failures.set(one.format, result);
    }
    return holdsSession(pasted, sought, spec.name) ? refusal(pasted, failures) : undefined;
  };
}

export function formatsOf(spec: Pick<ResignSpec, "formats">): readonly AnyFormat[] {
  return spec.formats.flatMap(({ id }) => formats[id] ?? []);
}

function bindBoth({ id, from, to }: ResignSpec["formats"][number], spec: ResignSpec): Bound {
  const format = formats[id];
  if (format === undefined) throw new UsageError(`unknown format "${id}"`);
  const keyring = makeKeyring(spec.current);
  return {
    format,
    from: bindKeys(format, settle(format, from), spec.old, spec.limits, spec.maxAge),
    to: bindKeys(format, settle(format, to), keyring, spec.limits, null),
  };
}

function requestOf({ old, current, refresh, rewrite, asked, now }: ResignSpec): ResignRequest {
  const secrets = old.filter((secret) => secret !== undefined);
  return {
    env: { now, random: platform.random },
    refresh,
    rewrite,
    ...(Object.keys(asked).length > 0 && { renew: { asked, old: secrets, current } }),
  };
}

type Read = (input: CookieInput, bound: Bound) => Resigned | Failure;

/** Text that has only one reading. */
const PLAIN = /^[\w.:-]+$/;

/** The usual line of a long list, without looking for notations; undefined where that finds no genuine cookie. */
function resignPlain(text: string, { name }: ResignSpec, bound: Bound, read: Read): ResignedItem | undefined {
  if (!PLAIN.test(text)) return undefined;
  const { format } = bound;
  const result = read({ name, value: text }, bound);
  if (!result.ok) return undefined;
  const written = result.cookies.length === 1 ? result.value : respell(text, result, undefined, format, text);
  return { ...result, format: format.id, name, text: written };
}

function resignPasted(
  text: string,
  pasted: Pasted,
  { name }: ResignSpec,
  bound: Bound,
  read: Read,
): ResignedItem | Failure {
  const { format, from } = bound;
  const found: ResignedItem[] = [];
  let failure: Failure | undefined;
  for (const candidate of candidates(pasted, format, name ?? format.cookieName(from.options))) {
    for (const { input } of candidate.inputs) {
      const result = read(input, bound);
      if (result.ok) {
        const written = respell(text, result, pasted, format, input.value);
        found.push({ ...result, format: format.id, name: input.name, text: written });
        break;
      }
      if (failure === undefined || (isForeign(failure) && !isForeign(result))) failure = result;
    }
  }
  const [first, second] = found;
  if (first === undefined) return failure ?? fail("malformed", "it is empty");
  return second === undefined
    ? first
    : fail("malformed", "it holds several genuine cookies", { hint: "--name picks one" });
}

/** Of several formats, the failure under the one that the cookie looks like. */
function refusal(pasted: Pasted, failures: ReadonlyMap<AnyFormat, Failure>): Failure {
  const [only, ...others] = failures.values();
  if (only !== undefined && others.length === 0) return only;
  const final = [...failures.values()].find((failure) => !isForeign(failure));
  if (final !== undefined) return final;
  for (const { name, readings } of pasted.cookies) {
    const [likely] = detectAmong({ name, value: readings[0]?.value ?? "" }, [...failures.keys()]);
    for (const [{ id }, failure] of failures) if (id === likely?.format) return failure;
  }
  return fail("unknown-format", "no known format looks like this");
}

/** `--name` names a bare value. */
function named(pasted: Pasted, name: string | undefined): Pasted {
  if (name === undefined || pasted.source !== "value") return pasted;
  return { ...pasted, cookies: pasted.cookies.map((cookie) => ({ ...cookie, name })) };
}
