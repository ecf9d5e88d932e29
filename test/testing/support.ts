import { expect } from "vitest";
import { createCodec } from "../../src/index.ts";
import { django } from "../cli/fixtures.ts";

/** A login that Django 5.2.18 made. */
export const login = django("login-plain");
export const codec = createCodec({ format: "django", secret: login.secret });
export const stranger = createCodec({ format: "django", secret: "another secret of another site" });
export const payload = JSON.parse(login.payload ?? "") as object;
export const { now } = login;

/** What a failing assertion says, without colours. */
export function failure(assert: () => void): string {
  try {
    assert();
  } catch (error) {
    const { message } = error as Error;
    return message.replaceAll(/\x1b\[\d*m/g, "");
  }
  return expect.fail("the assertion holds");
}
