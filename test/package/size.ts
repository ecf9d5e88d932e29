/**
 * What one format costs a browser: `cookiesess/codec` with `cookiesess/formats/<id>`, bundled and minified. Most of it
 * is what being exact takes: Python's JSON, zlib as zlib judges it, pickles as data, and every hash that the framework
 * can be told to use (README.md, "In a browser").
 */
import { ok } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** KiB, minified and then gzipped: what was measured, with a twentieth to spare. */
const BUDGETS = {
  django: { name: "django", minified: 118, gzipped: 45 },
  flask: { name: "flask", minified: 84, gzipped: 33 },
  "cookie-session": { name: "cookieSession", minified: 72, gzipped: 29 },
} as const;

/** `app`: the folder in which the package is installed. */
export function sizeChecks(app: string): Readonly<Record<string, () => Promise<void>>> {
  const check = (id: keyof typeof BUDGETS) => async () => {
    const { name, minified, gzipped } = BUDGETS[id];
    const bytes = await bundle(app, id, name);
    const sizes = [bytes.length, gzipSync(bytes).length].map((size) => size / 1024);
    console.log(`        ${id}: ${sizes.map((size) => size.toFixed(1)).join(" KiB, gzipped ")} KiB`);
    ok(
      (sizes[0] ?? 0) <= minified && (sizes[1] ?? 0) <= gzipped,
      `over ${minified} KiB, gzipped ${gzipped} KiB`,
    );
  };
  return Object.fromEntries(
    (Object.keys(BUDGETS) as (keyof typeof BUDGETS)[]).map((id) => [`size in a browser: ${id}`, check(id)]),
  );
}

async function bundle(app: string, id: string, name: string): Promise<Uint8Array> {
  const contents = `export { createCodec } from "cookiesess/codec"; export { ${name} } from "cookiesess/formats/${id}";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: app },
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
