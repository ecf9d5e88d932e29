import { utf8Length } from "../encoding/utf8.ts";
import type { Value } from "../encoding/values.ts";
import type { CookieInput, Limits, Note, Payload, Segment } from "./cookie.ts";
import { type Failure, fail } from "./failure.ts";
import type { CookieFormat, Description, Opened, View } from "./format.ts";
import type { GuidedFormat } from "./guide.ts";
import { ok, type Result } from "./result.ts";
import { tooLong } from "./verify.ts";

/** What a cookie says of itself. Nothing of it has been checked: `verified` is false in the type too. */
export interface Decoded {
  readonly ok: true;
  readonly verified: false;
  readonly format: string;
  readonly payload: Value;
  readonly payloadType: string;
  readonly compressed: boolean;
  /** Unix seconds. */
  readonly issuedAt: number | null;
  /** Where the parts stand in the value, in UTF-16 code units. */
  readonly segments: readonly Segment[];
  readonly signature: { readonly algorithm: string | undefined };
  /** UTF-8 bytes of the value. */
  readonly size: number;
  readonly warnings: readonly Note[];
}

/** A decoded cookie with the format's own view of it, for screens. */
export interface Look<Body> {
  readonly segments: readonly Segment[];
  readonly algorithm: string | undefined;
  readonly opened: Opened<Body>;
  readonly payload: Payload;
  readonly description: Description;
}

type Inspected<Body, Options> = Omit<Look<Body>, "description"> & { readonly view: View<Body, Options> };

/** Reads a signed cookie without its secret. Encrypted formats fail with `unsupported`. */
export function look<Detail, Body, Key, Options extends object>(
  input: CookieInput,
  format: GuidedFormat<Detail, Body, Key, Options>,
  options: Readonly<Options>,
  limits: Limits,
  now: number,
): Result<Look<Body>> {
  const inspected = inspect(input, format, options, limits, now);
  if (!inspected.ok) return inspected;
  const { view, ...looked } = inspected.value;
  return ok({ ...looked, description: format.describe(view) });
}

function inspect<Detail, Body, Key, Options extends object>(
  input: CookieInput,
  format: CookieFormat<Detail, Body, Key, Options>,
  options: Readonly<Options>,
  limits: Limits,
  now: number,
): Result<Inspected<Body, Options>> {
  if (input.value.length > limits.maxLength) return tooLong(limits);
  const parsed = format.parse(input, options);
  if (!parsed.ok) return parsed;
  const opened =
    format.peek?.(parsed.value, options) ??
    fail("unsupported", "it is encrypted", { hint: "verify reads it, with the secret" });
  if (!opened.ok) return opened;
  const payload = format.read(opened.value, options, limits);
  if (!payload.ok) return payload;
  return ok({
    segments: parsed.value.segments,
    algorithm: parsed.value.algorithm,
    opened: opened.value,
    payload: payload.value,
    view: { input, opened: opened.value, payload: payload.value, options, now },
  });
}

/** The warnings are those of the payload, and of the format's guide where it comes with one. */
export function decode<Detail, Body, Key, Options extends object>(
  input: CookieInput,
  format: CookieFormat<Detail, Body, Key, Options>,
  options: Readonly<Options>,
  limits: Limits,
  now: number,
): Decoded | Failure {
  const inspected = inspect(input, format, options, limits, now);
  if (!inspected.ok) return inspected;
  const { segments, algorithm, opened, payload, view } = inspected.value;
  const notes = format.describe?.(view).notes ?? [];
  return {
    ok: true,
    verified: false,
    format: format.id,
    payload: payload.value,
    payloadType: payload.type,
    compressed: payload.compressed,
    issuedAt: opened.issuedAt,
    segments,
    signature: { algorithm },
    size: utf8Length(input.value),
    warnings: [...(payload.warnings ?? []), ...notes.filter(({ level }) => level === "warning")],
  };
}
