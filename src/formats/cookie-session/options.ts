import { KEYGRIP_DEFAULTS, type KeygripOptions, settleKeygrip } from "../../schemes/keygrip.ts";

/** What `cookieSession(…)` and its Keygrip are configured with. */
export interface CookieSessionOptions extends KeygripOptions {
  /** The cookie's name; it is part of what is signed. */
  readonly name: string;
}

export const defaults: CookieSessionOptions = { name: "session", ...KEYGRIP_DEFAULTS };

/** `cookies` takes a header's printable Latin-1 characters, without `;` and `=`. */
const NAME = /^[\t\x20-\x3a\x3c\x3e-\x7e\x80-\xff]+$/;

/** @throws {TypeError} on an option that cookie-session or Keygrip would not take */
export function settle(options: Partial<CookieSessionOptions>): CookieSessionOptions {
  const name = options.name || defaults.name;
  checkName(name);
  return { name, ...settleKeygrip(options) };
}

export function isName(name: string): boolean {
  return NAME.test(name);
}

/** @throws {TypeError} on a name that `cookies` refuses to set */
export function checkName(name: string): void {
  if (!isName(name)) throw new TypeError("a cookie's name cannot hold ';', '=' or control characters");
}

export const SIGNATURE_SUFFIX = ".sig";

/** The cookie that holds the signature. */
export function signatureName(name: string): string {
  return name + SIGNATURE_SUFFIX;
}
