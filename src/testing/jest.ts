import { expect } from "@jest/globals";
import { type CookieMatchers, cookieMatchers } from "./matchers.ts";

expect.extend(cookieMatchers);

/** For `import { expect } from "@jest/globals"`. */
declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends CookieMatchers<R> {}
}

/** For the global `expect` of @types/jest. */
declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: as it is declared there
    interface Matchers<R, T = {}> extends CookieMatchers<R> {}
  }
}
