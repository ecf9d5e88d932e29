import type { CookiePair } from "./cookie.ts";
import { isToken } from "./cookie-header.ts";
import type { CookieAttributes } from "./pasted.ts";
import { shellQuote, shellWord } from "./shell-quote.ts";

/** Everything that could end the value, the header or the line. */
const breaking = /[\x00-\x1f\x7f;]/;

/** 31 December 9999, 23:59:59 UTC: the last moment that a cookie's date can spell. */
const lastMoment = 253_402_300_799;

/**
 * The value of a `Cookie:` header: `a=1; b=2`.
 * @throws {TypeError} on a name that is no token, or a value with a control character or `;`
 */
export function formatCookieHeader(pairs: readonly CookiePair[]): string {
  return pairs.map(formatPair).join("; ");
}

/**
 * The value of a `Set-Cookie:` header, with the attributes in the order and spelling of Django (Python's
 * http/cookies.py). Not checked: public suffixes, and what `SameSite=None` or a `__Host-` name demand.
 * @throws {TypeError} as `formatCookieHeader`, and on an attribute that a header cannot hold
 */
export function formatSetCookie(pair: CookiePair, attributes: CookieAttributes = {}): string {
  const { domain, expires, httpOnly, maxAge, partitioned, path, sameSite, secure } = attributes;
  const parts = [
    formatPair(pair),
    domain !== undefined && `Domain=${domainText(domain)}`,
    expires !== undefined && `expires=${formatDate(expires)}`,
    httpOnly && "HttpOnly",
    maxAge !== undefined && `Max-Age=${wholeSeconds("maxAge", maxAge)}`,
    partitioned && "Partitioned",
    path !== undefined && `Path=${pathText(path)}`,
    sameSite !== undefined && `SameSite=${attributeText("sameSite", sameSite)}`,
    secure && "Secure",
  ];
  return parts.filter((part) => typeof part === "string").join("; ");
}

/**
 * A curl command for a POSIX shell, which sends the cookies: `curl -b 'a=1; b=2' https://…`.
 * @throws {TypeError} as `formatCookieHeader`, and on a URL that is not absolute
 */
export function formatCurl(pairs: readonly CookiePair[], url?: string): string {
  const words = ["curl", "-b", shellQuote(formatCookieHeader(pairs))];
  if (url !== undefined) words.push(shellWord(parseUrl(url).href));
  return words.join(" ");
}

/**
 * A cookie jar for `curl -b FILE`, wget and Python's `MozillaCookieJar`. A domain with a leading dot includes its
 * subdomains; without `expires` the cookies end with the session. `sameSite` and `maxAge` have no place in it.
 * @throws {TypeError} as `formatSetCookie`
 */
export function formatNetscape(
  pairs: readonly CookiePair[],
  attributes: CookieAttributes & { readonly domain: string },
): string {
  const { domain, expires = 0, httpOnly, path = "/", secure } = attributes;
  const fields = [
    (httpOnly ? "#HttpOnly_" : "") + domainText(domain),
    flag(domain.startsWith(".")),
    pathText(path),
    flag(secure === true),
    wholeSeconds("expires", expires),
  ];
  const lines = pairs.map((pair) => {
    formatPair(pair);
    return [...fields, pair.name, pair.value].join("\t");
  });
  return ["# Netscape HTTP Cookie File", ...lines, ""].join("\n");
}

/** What Playwright's `browser.newContext({ storageState })` takes. */
export interface StorageState {
  readonly cookies: readonly {
    readonly name: string;
    readonly value: string;
    readonly domain: string;
    readonly path: string;
    /** Unix seconds; -1: ends with the session. */
    readonly expires: number;
    readonly httpOnly: boolean;
    readonly secure: boolean;
    readonly sameSite: "Strict" | "Lax" | "None";
  }[];
  readonly origins: readonly [];
}

/**
 * A storageState document for the site at `url`: its host, and `secure` when it is https, unless the attributes say
 * otherwise. `maxAge` has no place in it.
 * @throws {TypeError} as `formatSetCookie`, and on a URL that is not absolute
 */
export function formatPlaywright(
  pairs: readonly CookiePair[],
  attributes: CookieAttributes & { readonly url: string },
): StorageState {
  const url = parseUrl(attributes.url);
  const shared = {
    domain: domainText(attributes.domain ?? url.hostname),
    path: pathText(attributes.path ?? "/"),
    expires: attributes.expires === undefined ? -1 : wholeSeconds("expires", attributes.expires),
    httpOnly: attributes.httpOnly ?? false,
    secure: attributes.secure ?? url.protocol === "https:",
    sameSite: attributes.sameSite ?? "Lax",
  };
  const cookies = pairs.map((pair) => {
    formatPair(pair);
    return { name: pair.name, value: pair.value, ...shared };
  });
  return { cookies, origins: [] };
}

function formatPair({ name, value }: CookiePair): string {
  if (!isToken(name)) throw new TypeError("a cookie's name must be a token of RFC 6265");
  if (breaking.test(value))
    throw new TypeError("the cookie's value has a character that a header cannot hold");
  return `${name}=${value}`;
}

function attributeText(name: string, text: string): string {
  if (text === "" || breaking.test(text)) throw new TypeError(`${name} is not one that a header can hold`);
  return text;
}

/** ASCII only: an international name goes in its `xn--` form. */
function domainText(domain: string): string {
  if (!/^[\w.:[\]-]+$/.test(domain)) throw new TypeError("domain must be a host name or an address");
  return domain;
}

function pathText(path: string): string {
  if (!path.startsWith("/")) throw new TypeError("path must begin with a slash");
  return attributeText("path", path);
}

function wholeSeconds(name: string, seconds: number): number {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > lastMoment) {
    throw new TypeError(`${name} is out of range`);
  }
  return Math.trunc(seconds);
}

function formatDate(seconds: number): string {
  return new Date(wholeSeconds("expires", seconds) * 1000).toUTCString();
}

function flag(value: boolean): "TRUE" | "FALSE" {
  return value ? "TRUE" : "FALSE";
}

function parseUrl(url: string): URL {
  if (!URL.canParse(url)) throw new TypeError("the URL is not absolute");
  return new URL(url);
}
