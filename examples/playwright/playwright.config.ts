import { defineConfig } from "@playwright/test";

// Your site's own test settings know it: the tests sign with the secret under which the site verifies.
process.env.SECRET_KEY ??= "the secret of a site that is only tested";

const port = process.env.PORT ?? "8123";
const baseURL = `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: "tests",
  use: {
    baseURL,
    // Undefined: the browser that `npx playwright install` fetched.
    launchOptions: { executablePath: process.env.CHROMIUM },
  },
  webServer: {
    command: `npx cookiesess demo --django --quiet --secret-env SECRET_KEY --port ${port}`,
    url: baseURL,
  },
});
