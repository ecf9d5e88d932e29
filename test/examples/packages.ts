import { createRequire } from "node:module";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The secret of the demo server and of the recipes' tests. */
export const SECRET_KEY = "the secret of a site that is only tested";

/** Where a package of another folder's `node_modules` is; undefined when it is not installed. */
export function find(folder: string, specifier: string): string | undefined {
  try {
    return createRequire(`${root}${folder}/package.json`).resolve(specifier);
  } catch {
    return undefined;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
