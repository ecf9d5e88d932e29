import * as platform from "#platform";
import type { Scope } from "../../core/format.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import type { MacKey } from "../../platform/provider.ts";
import { type DjangoOptions, type Plan, planOf } from "./options.ts";

/** One way in which a secret may have signed. */
export interface Lock {
  readonly mac: MacKey;
  readonly salt: string;
  readonly algorithm: string;
  /** Set when Django accepts this only for old cookies. */
  readonly outdated: string | undefined;
}

/** Everything one secret may have signed with under some options, the current way first. */
export interface DjangoKey {
  readonly signed: readonly [Lock, ...Lock[]];
  readonly hashed: Lock | undefined;
}

/** `salted_hmac` of django.utils.crypto: the key is always the hash of salt and secret, never the secret itself. */
export function saltedHmac(keySalt: string, secret: Uint8Array, algorithm: string): MacKey {
  return platform.macKey(algorithm, platform.hash(algorithm, encodeUtf8(keySalt), secret));
}

/**
 * The keys of `Signer` for one secret. Source: django/core/signing.py, `Signer.signature`, `get_cookie_signer`
 * and `_cookie_signer_salt`.
 */
export function deriveKey(secret: Uint8Array, scope: Scope<DjangoOptions>): DjangoKey {
  const plan = planOf(scope.options);
  const prefixed = plan.keyPrefix === "" ? secret : concat(encodeUtf8(plan.keyPrefix), secret);
  const lock = (salt: string, algorithm: string, outdated?: string): Lock => ({
    mac: saltedHmac(`${salt}signer`, prefixed, algorithm),
    salt,
    algorithm,
    outdated,
  });
  const locks: Lock[] = [];
  for (const { salt, outdated } of salts(plan, scope)) {
    locks.push(lock(salt, plan.algorithm, outdated));
    if (plan.olderAlgorithm !== undefined) {
      locks.push(lock(salt, plan.olderAlgorithm, `signed with ${plan.olderAlgorithm}`));
    }
  }
  return {
    signed: locks as [Lock, ...Lock[]],
    hashed: plan.readsHashed ? hashedLock(plan, scope, secret) : undefined,
  };
}

/** The salts and algorithms that `deriveKey` covers, for people. */
export function tries(options: Readonly<DjangoOptions>): string {
  const plan = planOf(options);
  const { length, 0: first } = salts(plan, { options, name: options.name });
  const salt = plan.readsSigned ? first?.salt : "django.contrib.sessionsSessionStore";
  const algorithms = [
    plan.readsSigned ? plan.algorithm : "sha1",
    plan.readsSigned ? plan.olderAlgorithm : undefined,
  ];
  const older = length > 1 ? " and its older form" : "";
  return `salt "${salt}"${older} × ${algorithms.filter((algorithm) => algorithm !== undefined).join(", ")}`;
}

/** `Signer` replaces an empty salt by its class path. */
function salts(plan: Plan, { options, name }: Scope<DjangoOptions>): { salt: string; outdated?: string }[] {
  const classPath = `django.core.signing.${plan.timed ? "TimestampSigner" : "Signer"}`;
  if (plan.backend !== "signed_cookie") return [{ salt: (options.salt ?? plan.place.salt) || classPath }];
  const extra = options.salt ?? "";
  const legacy = `${name ?? ""}${extra}` || classPath;
  if (!plan.era.saltsCookiesV2) return [{ salt: legacy }];
  // Python's len() counts code points.
  const current = { salt: `django.http.cookies.v2:${[...extra].length}:${extra}${name ?? ""}` };
  const readsLegacy = options.legacySaltFallback ?? plan.era.readsLegacyCookieSalt;
  return readsLegacy
    ? [current, { salt: legacy, outdated: "signed with the salt from before 2026" }]
    : [current];
}

/** `SessionBase._hash` and `CookieStorage._legacy_hash`: HMAC-SHA1 over the data, in hex. */
function hashedLock(plan: Plan, { options }: Scope<DjangoOptions>, secret: Uint8Array): Lock {
  const salt =
    plan.backend === "messages"
      ? "django.contrib.messages"
      : (options.salt ?? "django.contrib.sessionsSessionStore");
  return {
    mac: saltedHmac(salt, secret, "sha1"),
    salt,
    algorithm: "sha1",
    outdated: plan.writesHashed ? undefined : "the layout from before Django 3.1",
  };
}

function concat(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}
