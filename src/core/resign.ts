import type { CookieInput, Note } from "./cookie.ts";
import { type Failure, fail } from "./failure.ts";
import type { Renewal } from "./flags.ts";
import type { Content, Env, Opened } from "./format.ts";
import type { GuidedFormat } from "./guide.ts";
import { ok, type Result } from "./result.ts";
import { type Rotated, unchanged } from "./rotate.ts";
import { authenticate, type Binding, checkAge } from "./verify.ts";

/** How cookies move from old secrets to a new one. */
export interface ResignRequest {
  readonly env: Env;
  /** The time becomes `env.now`; else it is written again as it stood. */
  readonly refresh?: boolean;
  /** A payload that does not read under the new options is written anew, as these say. */
  readonly rewrite?: boolean;
  /** What in a payload depends on the secret is renewed, in the format's own words. */
  readonly renew?: Renewal | undefined;
}

/** A cookie under the new secret. */
export interface Resigned extends Rotated {
  /** What was lost or done on the way that its owner should know. */
  readonly notes: readonly Note[];
}

type GuidedBinding<Detail, Body, Key, Options extends object> = Binding<
  Detail,
  Body,
  Key,
  Options,
  GuidedFormat<Detail, Body, Key, Options>
>;

const NONE: readonly Note[] = [];

/**
 * Verifies a cookie under the old secrets and options (`from`) and signs it again under the new ones (`to`), both
 * of one format. Its payload is not looked into and stays byte for byte, unless `rewrite` or `renew` ask otherwise.
 * What the new secret has signed already comes back as it is.
 *
 * Fails as `verify` does; the age is checked against `from.maxAge`. With `rewrite` and `renew` also with
 * `bad-payload`, where a value has no place under `to`, and `unsupported`, where `to` cannot be written.
 * Not checked without these: whether the payload can be read. Values are not quoted for a header.
 */
export function resign<Detail, Body, Key, Options extends object>(
  input: CookieInput,
  from: Binding<Detail, Body, Key, Options>,
  to: GuidedBinding<Detail, Body, Key, Options>,
  request: ResignRequest,
): Resigned | Failure {
  const current = authenticate(input, to);
  const genuine = current.ok ? current : authenticate(input, from);
  if (!genuine.ok) return genuine;
  const { opened } = genuine.value;
  const expired = checkAge(opened, from.maxAge, request.env.now, from.format.clock?.(from.options));
  if (expired !== undefined) return expired;
  const moved = move(opened, from, to, request);
  if (!moved.ok) return moved;
  const name = to.name ?? input.name ?? from.name;
  if (current.ok && opened.outdated === undefined && moved.value.kept) {
    return { ...unchanged(input, name ?? to.format.cookieName(to.options) ?? "", to.format), notes: NONE };
  }
  return seal(moved.value, opened, name, to, request);
}

interface Sealable<Body, Options> {
  readonly content: Content<Body>;
  readonly options: Readonly<Options>;
  /** The body is the one that was opened. */
  readonly kept: boolean;
  readonly notes: readonly Note[];
}

function move<Detail, Body, Key, Options extends object>(
  opened: Opened<Body>,
  { options: from, limits }: Binding<Detail, Body, Key, Options>,
  { format, options: to }: GuidedBinding<Detail, Body, Key, Options>,
  { refresh = false, rewrite = false, renew }: ResignRequest,
): Result<Sealable<Body, Options>> {
  const keepTime = !refresh;
  const content = { kind: "body", body: opened.body, keepTime } as const;
  const kept = { content, options: to, kept: true, notes: NONE };
  if (!rewrite && renew === undefined) return ok(kept);
  const asItIs = rewrite ? format.read(opened, to, limits) : undefined;
  const payload = asItIs?.ok ? asItIs : format.read(opened, from, limits);
  if (!payload.ok) return payload;
  const anew = rewrite && !asItIs?.ok;
  const given = { body: opened.body, payload: payload.value, from, to, rewrite: anew, renew };
  const moved = format.move?.(given);
  if (moved !== undefined && !moved.ok) return moved;
  const change =
    moved?.value.content ?? (anew ? ({ kind: "value", value: payload.value.value } as const) : undefined);
  if (change === undefined) return ok(kept);
  return ok({
    content: change.kind === "body" ? { ...change, keepTime } : change,
    options: { ...to, ...format.resume?.(opened, payload.value, to) },
    kept: false,
    notes: moved?.value.notes ?? NONE,
  });
}

function seal<Detail, Body, Key, Options extends object>(
  { content, options, notes }: Sealable<Body, Options>,
  { issuedAt }: Opened<Body>,
  name: string | undefined,
  { format, keys }: Binding<Detail, Body, Key, Options>,
  { env, refresh = false }: ResignRequest,
): Resigned | Failure {
  const key = keys.key(0, name);
  if (key === undefined) throw new TypeError("the secret is empty");
  const now = refresh || issuedAt === null ? env.now : issuedAt;
  if (content.kind === "value" && !Number.isFinite(now)) {
    return fail("malformed", "its timestamp is too large to be written again");
  }
  const sealed = asFailure(() => format.seal(content, key, { options, name }, { ...env, now }));
  if (!sealed.ok) return sealed;
  return { ok: true, value: sealed.value[0].value, cookies: sealed.value, changed: true, notes };
}

/** A payload comes from a cookie here, so what the format cannot hold is no programmer's mistake. */
function asFailure<T>(run: () => Result<T>): Result<T> {
  try {
    return run();
  } catch (error) {
    if (error instanceof TypeError) return fail("bad-payload", error.message);
    throw error;
  }
}
