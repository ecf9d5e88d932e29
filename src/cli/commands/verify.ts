import type { Command } from "commander";
import { look } from "../../core/decode.ts";
import { type Explanation, explain } from "../../core/explain.ts";
import { type Failure, fail } from "../../core/failure.ts";
import type { AnyFormat, CookieInput } from "../../core/format.ts";
import { authenticate, type Verified, verify } from "../../core/verify.ts";
import type { Value } from "../../encoding/values.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type ItemFlags, readItems } from "../items.ts";
import { type CommonFlags, readFormatRequest, readLimits, readMaxAge, readNow } from "../options.ts";
import { explanationMembers, failureMembers, jsonLine, verifiedMembers } from "../report/json.ts";
import { makePaint } from "../report/paint.ts";
import { safe } from "../report/text.ts";
import { drawInvalid, drawUnread, drawValid, type VerdictContext } from "../report/verdict.ts";
import { readSecrets, type SecretFlags } from "../secrets.ts";
import { type AnyBinding, bindKeys, settle } from "../settings.ts";
import { selectTargets, type Target } from "../targets.ts";
import { warnOfWeakSecrets } from "../weakness.ts";

interface VerifyFlags extends CommonFlags, ItemFlags, SecretFlags {
  readonly explain: boolean;
}

/** A stream of forgeries is not worth a search each. */
const MOST_EXPLAINED = 25;

/** `cookiesess verify`: exit 0 when every cookie is valid. */
export async function verifyCommand(args: readonly string[], command: Command, io: Io): Promise<number> {
  const flags = command.opts<VerifyFlags>();
  const request = readFormatRequest(command, "verify");
  const limits = readLimits(flags);
  const givenAge = readMaxAge(flags);
  const now = readNow(flags, io);
  const keyring = await readSecrets(flags, io);
  const paint = makePaint(flags, io.stdout, io.env);
  const bindings = new Map<AnyFormat, AnyBinding>();
  const warn = warnOfWeakSecrets(keyring, flags, io);
  let valid = 0;
  let refused = 0;
  let explained = 0;

  const bindingOf = (format: AnyFormat) => {
    let binding = bindings.get(format);
    if (binding === undefined) {
      binding = bindKeys(format, settle(format, request.optionsFor(format)), keyring, limits, givenAge);
      bindings.set(format, binding);
    }
    return binding;
  };

  const refuse = async (failure: Failure, line: number | undefined) => {
    refused++;
    if (flags.json)
      return io.stdout.write(
        jsonLine({ valid: false, format: request.format?.id ?? null, ...failureMembers(failure) }),
      );
    if (flags.quiet) return;
    await io.stdout.write(drawUnread(failure, line, io.stdout.columns, paint));
  };

  const check = async (target: Target, line: number | undefined) => {
    const { format, candidate } = target;
    const binding = bindingOf(format);
    await warn(format);
    const { verdict, input } = firstValid(target, binding, now);
    const checked = verdict.ok
      ? runChecks(format, verdict, binding, request.askedOf(format), keyring)
      : undefined;
    const result = checked !== undefined && !checked.ok ? checked : verdict;
    const context: VerdictContext = {
      format,
      title: flags.json || flags.quiet ? format.title : titleOf(target, input, binding, now),
      name: candidate.name,
      secrets: keyring.length,
      maxAge: binding.maxAge,
      assumedAge: givenAge === undefined && binding.maxAge !== null,
      now,
      under: format.tries(binding.options),
      line,
      columns: io.stdout.columns,
    };
    if (result.ok) {
      valid++;
      const fields = checked?.ok ? checked.value.fields : {};
      const members = {
        valid: true,
        format: format.id,
        name: candidate.name,
        ...verifiedMembers(result),
        ...fields,
      };
      if (flags.json) return io.stdout.write(jsonLine(members));
      if (flags.quiet) return;
      return io.stdout.write(drawValid(result, context, checked?.ok ? checked.value.text : undefined, paint));
    }
    refused++;
    if (flags.quiet && !flags.json) return;
    let explanation: Explanation | undefined;
    if (flags.explain && isBadSignature(result) && explained++ < MOST_EXPLAINED) {
      explanation = explain({
        format,
        options: binding.options,
        limits,
        input,
        keyring,
        name: binding.name ?? input.name,
      });
    }
    if (flags.json) {
      const members = {
        valid: false,
        format: format.id,
        name: candidate.name,
        ...failureMembers(result),
        ...explanationMembers(explanation),
      };
      return io.stdout.write(jsonLine(members));
    }
    const match = authenticate(input, binding);
    const genuine = match.ok ? match.value : undefined;
    await io.stdout.write(drawInvalid(result, context, genuine, explanation, paint));
  };

  for await (const { pasted, line } of readItems(args, flags, limits, io)) {
    if ("ok" in pasted) {
      await refuse(pasted, line);
      continue;
    }
    const { targets, skipped } = selectTargets(pasted, request.format, flags.name);
    const passedOver = [...skipped];
    for (const target of mainCookies(targets, bindingOf, passedOver)) {
      if ("ok" in target) await refuse(target, line);
      else await check(target, line);
    }
    if (passedOver.length > 0 && !flags.json && !flags.quiet) {
      await io.stderr.write(`note: not checked: ${safe(passedOver.slice(0, 20).join(", "))}\n`);
    }
  }
  return valid > 0 && refused === 0 ? EXIT.ok : EXIT.refused;
}

