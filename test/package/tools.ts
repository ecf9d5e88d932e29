import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

export type Check = () => void | Promise<void>;

export interface TypeCheck {
  readonly folder: string;
  readonly file: string;
  readonly module: string;
  readonly moduleResolution: string;
  readonly lib?: readonly string[];
  readonly types?: readonly string[];
}

export interface Tools {
  /** The checkout, which has the frameworks. */
  readonly root: string;
  /** Where the package is installed, beside the consumers. */
  readonly app: string;
  node(folder: string, script: string, ...args: readonly string[]): string;
  checkTypes(check: TypeCheck): void;
}

export const RESOLUTIONS = [
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
] as const;

/** A copy of the app, beside which other packages can be installed too. */
export function copyOf(app: string, name: string): string {
  const site = join(dirname(app), name);
  cpSync(app, site, { recursive: true });
  return site;
}

/** Installs packages of another `node_modules` into a site; `as` is where one of them goes by another name. */
export function link(site: string, from: string, packages: readonly string[], as?: string): void {
  for (const name of packages) {
    const target = join(site, "node_modules", as ?? name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(from, name), target);
  }
}
