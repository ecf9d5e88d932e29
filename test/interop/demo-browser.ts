/**
 * Uses the demo server as people do, in Debian's Chromium: with the mouse, with the keyboard alone, on a phone and on
 * a desk, in light and in dark. Needs `chromium` (or CHROMIUM=path) and `npm ci --prefix .ci/tools`.
 *
 *   npx tsx test/interop/demo-browser.ts [folder for screenshots]
 */
import { strict as assert } from "node:assert";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { startDemo } from "../../src/demo/server.ts";
import {
  type Browser,
  CHROMIUM,
  type Context,
  findPlaywright,
  type Page,
  type Playwright,
} from "./playwright.ts";
import { Tally } from "./tally.ts";

const NAME = "demo in Chromium";
const [folder] = process.argv.slice(2);

const PHONE = { width: 390, height: 844 };
const SMALL = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

/** A visitor with a browser profile of their own; what the browser complains of is kept. */
class Visitor {
  readonly context: Context;
  readonly page: Page;
  readonly complaints: string[] = [];
  readonly #url: string;

  private constructor(context: Context, page: Page, url: string) {
    this.context = context;
    this.page = page;
    this.#url = url;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("requestfailed", (request) => this.complaints.push(`failed: ${request.url()}`));
  }

  static async arrive(browser: Browser, url: string, options: object = {}): Promise<Visitor> {
    const context = await browser.newContext({ viewport: DESK, ...options });
    const visitor = new Visitor(context, await context.newPage(), url);
    await visitor.go("/");
    return visitor;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.#url + path);
  }

  async send(field: string, text: string, button: string): Promise<void> {
    await this.page.getByLabel(field, { exact: true }).fill(text);
    await this.press(button);
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole("button", { name: button, exact: true }).click();
    await this.page.waitForLoadState("load");
  }

  async logIn(user: string): Promise<void> {
    await this.send("Name", user, "Log in");
  }

  text(selector = "main"): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: what is seen is what is checked
    return this.page.locator(selector).innerText();
  }

  async cookie(): Promise<string> {
    const [cookie] = await this.context.cookies();
    return cookie?.value ?? "";
  }

  async leave(): Promise<void> {
    assert.deepEqual(this.complaints, []);
    await this.context.close();
  }
}

type Check = (browser: Browser, url: string) => Promise<void>;

const checks: Readonly<Record<string, Check>> = {
  "log in, count, fill the cart, leave a message": async (browser, url) => {
    const ada = await Visitor.arrive(browser, url);
    await ada.logIn("ada <b>");
    assert.match(await ada.text(), /Logged in as ada <b>\./);
    await ada.press("Count");
    await ada.press("Count");
    assert.equal(await ada.text("output"), "2");
    await ada.send("Item", "tea & biscuits", "Add");
    await ada.send("Item", "Käse 🧀", "Add");
    assert.deepEqual((await ada.text(".cart")).split("\n"), ["tea & biscuits", "Käse 🧀"]);
    await ada.send("Text", "only once", "Leave");
    assert.equal(await ada.text(".message"), "only once");
    await ada.go("/");
    assert.doesNotMatch(await ada.text(), /only once/);
    await ada.press("Empty the cart");
    assert.match(await ada.text(), /Nothing in it yet/);
    await ada.press("Log out");
    assert.equal(await ada.cookie(), "");
    assert.match(await ada.text(), /Any name will do/);
    await ada.leave();
  },

  "the cookie's page shows the browser's own cookie, and the line that set it": async (browser, url) => {
    const ada = await Visitor.arrive(browser, url);
    await ada.logIn("ada");
    await ada.page.getByRole("link", { name: "The cookie", exact: true }).click();
    const cookie = await ada.cookie();
    const [shown, line] = await ada.page.locator("p.code").allInnerTexts();
    assert.equal(shown, `sessionid=${cookie}`);
    assert.ok(line?.startsWith(`Set-Cookie: sessionid=${cookie}; `), line);
    const parts = await ada.page
      .locator(".code .payload, .code .timestamp, .code .signature")
      .allInnerTexts();
    assert.equal(parts.join(":"), cookie);
    const colours = await ada.page.evaluate(
      `[".payload", ".timestamp", ".signature"].map((part) => getComputedStyle(document.querySelector(".code " + part)).color)`,
    );
    assert.equal(new Set(colours as string[]).size, 3);
    await ada.leave();
  },

  "a session that is too large is refused, and the one from before stays": async (browser, url) => {
    const ada = await Visitor.arrive(browser, url);
    await ada.logIn("ada");
    await ada.press("Count");
    await ada.send("Fill it with so many random characters", "6000", "Fill");
    assert.match(await ada.text(), /does not fit into a cookie[\s\S]*filling\s+6,002/);
    assert.match(ada.complaints.splice(0).join(), /^[^,]*\b413\b[^,]*$/);
    await ada.page.getByRole("link", { name: "Back to the demo" }).click();
    assert.equal(await ada.text("output"), "1");
    await ada.send("Fill it with so many random characters", "3000", "Fill");
    assert.ok((await ada.cookie()).length > 3000);
    await ada.send("Fill it with so many random characters", "0", "Fill");
    assert.ok((await ada.cookie()).length < 300);
    await ada.leave();
  },

  "log out everywhere reaches a second browser, and a copied cookie": async (browser, url) => {
    const here = await Visitor.arrive(browser, url);
    const there = await Visitor.arrive(browser, url);
    await here.logIn("ada");
    await there.logIn("ada");
    const copies = await there.context.cookies();
    await here.press("Log out everywhere");
    await there.go("/");
    assert.match(await there.text(), /was not accepted[\s\S]*Any name will do/);
    await there.context.clearCookies();
    await there.context.addCookies(copies);
    await there.go("/cookie");
    assert.match(await there.text(".verdict"), /^Refused: it is genuine, but its session has ended/);
    await here.leave();
    await there.leave();
  },

  "everything can be done with the keyboard, and one sees where one is": async (browser, url) => {
    const ada = await Visitor.arrive(browser, url);
    await tabTo(ada, "user");
    await ada.page.keyboard.type("ada");
    await ada.page.keyboard.press("Enter");
    await ada.page.waitForLoadState("load");
    assert.match(await ada.text(), /Logged in as ada/);
    const stops = await tabStops(ada);
    assert.equal(stops.filter(({ outlined }) => !outlined).length, 0, JSON.stringify(stops));
    const named = stops.map(({ name }) => name);
    for (const name of ["Log out", "Log out everywhere", "Count", "Add", "Leave", "Fill", "Take it apart"]) {
      assert.ok(named.includes(name), `${name} is not among ${named.join(", ")}`);
    }
    await ada.leave();
  },

  "every input has a label": async (browser, url) => {
    const ada = await Visitor.arrive(browser, url);
    assert.equal(
      await ada.page.evaluate(
        `[...document.querySelectorAll("input")].every((input) => input.labels.length > 0)`,
      ),
      true,
    );
    await ada.leave();
  },

  "a flaw is announced on every page": async (browser) => {
    const broken = await startDemo({ flaw: "no-signature-check" });
    const ada = await Visitor.arrive(browser, broken.url);
    for (const path of ["/", "/cookie"]) {
      await ada.go(path);
      assert.match(await ada.text(".flaw"), /no-signature-check/);
    }
    await ada.go("/");
    await shoot(ada, "flaw");
    await ada.leave();
    await broken.close();
  },
};

