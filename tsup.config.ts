import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

let cleaned = false;

/** Empties dist once, before the first of several builds writes to it. */
const clean: Plugin = {
  name: "clean",
  setup() {
    if (!cleaned) rmSync("dist", { recursive: true, force: true });
    cleaned = true;
  },
};

const bundled = new Set<string>();

/** Ships the licences of the packages whose code goes into the bundles. */
const notices: Plugin = {
  name: "notices",
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      for (const input of Object.keys(metafile?.inputs ?? {})) {
        const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
        if (folder !== undefined) bundled.add(folder);
      }
      mkdirSync("dist", { recursive: true });
      writeFileSync("dist/THIRD-PARTY-NOTICES.txt", [...bundled].sort().map(notice).join("\n"));
    });
  },
};

function notice(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} is bundled and has no licence file`);
  return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
}

const common: Options = {
  target: "node20",
  splitting: true,
  silent: true,
  esbuildPlugins: [clean, notices],
};

/**
 * The library leaves `#platform` to `imports` in package.json, which picks a provider at run time. The CLI is
 * CommonJS because Node starts that sooner than a module: by some 9 of 30 ms, over an empty program.
 */
export default defineConfig([
  {
    ...common,
    entry: ["src/index.ts", "src/codec.ts", "src/formats/*.ts", "!src/formats/index.ts"],
    format: ["esm", "cjs"],
    external: ["#platform"],
    dts: true,
  },
  {
    ...common,
    entry: ["src/platform/node.ts"],
    outDir: "dist/platform",
    format: ["esm", "cjs"],
  },
  {
    ...common,
    entry: ["src/platform/web.ts"],
    outDir: "dist/platform",
    format: ["esm", "cjs"],
    platform: "browser",
    noExternal: [/./],
  },
  {
    ...common,
    entry: ["src/cli/bin.ts"],
    outDir: "dist/cli",
    format: ["cjs"],
    platform: "node",
    noExternal: [/./],
  },
]);
