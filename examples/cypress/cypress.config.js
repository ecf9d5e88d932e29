import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { defineConfig } from "cypress";

/**
 * The cookies of a user who is logged in, for `cy.setCookie`. The secret stays in this process: the browser and the
 * specs never see it.
 */
async function mintLogin({ id, passwordHash }) {
  const login = ["--login", id, "--password-hash", passwordHash, "--with-csrf"];
  const args = ["cookiesess", "sign", "--quiet", ...login, "--secret-env", "SECRET_KEY", "--output", "json"];
  const { stdout } = await promisify(execFile)("npx", args);
  return JSON.parse(stdout).cookies;
}

export default defineConfig({
  e2e: {
    baseUrl: process.env.BASE_URL ?? "http://127.0.0.1:8124",
    setupNodeEvents(on) {
      on("task", { mintLogin });
    },
  },
});
