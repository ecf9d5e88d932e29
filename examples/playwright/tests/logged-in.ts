import { execFileSync } from "node:child_process";
import { test as base } from "@playwright/test";

export interface User {
  /** The primary key. */
  readonly id: string;
  /** The password column, as it stands in the database. */
  readonly passwordHash: string;
}

/** `test.use({ user })`: the browser is logged in as this user, and the login page was never opened. */
export const test = base.extend<{ user: User | undefined }>({
  user: [undefined, { option: true }],
  storageState: async ({ user, baseURL }, use) => {
    await use(user && mint(user, baseURL ?? ""));
  },
});

function mint({ id, passwordHash }: User, url: string) {
  const login = ["--login", id, "--password-hash", passwordHash, "--with-csrf"];
  const output = ["--output", "playwright", "--url", url, "--expires-in", "1h"];
  const args = ["cookiesess", "sign", "--quiet", ...login, "--secret-env", "SECRET_KEY", ...output];
  return JSON.parse(execFileSync("npx", args, { encoding: "utf8" }));
}
