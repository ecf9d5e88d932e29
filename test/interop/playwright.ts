import { createRequire } from "node:module";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Undefined before `npm ci --prefix .ci/tools`. */
export function findPlaywright(): Playwright | undefined {
  try {
    return createRequire(new URL("../../.ci/tools/package.json", import.meta.url))("playwright-core");
  } catch {
    return undefined;
  }
}

/** The part of playwright-core that is used here: the package itself is among the tools of `.ci`, without its types. */
export interface Playwright {
  readonly chromium: {
    launch(options: { executablePath: string; args: readonly string[] }): Promise<Browser>;
  };
}

export interface Browser {
  version(): string;
  newContext(options: object): Promise<Context>;
  close(): Promise<void>;
}

export interface Context {
  newPage(): Promise<Page>;
  cookies(): Promise<readonly { readonly name: string; readonly value: string }[]>;
  addCookies(cookies: readonly object[]): Promise<void>;
  clearCookies(): Promise<void>;
  close(): Promise<void>;
}

export interface Page {
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  on(event: "console", listener: (message: { type(): string; text(): string }) => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  on(event: "requestfailed", listener: (request: { url(): string }) => void): void;
  goto(url: string): Promise<unknown>;
  waitForLoadState(state: "load"): Promise<void>;
  locator(selector: string): Locator;
  getByLabel(text: string, options: { exact: boolean }): Locator;
  getByRole(role: "button" | "link", options: { name: string; exact?: boolean }): Locator;
  /** A text is evaluated as an expression in the page. */
  evaluate(expression: string): Promise<unknown>;
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
}

interface Locator {
  fill(text: string): Promise<void>;
  click(): Promise<void>;
  innerText(): Promise<string>;
  allInnerTexts(): Promise<readonly string[]>;
}
