import * as platform from "#platform";
import { bind } from "../codec.ts";
import type { Secret } from "../core/keyring.ts";
import { authenticate } from "../core/verify.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { type Attack, groupOf } from "./attack.ts";
import { ATTACK_NAMES, ATTACKS } from "./attacks/index.ts";
import { makeForge } from "./forge.ts";
import type { Supplies } from "./schedule.ts";
import { headerOf, type Specimen, toInput } from "./specimen.ts";
import { FuzzError, type Target } from "./target.ts";

/** What whoever attacks knows. */
export interface Knowledge {
  /** The server's current secret. */
  readonly secret?: Secret | undefined;
  /** Secrets that the server should no longer accept. */
  readonly retired?: readonly Secret[] | undefined;
  /** `Cookie:` headers of sessions that have ended. */
  readonly ended?: readonly string[] | undefined;
  /** Seconds after which the server should refuse a session; null: never. Default: the framework's. */
  readonly maxAge?: number | null | undefined;
}

/** @throws {FuzzError} when the secret did not sign the specimen */
export function makeSupplies(
  specimen: Specimen,
  { secret, retired = [], ended = [], maxAge }: Knowledge,
  { kind, room }: Pick<Target, "kind" | "room">,
  seed: number,
): Supplies {
  const { format, options, pairs } = specimen;
  const [{ name }] = pairs;
  const usual = { now: issuedAt(specimen), options, name };
  if (secret !== undefined && !signed(specimen, secret)) {
    throw new FuzzError(
      "the secret did not sign the cookie",
      "cookiesess verify says why; --salt, --algorithm and the format's own flags are taken here too",
    );
  }
  const own = platform.hash("sha256", encodeUtf8(`${seed} ${headerOf(pairs)}`));
  return {
    ...{ specimen, kind, room },
    forger: makeForge(format, own, usual),
    forge: secret === undefined ? undefined : makeForge(format, secret, usual),
    retired: retired.map((old) => makeForge(format, old, usual)),
    ended,
    now: usual.now,
    maxAge: maxAge === undefined ? format.maxAge(options) : maxAge,
  };
}

function signed({ format, options, pairs }: Specimen, secret: Secret): boolean {
  const [{ name }] = pairs;
  return authenticate(toInput(pairs), { ...bind(format, { ...options, secret }), name }).ok;
}

/** When the specimen was signed, so that the same cookie gives the same cases; Unix seconds. */
function issuedAt({ format, options, parsed }: Specimen): number {
  const opened = format.peek?.(parsed, options);
  const at = opened?.ok ? opened.value.issuedAt : null;
  return at === null || !Number.isFinite(at) ? Math.floor(Date.now() / 1000) : at;
}

/**
 * The attacks that are asked for, by their names or groups.
 * @throws {FuzzError} on a name that is neither
 */
export function selectAttacks(only: readonly string[] = [], skip: readonly string[] = []): readonly Attack[] {
  for (const name of [...only, ...skip]) {
    if (!ATTACK_NAMES.includes(name)) {
      throw new FuzzError(`there is no attack "${name}"`, "--list names them");
    }
  }
  return ATTACKS.filter(
    (attack) =>
      (only.length === 0 || only.some((name) => isNamed(attack, name))) &&
      !skip.some((name) => isNamed(attack, name)),
  );
}

function isNamed(attack: Attack, name: string): boolean {
  return attack.id === name || groupOf(attack) === name;
}
