import { expect } from "vitest";
import { type CookieMatchers, cookieMatchers } from "./matchers.ts";

expect.extend(cookieMatchers);

/**
 * Vitest's assertions are Chai's and more. Its own `Matchers` has other type parameters in Vitest 5 than before, and
 * interfaces merge only with the same ones.
 */
declare global {
  namespace Chai {
    interface Assertion extends CookieMatchers {}
  }
}
