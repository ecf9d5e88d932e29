import type { Codec } from "../index.ts";
import { type SetSessionOptions, toSetSession } from "./set-session.ts";
import { toBeValidSession, type ValidSessionOptions } from "./valid-session.ts";

/** For `expect.extend` of Vitest and Jest. `cookiesess/testing/vitest` and `cookiesess/testing/jest` call it. */
export const cookieMatchers = { toBeValidSession, toSetSession };

/** The same as methods of an assertion. */
export interface CookieMatchers<Result = void> {
  /**
   * Passes when the codec accepts the cookie, in any notation that `codec.verify` takes; with `payload`, when it
   * carries that too.
   *
   * @example
   * expect(cookie).toBeValidSession(codec, { payload: expect.objectContaining({ user: 1 }) });
   */
  toBeValidSession(codec: Codec, options?: ValidSessionOptions): Result;
  /**
   * Passes when the response (of fetch, `node:http`, supertest, inject …, or its `Set-Cookie` lines) sets a session
   * that the codec accepts, with that payload and those attributes.
   *
   * @example
   * expect(response).toSetSession(codec, { payload: { user: 1 }, attributes: { httpOnly: true, sameSite: "Lax" } });
   */
  toSetSession(codec: Codec, options?: SetSessionOptions): Result;
}
