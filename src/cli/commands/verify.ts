import type { Command } from "commander";
import type { CookieReading } from "../../core/candidates.ts";
import type { CookieInput, Limits } from "../../core/cookie.ts";
import { look } from "../../core/decode.ts";
import { type Explanation, explain, explainAge } from "../../core/explain.ts";
import { type Failure, isForeign, isUnauthentic } from "../../core/failure.ts";
import type { Checked } from "../../core/flags.ts";
import type { AnyFormat } from "../../core/guide.ts";
import type { Keyring } from "../../core/keyring.ts";
import type { Result } from "../../core/result.ts";
import { authenticate, type Verified } from "../../core/verify.ts";
import { safe } from "../../encoding/safe-text.ts";
import { EXIT, UsageError } from "../errors.ts";
import { firstValid, isRepaired, repairedNote } from "../finding.ts";
import type { Io } from "../io.ts";
import type { ItemFlags } from "../items.ts";
import {
  type CommonFlags,
  type FormatRequest,
  readFormatRequest,
  readLimits,
  readMaxAge,
  readNow,
} from "../options.ts";
import {
  explanationMembers,
  failureMembers,
  jsonLine,
  peeledMembers,
  verifiedMembers,
} from "../report/json.ts";
import { makePaint, type Paint } from "../report/paint.ts";
import { drawInvalid, drawUnread, drawValid, type VerdictContext } from "../report/verdict.ts";
import { readSecrets, type SecretFlags } from "../secrets.ts";
import { readSelections } from "../selections.ts";
import { type AnyBinding, bindKeys, settle } from "../settings.ts";
import { similarTo } from "../similar.ts";
import { type AnyTarget, formatHint, type Target } from "../targets.ts";
import { warnOfWeakSecrets } from "../weakness.ts";

interface VerifyFlags extends CommonFlags, ItemFlags, SecretFlags {
  readonly explain: boolean;
}

/** A stream of forgeries is not worth a search each. */
const MOST_EXPLAINED = 25;

/** `cookiesess verify`: exit 0 when every cookie is valid. */
export async function verifyCommand(args: readonly string[], command: Command, io: Io): Promise<number> {
  const flags = command.opts<VerifyFlags>();
  const run = new Verification({
    flags,
    io,
    request: readFormatRequest(command, "verify"),
    limits: readLimits(flags),
    givenAge: readMaxAge(flags),
    now: readNow(flags, io),
    keyring: await readSecrets(flags, io),
    paint: await makePaint(flags, io.stdout, io.env),
  });
  return run.all(args);
}

interface Setting {
  readonly flags: VerifyFlags;
  readonly io: Io;
  readonly request: FormatRequest;
  readonly limits: Limits;
  readonly givenAge: number | null | undefined;
  readonly now: number;
  readonly keyring: Keyring;
  readonly paint: Paint;
}