async function tabTo(visitor: Visitor, id: string): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    await visitor.page.keyboard.press("Tab");
    if ((await visitor.page.evaluate("document.activeElement.id")) === id) return;
  }
  assert.fail(`#${id} is not reached`);
}

interface Stop {
  readonly name: string;
  readonly outlined: boolean;
}

/** Where the Tab key leads, until it leaves the page. */
async function tabStops({ page }: Visitor): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(`(() => {
      const { activeElement } = document;
      if (activeElement === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
      return {
        name: activeElement.textContent || activeElement.name || "",
        outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      };
    })()`);
    if (stop === null) return stops;
    stops.push(stop as Stop);
  }
  assert.fail("the Tab key never leaves the page");
}

async function shoot({ page }: Visitor, name: string): Promise<void> {
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Elements with text of their own whose contrast is below WCAG's AA. */
const FAINT = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  const faint = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!own(element) && element.tagName !== "INPUT") continue;
    const style = getComputedStyle(element);
    const [low, high] = [luminance(channels(style.color)), luminance(ground(element))].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) faint.push(element.tagName + "." + element.className + " " + ratio.toFixed(2));
  }
  return faint;
})()`;

/** Each page as it looks on a screen: nothing sticks out, and everything can be read. */
function looks(size: typeof DESK, colorScheme: "light" | "dark"): Check {
  return async (browser, url) => {
    const name = `${size.width}-${colorScheme}`;
    const ada = await Visitor.arrive(browser, url, { viewport: size, colorScheme });
    const look = async (page: string) => {
      const wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assert.equal(await ada.page.evaluate(wider), 0, `${page} scrolls sideways`);
      assert.deepEqual(await ada.page.evaluate(FAINT), [], page);
      await shoot(ada, `${page}-${name}`);
    };
    await look("anonymous");
    await ada.go("/cookie");
    await look("no-cookie");
    await ada.go("/");
    await ada.logIn("a-name-of-30-characters-in-all");
    for (const item of ["tea", "w".repeat(120)]) await ada.send("Item", item, "Add");
    await ada.press("Count");
    await ada.send("Text", "This message is shown once.", "Leave");
    await look("home");
    await ada.go("/cookie");
    await look("cookie");
    await ada.go("/");
    await ada.send("Fill it with so many random characters", "5000", "Fill");
    await look("too-large");
    ada.complaints.length = 0;
    await ada.leave();
  };
}

async function run(playwright: Playwright, tally: Tally): Promise<void> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const browser = await playwright.chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const demo = await startDemo();
  const sights = [PHONE, SMALL, DESK].flatMap((size) =>
    (["light", "dark"] as const).map((scheme): [string, Check] => [
      `${size.width} pixels wide, ${scheme}`,
      looks(size, scheme),
    ]),
  );
  for (const [name, check] of [...Object.entries(checks), ...sights]) {
    const fault: unknown = await check(browser, demo.url).then(
      () => undefined,
      (error: unknown) => error,
    );
    tally.check(fault === undefined, `${name}: ${String(fault)}`);
  }
  await browser.close();
  await demo.close();
}

const tally = new Tally();
const playwright = findPlaywright();
if (playwright === undefined) tally.skip(NAME, "playwright-core is not installed: npm ci --prefix .ci/tools");
else if (!existsSync(CHROMIUM)) tally.skip(NAME, `there is no ${CHROMIUM}`);
else await run(playwright, tally);
process.exitCode = tally.report(NAME);
