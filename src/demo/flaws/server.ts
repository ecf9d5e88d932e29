import { cut, type Fault, type Kit } from "./kit.ts";

/** Published, as a secret that leaked is. */
export const RETIRED_SECRET = "cookiesess-demo-retired-secret-of-2025";

export function retiredSecretKept({ options }: Kit): Fault {
  return { settings: { fallbacks: [...(options.fallbacks ?? []), RETIRED_SECRET] } };
}

export function logoutClientOnly(): Fault {
  return { settings: { revocation: undefined } };
}

export function secretInError({ options: { secret } }: Kit): Fault {
  return { leak: typeof secret === "string" ? secret : new TextDecoder().decode(secret) };
}

/** Checks the first of two cookies of the same name and uses the last, as two parsers in a row do. */
export function firstOfTwoNames(kit: Kit): Fault {
  return {
    replace(values) {
      const [first = "", ...others] = values;
      const last = others.at(-1);
      if (last === undefined || !kit.codec.verify({ value: first }, { now: kit.now() }).ok) return undefined;
      return kit.seal(cut(last).message);
    },
  };
}
