import * as platform from "#platform";

/** @throws {TypeError} on a hash that this build does not have */
export function requireHash(algorithm: string): void {
  if (platform.hasHash(algorithm)) return;
  const hint = platform.platform === "web" ? '; import "cookiesess/hashes" adds those that few need' : "";
  throw new TypeError(`the hash "${algorithm}" is not known here${hint}`);
}
