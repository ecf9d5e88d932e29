export { type ForgedCookie, type ForgedCookiesOptions, forgedCookies } from "./forged-cookies.ts";
export { type CookieMatchers, cookieMatchers } from "./matchers.ts";
export type { ExpectedAttributes, SetSessionOptions } from "./set-session.ts";
export type { ValidSessionOptions } from "./valid-session.ts";
