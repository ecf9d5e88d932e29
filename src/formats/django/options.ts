import { requireHash } from "../../schemes/hash.ts";
import { type Era, eraOf, NEWEST_VERSION } from "./era.ts";
import { BACKENDS, type Backend, PLACES, type Place, type Serializer } from "./places.ts";

/** What `createCodec({ format: "django" })` takes besides secrets and age; each overrides version and backend. */
export interface DjangoOptions {
  /** "1.4" … "6.1", with or without a patch number; default the newest. */
  readonly version: string;
  readonly backend: Backend;
  /** The cookie's name; part of the salt for `signed_cookie`. */
  readonly name?: string | undefined;
  readonly salt?: string | undefined;
  /** A hashlib name; default by version: sha1 before 3.1, then sha256. */
  readonly algorithm?: string | undefined;
  readonly sep: string;
  readonly serializer?: Serializer | undefined;
  /** Compress where it saves; default by backend. */
  readonly compress?: boolean | undefined;
  /** Prepended to the secret's bytes. */
  readonly keyPrefix?: string | undefined;
  /** SIGNED_COOKIE_LEGACY_SALT_FALLBACK; default by version. */
  readonly legacySaltFallback?: boolean | undefined;
}

export const DEFAULTS: DjangoOptions = { version: NEWEST_VERSION, backend: "signed_cookies", sep: ":" };

/** Options with every choice made. Computed once for an options object. */
export interface Plan {
  readonly era: Era;
  readonly place: Place;
  readonly backend: Backend;
  readonly sep: string;
  readonly timed: boolean;
  readonly serializer: Serializer;
  readonly compress: boolean;
  readonly keyPrefix: string;
  /** Signs; the first that is accepted. */
  readonly algorithm: string;
  /** Accepted besides. */
  readonly olderAlgorithm: string | undefined;
  readonly readsSigned: boolean;
  /** `hash:data` or `hash$data` under an HMAC-SHA1 in hex, as before Django 3.1. */
  readonly readsHashed: boolean;
  readonly writesHashed: boolean;
}

const plans = new WeakMap<object, Plan>();

export function planOf(options: Readonly<DjangoOptions>): Plan {
  let plan = plans.get(options);
  if (plan === undefined) {
    plan = makePlan(options);
    plans.set(options, plan);
  }
  return plan;
}

function makePlan(options: Readonly<DjangoOptions>): Plan {
  const era = eraOf(options.version);
  const place = PLACES[options.backend];
  const algorithm = options.algorithm ?? era.algorithm;
  return {
    era,
    place,
    backend: options.backend,
    sep: options.sep,
    timed: place.timed,
    serializer: options.serializer ?? usualSerializer(options.backend, era),
    compress: options.compress ?? place.compress,
    keyPrefix: options.keyPrefix ?? place.keyPrefix,
    algorithm,
    olderAlgorithm: era.acceptsSha1 && algorithm !== "sha1" ? "sha1" : undefined,
    ...hashedLayouts(options.backend, era, algorithm),
  };
}

/** django-cookie-sessions calls `signing.dumps`, which has written JSON from the beginning. */
function usualSerializer(backend: Backend, era: Era): Serializer {
  const { session, serializer } = PLACES[backend];
  return session && era.pickles && backend !== "django-cookie-sessions" ? "pickle" : serializer;
}

function hashedLayouts(backend: Backend, era: Era, algorithm: string) {
  // DEFAULT_HASHING_ALGORITHM = "sha1" made 3.1 and 3.2 write what 3.0 can read.
  const transitional = era.acceptsSha1 && algorithm === "sha1";
  if (backend === "session_data") {
    const writesHashed = era.hashedRows === "writes" || (era.hashedRows === "reads" && transitional);
    return { readsSigned: era.hashedRows !== "writes", readsHashed: era.hashedRows !== "no", writesHashed };
  }
  if (backend === "messages") {
    const { writes, readsHashed } = era.messages;
    return {
      readsSigned: writes !== "hashed",
      readsHashed,
      writesHashed: writes === "hashed" || (writes === "text" && transitional),
    };
  }
  return { readsSigned: true, readsHashed: false, writesHashed: false };
}

const TYPES = {
  version: "string",
  name: "string",
  salt: "string",
  sep: "string",
  keyPrefix: "string",
  compress: "boolean",
  legacySaltFallback: "boolean",
} as const;

/** @throws {TypeError} on what Django itself would refuse, and on names it does not know */
export function settle(given: Partial<DjangoOptions>): Readonly<DjangoOptions> {
  const options: DjangoOptions = Object.freeze({ ...DEFAULTS, ...dropUndefined(given) });
  for (const [name, type] of Object.entries(TYPES) as [keyof typeof TYPES, string][]) {
    if (options[name] !== undefined && typeof options[name] !== type)
      throw new TypeError(`${name} is no ${type}`);
  }
  eraOf(options.version);
  if (!BACKENDS.includes(options.backend)) {
    throw new TypeError(`unknown backend "${options.backend}"; one of ${BACKENDS.join(", ")}`);
  }
  if (/^[A-z0-9-_=]*$/.test(options.sep)) {
    throw new TypeError("the separator cannot be empty or consist only of A-z, 0-9, '-', '_' and '='");
  }
  if (options.serializer !== undefined && !["json", "pickle", "string"].includes(options.serializer)) {
    throw new TypeError('the serializer is "json", "pickle" or "string"');
  }
  if (options.algorithm !== undefined) requireHash(options.algorithm);
  return options;
}

function dropUndefined<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}
