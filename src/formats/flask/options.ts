import { requireHash } from "../../schemes/hash.ts";
import {
  isSeparator,
  KEY_DERIVATIONS,
  type KeyDerivation,
  type Release,
  releaseOf,
} from "../../schemes/itsdangerous.ts";

/** What `createCodec({ format: "flask" })` takes besides secrets and age. */
export interface FlaskOptions {
  /** Flask's own, "0.10" … "3.1", with or without a patch number; default the newest. */
  readonly version: string;
  /** The itsdangerous underneath; default: the one that was current with that Flask. */
  readonly itsdangerous?: string | undefined;
  /** SESSION_COOKIE_NAME; not part of what is signed. */
  readonly name: string;
  /** `SecureCookieSessionInterface.salt` */
  readonly salt: string;
  /** `SecureCookieSessionInterface.key_derivation` */
  readonly keyDerivation: KeyDerivation;
  /** `SecureCookieSessionInterface.digest_method`, by its hashlib name. */
  readonly digest: string;
  /** Another word for `digest`, for `--algorithm`. */
  readonly algorithm?: string | undefined;
  readonly sep: string;
}

export const DEFAULTS: FlaskOptions = {
  version: "3.1",
  name: "session",
  salt: "cookie-session",
  keyDerivation: "hmac",
  digest: "sha1",
  sep: ".",
};

/** The itsdangerous that was current with each Flask. */
const ITSDANGEROUS: Readonly<Record<string, string>> = {
  "0.10": "0.24",
  "0.11": "0.24",
  "0.12": "0.24",
  "1.0": "0.24",
  "1.1": "1.1",
  "2.0": "2.0",
  "2.1": "2.1",
  "2.2": "2.1",
  "2.3": "2.1",
  "3.0": "2.1",
  "3.1": "2.2",
};

function minorOf(version: string): string {
  const minor = /^(\d+\.\d+)(?:\.\d+)?$/.exec(version)?.[1] ?? "";
  if (Object.hasOwn(ITSDANGEROUS, minor)) return minor;
  throw new TypeError(
    `no Flask version "${version}" is known; one of ${Object.keys(ITSDANGEROUS).join(", ")}`,
  );
}

function itsdangerousOf(options: Readonly<FlaskOptions>): string {
  return options.itsdangerous ?? ITSDANGEROUS[minorOf(options.version)] ?? "2.2";
}

/** The release's behaviour, and whether Flask wraps objects that look like a tag (since 1.0). */
export function eraOf(options: Readonly<FlaskOptions>): Release & { readonly dictTag: boolean } {
  return { ...releaseOf(itsdangerousOf(options)), dictTag: !minorOf(options.version).startsWith("0.") };
}

/** @throws {TypeError} on what itsdangerous would refuse, and on versions that do not exist */
export function settle(given: Partial<FlaskOptions>): Readonly<FlaskOptions> {
  const { algorithm, ...named } = withoutUndefined(given);
  const aliased = algorithm === undefined ? {} : { digest: algorithm };
  const options: FlaskOptions = Object.freeze({ ...DEFAULTS, ...aliased, ...named });
  const { acceptsSha512 } = eraOf(options);
  if (!KEY_DERIVATIONS.includes(options.keyDerivation)) {
    throw new TypeError(`the key derivation is one of ${KEY_DERIVATIONS.join(", ")}`);
  }
  requireHash(options.digest);
  if (acceptsSha512) requireHash("sha512");
  if (typeof options.salt !== "string") throw new TypeError("the salt must be a string");
  if (typeof options.sep !== "string" || !isSeparator(options.sep)) {
    throw new TypeError("the separator cannot be empty or a letter, a digit, '-', '_' or '='");
  }
  return options;
}

function withoutUndefined<T extends object>(object: T): Partial<T> {
  const copy = { ...object };
  for (const key in copy) if (copy[key] === undefined) delete copy[key];
  return copy;
}
