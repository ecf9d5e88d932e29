import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Packed {
  /** The tarball's path. */
  readonly tarball: string;
  /** The files that it holds. */
  readonly paths: readonly string[];
  /** Bytes of the tarball. */
  readonly size: number;
}

/** Packs the last build as `npm publish` would upload it. */
export function pack(destination: string): Packed {
  const output = npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", destination);
  const [{ filename, files, size }] = JSON.parse(output);
  return {
    tarball: join(destination, filename),
    paths: files.map((file: { path: string }) => file.path),
    size,
  };
}

/** Installs a packed package into an app, without a network. */
export function install(app: string, tarball: string): void {
  writeFileSync(join(app, "package.json"), "{}");
  npm(app, "install", "--offline", "--no-audit", "--no-fund", tarball);
}

function npm(folder: string, ...args: readonly string[]): string {
  return execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
