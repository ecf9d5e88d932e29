import { formatSetCookie } from "../core/cookie-output.ts";
import type { Failure, FailureCode } from "../core/failure.ts";
import type { Secret } from "../core/keyring.ts";
import type { RevocationStore } from "./revocation.ts";
import type { SessionData } from "./session-store.ts";
import type { StandardSchema } from "./standard-schema.ts";

/** Why a cookie was not accepted; `revoked`: it is genuine, but its session has ended. */
export type Rejection = Failure<FailureCode | "revoked">;

/** How sessions are kept. The defaults are Django's settings of the same meaning. */
export interface SessionOptions<Data extends object = SessionData> {
  /** SECRET_KEY: signs and verifies. A string is taken as UTF-8. */
  readonly secret: Secret;
  /** SECRET_KEY_FALLBACKS, newest first: a session under one of them is signed again when it is opened. */
  readonly fallbacks?: readonly Secret[] | undefined;
  /** SESSION_COOKIE_AGE in seconds, also of what is accepted. Default: 14 days. */
  readonly maxAge?: number | undefined;
  /** SESSION_COOKIE_NAME. Default: `sessionid`. */
  readonly name?: string | undefined;
  readonly path?: string | undefined;
  readonly domain?: string | undefined;
  /** Default: true, but for NODE_ENV=development. Django's own default is false. */
  readonly secure?: boolean | undefined;
  readonly httpOnly?: boolean | undefined;
  readonly sameSite?: "Strict" | "Lax" | "None" | undefined;
  readonly partitioned?: boolean | undefined;
  /** SESSION_EXPIRE_AT_BROWSER_CLOSE. */
  readonly expireAtBrowserClose?: boolean | undefined;
  /** SESSION_SAVE_EVERY_REQUEST. */
  readonly saveEveryRequest?: boolean | undefined;
  /** Signs a session again once it is older than these seconds, when it is opened. Default: never. */
  readonly refreshAfter?: number | undefined;
  /** What to do with a session that no browser would keep: throw, or spread it over several cookies. Both read such. */
  readonly onTooLarge?: "error" | "chunk" | undefined;
  /** With `chunk`: the most cookies. Default 3: Node takes 16 KiB of headers in all. */
  readonly maxChunks?: number | undefined;
  /** Makes the cookies of an ended session useless. Default: none, and a copied cookie lives until it expires. */
  readonly revocation?: RevocationStore | undefined;
  /** Any Standard Schema: a session of another shape is rejected, but for an empty one. It changes nothing. */
  readonly validate?: StandardSchema<Data> | undefined;
  /** Called for a cookie that was not accepted. The visitor gets a new, empty session. */
  readonly onRejected?: ((rejection: Rejection) => void) | undefined;
  /** How many accepted cookies are kept in memory, so that each is not checked at every request. Default 1000. */
  readonly remember?: number | undefined;
  /** Django's version, `1.4` to `6.1`, whose cookies these are, written as JSON. Default: the newest. */
  readonly version?: string | undefined;
  /** `django-cookie-sessions`: the engine of that package, with its own salt. Default: Django's own. */
  readonly backend?: "signed_cookies" | "django-cookie-sessions" | undefined;
  readonly salt?: string | undefined;
  readonly algorithm?: string | undefined;
  /** Unix seconds. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

/** Options with every choice made. */
export interface Policy {
  readonly name: string;
  readonly maxAge: number;
  readonly attributes: {
    readonly path: string;
    readonly domain: string | undefined;
    readonly secure: boolean;
    readonly httpOnly: boolean;
    readonly sameSite: "Strict" | "Lax" | "None";
    readonly partitioned: boolean;
  };
  readonly expireAtBrowserClose: boolean;
  readonly saveEveryRequest: boolean;
  /** Seconds; infinite: never. */
  readonly refreshAfter: number;
  /** 1: a session that is too large for one cookie is an error. */
  readonly maxChunks: number;
  readonly remember: number;
  readonly now: () => number;
}

const TWO_WEEKS = 1_209_600;
const MOST_CHUNKS = 3;
const REMEMBERED = 1_000;

/** @throws {TypeError} on attributes that a browser would refuse together */
export function settlePolicy(options: SessionOptions<object>): Policy {
  const { name = "sessionid", maxAge = TWO_WEEKS, onTooLarge = "error" } = options;
  const attributes = {
    path: options.path ?? "/",
    domain: options.domain,
    secure: options.secure ?? !isDevelopment(),
    httpOnly: options.httpOnly ?? true,
    sameSite: options.sameSite ?? "Lax",
    partitioned: options.partitioned ?? false,
  } as const;
  checkAttributes(name, attributes);
  if (!Number.isSafeInteger(maxAge) || maxAge < 1) throw new TypeError("maxAge is a whole number of seconds");
  const { maxChunks = MOST_CHUNKS, refreshAfter = Number.POSITIVE_INFINITY } = options;
  if (!(refreshAfter >= 0)) throw new TypeError("refreshAfter is a number of seconds");
  if (!Number.isInteger(maxChunks) || maxChunks < 1 || maxChunks > 50) {
    throw new TypeError("maxChunks is a whole number from 1 to 50");
  }
  const { remember = REMEMBERED } = options;
  if (!Number.isSafeInteger(remember) || remember < 0) {
    throw new TypeError("remember is a whole number of cookies, or 0");
  }
  return {
    name,
    maxAge,
    attributes,
    expireAtBrowserClose: options.expireAtBrowserClose ?? false,
    saveEveryRequest: options.saveEveryRequest ?? false,
    refreshAfter,
    maxChunks: onTooLarge === "chunk" ? maxChunks : 1,
    remember,
    now: options.now ?? (() => Date.now() / 1000),
  };
}

/** Browsers take such cookies only with `Secure`. */
export const SECURE_NAME = /^__(?:host|secure)-/i;

/** RFC 6265bis, sections 4.1.3 and 5.7. */
function checkAttributes(name: string, attributes: Policy["attributes"]): void {
  const { secure, sameSite, partitioned, path, domain } = attributes;
  formatSetCookie({ name, value: "" }, attributes);
  if (!["Strict", "Lax", "None"].includes(sameSite)) {
    throw new TypeError('sameSite is "Strict", "Lax" or "None"');
  }
  if (sameSite === "None" && !secure) throw new TypeError("sameSite None needs secure");
  if (partitioned && !secure) throw new TypeError("partitioned needs secure");
  if (SECURE_NAME.test(name) && !secure) throw new TypeError(`the name ${name} needs secure`);
  if (/^__host-/i.test(name) && (path !== "/" || domain !== undefined)) {
    throw new TypeError(`the name ${name} needs path "/" and no domain`);
  }
}

function isDevelopment(): boolean {
  const { process } = globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } };
  return process?.env?.NODE_ENV === "development";
}
