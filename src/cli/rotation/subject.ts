import type { Command } from "commander";
import { parseDuration } from "../../core/duration.ts";
import type { AnyFormat } from "../../core/guide.ts";
import type { SecretSettings } from "../../core/secret-settings.ts";
import { DEFAULT_FORMAT, formats as registry } from "../../formats/index.ts";
import type { DocumentKind, SecretDocument, SecretKeys } from "../../secrets/document.ts";
import { FRAMEWORKS } from "../../secrets/frameworks.ts";
import type { Phase, Secrets } from "../../secrets/rotation.ts";
import { UsageError } from "../errors.ts";
import type { SoughtFormat } from "../holds-session.ts";
import { type CommonFlags, readFormatRequest, readMaxAge } from "../options.ts";
import type { NewSecretFlags, SecretFlags } from "../secrets.ts";
import { settle } from "../settings.ts";

export interface RotationFlags extends CommonFlags, SecretFlags, NewSecretFlags {
  readonly file?: string;
  readonly kind?: DocumentKind;
  readonly key?: string;
  readonly fallbacks?: string;
  readonly phase?: Phase;
  readonly force?: boolean;
  readonly status?: boolean;
  readonly check?: string;
  readonly ifOlderThan?: string;
  readonly keep?: string;
  readonly compromised?: boolean;
  readonly yes?: boolean;
  readonly backup?: boolean;
  readonly dryRun?: boolean;
  readonly print?: boolean;
  readonly length?: string;
  readonly stdout?: boolean;
  readonly github?: boolean;
  readonly lockTimeout?: string;
}

/** What is rotated, and by whose rules. */
export interface Subject {
  /** Undefined: the framework's cookies are not read here. */
  readonly cookies: SoughtFormat | undefined;
  readonly settings: SecretSettings;
  readonly keys: SecretKeys;
  /** The words by which a later command finds the same secrets and the same age, behind `--file`. */
  readonly words: readonly string[];
  /** Seconds for which the format's cookies live; null: for ever. */
  readonly maxAge: number | null;
  readonly phase: Phase;
  readonly keep: number | undefined;
  readonly ifOlderThan: number | undefined;
  readonly length: number | undefined;
  readonly lockTimeout: number;
}

/** @throws {UsageError} on flags that exclude each other or make no sense */
export function subjectOf(flags: RotationFlags, command: Command): Subject {
  const { cookies, settings, usualAge } = rulesOf(flags, command);
  if (flags.compromised && flags.phase !== undefined) {
    throw new UsageError("--compromised and --phase exclude each other");
  }
  if (flags.compromised && flags.ifOlderThan !== undefined) {
    throw new UsageError("--compromised and --if-older-than exclude each other");
  }
  const givenAge = readMaxAge(flags);
  const secret = flags.key ?? settings.secret;
  const usual = secret === settings.secret ? settings.fallbacks : `${secret}_FALLBACKS`;
  return {
    cookies,
    settings,
    keys: { secret, fallbacks: flags.fallbacks ?? usual },
    words: wordsOf(flags, cookies),
    maxAge: givenAge === undefined ? usualAge : givenAge,
    phase: flags.compromised ? "compromised" : (flags.phase ?? "replace"),
    keep: flags.keep === undefined ? undefined : atLeastOne("--keep", flags.keep),
    ifOlderThan: flags.ifOlderThan === undefined ? undefined : seconds("--if-older-than", flags.ifOlderThan),
    length: flags.length === undefined ? undefined : whole("--length", flags.length),
    lockTimeout: flags.lockTimeout === undefined ? 10 : seconds("--lock-timeout", flags.lockTimeout),
  };
}

function wordsOf(
  { kind, key, fallbacks, format: named, maxAge }: RotationFlags,
  cookies: Subject["cookies"],
): readonly string[] {
  const format = named ?? (cookies?.format.id === DEFAULT_FORMAT ? undefined : cookies?.format.id);
  const words = { kind, format, key, fallbacks, "max-age": maxAge ?? unusualAge(cookies) };
  return Object.entries(words).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`, value]));
}

/** Seconds, where the format's options change them. */
function unusualAge(cookies: Subject["cookies"]): string | undefined {
  if (cookies === undefined) return undefined;
  const { format, options } = cookies;
  const age = format.maxAge(options);
  return age === format.maxAge(format.defaults) ? undefined : String(age ?? "none");
}

interface Rules extends Pick<Subject, "cookies" | "settings"> {
  /** Seconds; null: for ever. */
  readonly usualAge: number | null;
}

function rulesOf(flags: RotationFlags, command: Command): Rules {
  const framework = flags.format === undefined ? undefined : FRAMEWORKS[flags.format];
  if (framework !== undefined) {
    return { cookies: undefined, settings: framework.settings, usualAge: framework.maxAge };
  }
  const request = readFormatRequest(command, "rotate-key");
  const format: AnyFormat = request.format ?? registry[DEFAULT_FORMAT];
  const { settings } = format;
  if (settings === undefined) throw new UsageError(`nobody knows how ${format.title} keeps its secrets`);
  const options = settle(format, request.optionsFor(format));
  return { cookies: { format, options }, settings, usualAge: format.maxAge(options) };
}

function whole(flag: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${flag} takes a whole number`);
  return Number(text);
}

/** The secret that was just introduced is one of them. */
function atLeastOne(flag: string, text: string): number {
  const count = whole(flag, text);
  if (count < 1) throw new UsageError(`${flag} takes 1 or more`, "--phase retire removes the last one");
  return count;
}

function seconds(flag: string, text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined || duration === null || duration < 0) {
    throw new UsageError(`${flag}: "${text}" is not a duration`, "seconds, or 90s, 15m, 12h, 14d, 2w");
  }
  return duration;
}

/** The secrets of a document with the newest fallback first, whatever its framework's order is. */
export function secretsOf(
  { secret, fallbacks = [] }: Pick<SecretDocument, "secret" | "fallbacks">,
  { settings }: Subject,
): Secrets {
  return { current: secret, fallbacks: inOrder(fallbacks, settings) };
}

/** Fallbacks from newest first to the framework's order, and back. */
export function inOrder(fallbacks: readonly string[], { order }: SecretSettings): readonly string[] {
  return order === "newest-first" ? fallbacks : [...fallbacks].reverse();
}
