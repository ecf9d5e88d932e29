import type { CookieInput } from "../../core/cookie.ts";
import type { Variation } from "../../core/guide.ts";
import { keygripShapes } from "../../schemes/keygrip.ts";
import { type CookieSessionOptions, signatureName } from "./options.ts";
import { signedName } from "./recognise.ts";

/** Names that sessions of Express and Koa applications have when nobody chose one. */
const USUAL_NAMES = ["session", "express:sess", "koa:sess", "koa.sess", "sess"];

/** Other names, where the cookie came without one, and the algorithms that fit the signature's shape. */
export function variations(
  input: CookieInput,
  options: Readonly<CookieSessionOptions>,
): readonly Variation<CookieSessionOptions>[] {
  const found: Variation<CookieSessionOptions>[] = [];
  for (const name of names(input, options)) {
    const signature = input.siblings?.get(signatureName(name));
    for (const { algorithm, encoding } of signature === undefined ? [] : keygripShapes(signature)) {
      const change: Partial<CookieSessionOptions> = {
        ...(input.name === undefined && name !== options.name && { name }),
        ...(algorithm !== options.algorithm && { algorithm }),
        ...((encoding === "hex") !== (options.encoding === "hex") && { encoding }),
      };
      if (Object.keys(change).length > 0) found.push(variation(change));
    }
  }
  return found;
}

function names(input: CookieInput, options: Readonly<CookieSessionOptions>): ReadonlySet<string> {
  if (input.name !== undefined) return new Set([input.name]);
  const beside = signedName(input);
  return new Set([options.name, ...(beside === undefined ? [] : [beside]), ...USUAL_NAMES]);
}

function variation(change: Partial<CookieSessionOptions>): Variation<CookieSessionOptions> {
  const changes = Object.entries(change);
  return {
    options: change,
    change: changes.map(([option, value]) => `${option} ${JSON.stringify(value)}`).join(" and "),
    flags: changes.map(([option, value]) => `--${option} ${shellWord(value)}`).join(" "),
  };
}

function shellWord(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What a refusal may come from when no other options help. */
export function advise(input: CookieInput, options: Readonly<CookieSessionOptions>): string | undefined {
  const signature = input.siblings?.get(signatureName(input.name ?? options.name));
  if (!signature) return undefined;
  if (signature.endsWith("=")) return "Keygrip writes no '=': was the signature cookie changed on its way?";
  if (keygripShapes(signature).length === 0) return "The signature has no known length: was it cut off?";
  if (input.value.includes("%"))
    return "cookie-session does not percent-encode: was the value encoded later?";
  if (/^[\w/+-]+$/.test(input.value) && input.value.length % 4 !== 0) {
    return "The value lacks its '=' padding, which is signed too: was it dropped when copying?";
  }
  return "The cookie's name is signed too: does the application know it under this name?";
}