type AnyTarget = ReturnType<typeof selectTargets>["targets"][number];

/** Of several cookies of a request, those with the name that the format uses, where there is one. */
function mainCookies(
  targets: readonly AnyTarget[],
  bindingOf: (format: AnyFormat) => AnyBinding,
  passedOver: string[],
): readonly AnyTarget[] {
  const usual = targets.filter(
    (target) =>
      !("ok" in target) &&
      target.candidate.name === target.format.cookieName(bindingOf(target.format).options),
  );
  if (targets.length < 2 || usual.length === 0) return targets;
  for (const target of targets) {
    if (!usual.includes(target) && !("ok" in target))
      passedOver.push(target.candidate.name ?? "a bare value");
  }
  return usual;
}

/** The first reading that is valid; the verdict on the most literal one otherwise. */
function firstValid(
  { candidate, guess }: Target,
  binding: AnyBinding,
  now: number,
): { readonly verdict: Verified | Failure; readonly input: CookieInput } {
  let first: { readonly verdict: Failure; readonly input: CookieInput } | undefined;
  for (const { input } of candidate.inputs) {
    const verdict = verify(input, binding, now);
    if (verdict.ok) return { verdict, input };
    if (first === undefined || (isBadSignature(first.verdict) && !isBadSignature(verdict)))
      first = { verdict, input };
  }
  const input: CookieInput = first?.input ?? { value: "" };
  const opaque = guess?.opaque;
  if (opaque === undefined) return { verdict: first?.verdict ?? fail("malformed", "it is empty"), input };
  return { verdict: fail("unsupported", opaque, { hint: "look in the server's store" }), input };
}

function isBadSignature({ code }: Failure): boolean {
  return code === "bad-signature" || code === "undecryptable";
}

function runChecks(
  format: AnyFormat,
  verified: Verified,
  { options }: AnyBinding,
  asked: Readonly<Record<string, string | true>>,
  keyring: readonly (Uint8Array | undefined)[],
) {
  if (Object.keys(asked).length === 0) return undefined;
  if (format.check === undefined) throw new UsageError(`${format.title} has nothing to check there`);
  const payload = {
    type: verified.payloadType,
    value: verified.payload as Value,
    compressed: verified.compressed,
    size: 0,
  };
  return format.check(
    asked,
    payload,
    options,
    keyring.filter((secret) => secret !== undefined),
  );
}

function titleOf(
  { format, candidate }: Target,
  input: CookieInput,
  { options, limits }: AnyBinding,
  now: number,
): string {
  const looked = look({ ...input, name: candidate.name }, format, options, limits, now);
  return looked.ok ? looked.value.description.title : format.title;
}
