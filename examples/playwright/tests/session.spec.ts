import { expect } from "@playwright/test";
import { test } from "./logged-in";

const ada = { id: "1", passwordHash: "pbkdf2_sha256$1000000$bGH0TYDfeJcpQmpLBvDyjM$Yp3Nn8e0GcYkCE9lxX5o5Q=" };
const grace = {
  id: "2",
  passwordHash: "pbkdf2_sha256$1000000$VtP5wG8PCzWu0HQnM0y4Xr$5i1Uu7Vw0o8l5FJYv5tq7g=",
};

test.describe("ada", () => {
  test.use({ user: ada });

  test("is logged in", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByText("Logged in as 1.")).toBeVisible();
  });

  test("stays logged in when the site writes her session", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Count", exact: true }).click();
    await expect(page.locator("output")).toHaveText("1");
    await expect(page.getByText("Logged in as 1.")).toBeVisible();
  });

  test("logs out", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await expect(page.getByRole("button", { name: "Log in" })).toBeVisible();
  });
});

test.describe("grace", () => {
  test.use({ user: grace });

  test("is somebody else, for requests too", async ({ request }) => {
    expect(await (await request.get("/me")).json()).toMatchObject({ authenticated: true, user: "2" });
  });
});

test("nobody is logged in without a user", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Log in" })).toBeVisible();
});