class Verification {
  readonly #setting: Setting;
  readonly #bindings = new Map<AnyFormat, AnyBinding>();
  readonly #warn: (format: AnyFormat) => Promise<void>;
  #valid = 0;
  #refused = 0;
  #explained = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#warn = warnOfWeakSecrets(setting.keyring, setting.flags, setting.io);
  }

  async all(args: readonly string[]): Promise<number> {
    const { flags, io, request, limits } = this.#setting;
    for await (const { line, ...selection } of readSelections(args, flags, request, limits, io)) {
      const targets = this.#mainCookies(selection.targets);
      for (const target of targets) {
        if ("ok" in target) await this.#refuse(target, line);
        else await this.#check(target, line);
      }
      await this.#note([...selection.skipped, ...namesBeside(targets, selection.targets)]);
    }
    return this.#valid > 0 && this.#refused === 0 ? EXIT.ok : EXIT.refused;
  }

  async #check(target: Target, line: number | undefined): Promise<void> {
    const { format } = target;
    const binding = this.#bindingOf(format);
    await this.#warn(format);
    const { verdict, reading } = firstValid(target, binding, this.#setting.now);
    const checked = verdict.ok ? this.#runChecks(format, verdict, binding) : undefined;
    if (!verdict.ok) await this.#reject(verdict, target, reading, line);
    else if (checked !== undefined && !checked.ok) await this.#reject(checked, target, reading, line);
    else await this.#accept(verdict, checked?.value, target, reading, line);
  }

  async #accept(
    verified: Verified,
    checked: Checked | undefined,
    target: Target,
    reading: CookieReading,
    line: number | undefined,
  ): Promise<void> {
    const { flags, io, paint } = this.#setting;
    const { format, candidate } = target;
    this.#valid++;
    const notes = isRepaired(reading, target) ? [repairedNote(format)] : [];
    if (flags.json) {
      const members = { valid: true, format: format.id, name: candidate.name, ...verifiedMembers(verified) };
      const peeled = peeledMembers(reading.layers, notes);
      await io.stdout.write(jsonLine({ ...members, ...checked?.fields, ...peeled }));
    } else if (!flags.quiet) {
      const context = this.#context(target, reading, line);
      await io.stdout.write(drawValid(verified, context, notes, checked?.text, paint));
    }
  }

  async #reject(
    failure: Failure,
    target: Target,
    reading: CookieReading,
    line: number | undefined,
  ): Promise<void> {
    const { flags, io, paint } = this.#setting;
    const { format, candidate } = target;
    this.#refused++;
    if (flags.quiet && !flags.json) return;
    const { input, layers } = reading;
    const found = this.#explain(failure, format, input);
    const other = found?.nearby === undefined && isForeign(failure) ? formatHint(target) : {};
    const isHalf = failure.code === "companion-missing" && found?.nearby === undefined;
    const explanation = isHalf || other.hint !== undefined ? undefined : found;
    const hinted = { ...this.#saltHint(failure, format), ...failure, ...other };
    if (flags.json) {
      const members = { valid: false, format: format.id, name: candidate.name, ...failureMembers(hinted) };
      const explained = explanationMembers(explanation);
      await io.stdout.write(jsonLine({ ...members, ...explained, ...peeledMembers(layers, []) }));
      return;
    }
    const match = authenticate(input, this.#bindingOf(format));
    const genuine = match.ok ? match.value : undefined;
    const context = this.#context(target, reading, line);
    await io.stdout.write(drawInvalid(hinted, context, genuine, explanation, paint));
  }

  /** An item that no format could look at. */
  async #refuse(failure: Failure, line: number | undefined): Promise<void> {
    const { flags, io, request, paint } = this.#setting;
    this.#refused++;
    if (flags.json) {
      const format = request.format?.id ?? null;
      await io.stdout.write(jsonLine({ valid: false, format, ...failureMembers(failure) }));
    } else if (!flags.quiet) {
      await io.stdout.write(drawUnread(failure, line, io.stdout.columns, paint));
    }
  }

  #explain(failure: Failure, format: AnyFormat, input: CookieInput): Explanation | undefined {
    const { flags, limits, keyring } = this.#setting;
    if (!flags.explain) return undefined;
    const { options, name = input.name } = this.#bindingOf(format);
    const refusal = { format, options, limits, input, keyring, name };
    if (failure.code === "expired") return explainAge(refusal);
    if (!isUnauthentic(failure) || this.#explained++ >= MOST_EXPLAINED) return undefined;
    return explain(refusal);
  }

  #saltHint(failure: Failure, format: AnyFormat): { readonly hint?: string } {
    const { salt } = this.#setting.flags;
    if (salt === undefined || !isUnauthentic(failure)) return {};
    const meant = similarTo(salt, format.salts?.() ?? []);
    return meant === undefined || meant === salt ? {} : { hint: `--salt: did you mean "${meant}"?` };
  }

  #runChecks(format: AnyFormat, verified: Verified, { options }: AnyBinding): Result<Checked> | undefined {
    const { request, keyring } = this.#setting;
    const asked = request.askedOf(format);
    if (Object.keys(asked).length === 0) return undefined;
    if (format.check === undefined) throw new UsageError(`${format.title} has nothing to check there`);
    const { payloadType: type, payload: value, compressed } = verified;
    const secrets = keyring.filter((secret) => secret !== undefined);
    return format.check(asked, { type, value, compressed, size: 0 }, options, secrets);
  }

  #bindingOf(format: AnyFormat): AnyBinding {
    const { request, keyring, limits, givenAge } = this.#setting;
    let binding = this.#bindings.get(format);
    if (binding === undefined) {
      binding = bindKeys(format, settle(format, request.optionsFor(format)), keyring, limits, givenAge);
      this.#bindings.set(format, binding);
    }
    return binding;
  }

  #context(
    { format, candidate }: Target,
    { input, layers }: CookieReading,
    line: number | undefined,
  ): VerdictContext {
    const { io, keyring, givenAge, limits, now } = this.#setting;
    const { options, maxAge } = this.#bindingOf(format);
    const looked = look({ ...input, name: candidate.name }, format, options, limits, now);
    return {
      format,
      title: looked.ok ? looked.value.description.title : format.title,
      name: candidate.name,
      secrets: keyring.length,
      maxAge,
      assumedAge: givenAge === undefined && maxAge !== null,
      now,
      under: format.tries(options),
      line,
      layers,
      columns: io.stdout.columns,
    };
  }

  /** Of several cookies of a request, those with the name that the format uses, where there is one. */
  #mainCookies(targets: readonly AnyTarget[]): readonly AnyTarget[] {
    if (targets.length < 2) return targets;
    const usual = targets.filter(
      (target) =>
        !("ok" in target) &&
        target.candidate.name === target.format.cookieName(this.#bindingOf(target.format).options),
    );
    return usual.length === 0 ? targets : usual;
  }

  async #note(names: readonly string[]): Promise<void> {
    const { flags, io } = this.#setting;
    if (names.length === 0 || flags.json || flags.quiet) return;
    await io.stderr.write(`note: not checked: ${safe(names.slice(0, 20).join(", "))}\n`);
  }
}

function namesBeside(chosen: readonly AnyTarget[], all: readonly AnyTarget[]): string[] {
  return all
    .filter((target) => !chosen.includes(target))
    .flatMap((target) => ("ok" in target ? [] : (target.candidate.name ?? "a bare value")));
}
