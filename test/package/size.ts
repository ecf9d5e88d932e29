/**
 * What one format costs a browser: `cookiesess/codec` with `cookiesess/formats/<id>`, bundled and minified, against the
 * table of docs/bundles.md.
 */
import { ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const PAGE = new URL("../../docs/bundles.md", import.meta.url);
const ROW = /^\| `(?<id>[\w-]+)` \| (?<minified>[\d.]+) KiB \| (?<gzipped>[\d.]+) KiB \|$/gm;

/** `app`: the folder in which the package is installed. */
export function sizeChecks(app: string): Readonly<Record<string, () => Promise<void>>> {
  const rows = [...readFileSync(PAGE, "utf8").matchAll(ROW)].map(({ groups = {} }) => groups);
  return Object.fromEntries(
    rows.map(({ id = "", minified, gzipped }) => [
      `size in a browser: ${id}`,
      async () => {
        const bytes = await bundle(app, id);
        const sizes = [bytes.length, gzipSync(bytes).length].map((size) => size / 1024);
        const shown = `${sizes.map((size) => size.toFixed(1)).join(" KiB, gzipped ")} KiB`;
        console.log(`        ${id}: ${shown}`);
        const [plain = 0, packed = 0] = sizes;
        ok(plain <= Number(minified) && packed <= Number(gzipped), `${id} takes ${shown}`);
      },
    ]),
  );
}

async function bundle(app: string, id: string): Promise<Uint8Array> {
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
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
