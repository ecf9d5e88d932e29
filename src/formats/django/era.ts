/** What changed between Django's versions, as far as its cookies show it. */
export interface Era {
  readonly algorithm: "sha1" | "sha256";
  /** `Signer.legacy_algorithm`: sha1 signatures are accepted besides the configured algorithm. */
  readonly acceptsSha1: boolean;
  /** Sessions are pickled by default. */
  readonly pickles: boolean;
  /** Rows of django_session are `base64(hash:data)`; "reads" where they are only still read. */
  readonly hashedRows: "writes" | "reads" | "no";
  /** The messages cookie. */
  readonly messages: {
    readonly writes: "object" | "text" | "hashed";
    readonly readsText: boolean;
    readonly readsHashed: boolean;
    /** An empty `extra_tags` is written. */
    readonly keepsEmptyTags: boolean;
  };
  /** `set_signed_cookie` salts as `django.http.cookies.v2:…` (CVE-2026-6873). */
  readonly saltsCookiesV2: boolean;
  /** Default of SIGNED_COOKIE_LEGACY_SALT_FALLBACK. */
  readonly readsLegacyCookieSalt: boolean;
  /** The session carries `_auth_user_hash`, which must match. */
  readonly hasAuthHash: boolean;
  /** `set_expiry` stores a moment as text; before, saving one as JSON was a TypeError. */
  readonly storesMoments: boolean;
  /** Length of the csrftoken cookie. */
  readonly csrfLength: 32 | 64;
}

export const NEWEST_VERSION = "6.1";

/** @throws {TypeError} unless the text is a Django version from 1.4 on: "4.2", "5.2.18" */
export function eraOf(version: string): Era {
  const match = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{1,3}))?$/.exec(version);
  if (match === null) throw new TypeError(`"${version}" is not a Django version such as "4.2" or "5.2.18"`);
  const [major = 0, minor = 0] = [Number(match[1]), Number(match[2])];
  const patch = match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3]);
  const at = (otherMajor: number, otherMinor: number, otherPatch = 0) =>
    major > otherMajor ||
    (major === otherMajor && (minor > otherMinor || (minor === otherMinor && patch >= otherPatch)));
  if (!at(1, 4)) throw new TypeError("Django signs cookies since 1.4");
  if (major > 6 || (major === 6 && minor > 1)) {
    throw new TypeError(`the newest Django whose rules are known here is ${NEWEST_VERSION}`);
  }
  return {
    algorithm: at(3, 1) ? "sha256" : "sha1",
    acceptsSha1: !at(4, 0),
    pickles: !at(1, 6),
    hashedRows: at(4, 0) ? "no" : at(3, 1) ? "reads" : "writes",
    messages: {
      writes: at(3, 2) ? "object" : at(3, 1) ? "text" : "hashed",
      readsText: at(3, 1) && !at(4, 1),
      readsHashed: !at(4, 0),
      keepsEmptyTags: at(4, 1),
    },
    saltsCookiesV2: at(6, 1) || (at(6, 0, 6) && !at(6, 1)) || (at(5, 2, 15) && !at(6, 0)),
    readsLegacyCookieSalt: !at(6, 1),
    hasAuthHash: at(1, 7),
    storesMoments: at(4, 1),
    csrfLength: at(1, 10) && !at(4, 1) ? 64 : 32,
  };
}
