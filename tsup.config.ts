import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Plugin, transform } from "esbuild";
import { defineConfig, type Options } from "tsup";
import { buildCli } from "./build-cli.ts";

type TsupPlugin = NonNullable<Options["plugins"]>[number];

const TARGET = "node20";

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

/**
 * Writes every module as CommonJS too, chunk by chunk: entries share classes and state as the modules do. tsup's own
 * splitting of CommonJS wraps each `?.` and `??` into a closure.
 */
const commonJs: TsupPlugin = {
  name: "commonjs",
  async buildEnd({ writtenFiles }) {
    for (const { name } of writtenFiles) {
      const { code } = await transform(readFileSync(name, "utf8"), {
        format: "cjs",
        target: TARGET,
        supported: { "dynamic-import": false },
      });
      writeFileSync(
        name.replace(/\.js$/, ".cjs"),
        code.replaceAll(/require\("(\.[^"]+)\.js"\)/g, 'require("$1.cjs")'),
      );
    }
  },
};

/** on-headers loads `http` to look at a prototype: as a module's import that works in every format. */
const httpAsModule: Plugin = {
  name: "http-as-module",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^http$/ }, () => ({ path: "http", namespace: "module" }));
    onLoad({ filter: /.*/, namespace: "module" }, () => ({
      contents: 'export { ServerResponse } from "node:http"',
    }));
  },
};

const common: Options = {
  target: TARGET,
  format: ["esm"],
  splitting: true,
  silent: true,
  removeNodeProtocol: false,
  esbuildPlugins: [clean, notices],
  plugins: [commonJs],
};
const library = [
  "src/index.ts",
  "src/codec.ts",
  "src/hashes.ts",
  "src/formats/*.ts",
  "!src/formats/index.ts",
  "src/fuzz/index.ts",
  "src/session/{index,node,express,fastify,hono,web}.ts",
  "src/testing/{index,vitest,jest}.ts",
];

/**
 * The library leaves `#platform` to `imports` in package.json, which picks a provider at run time. The CLI is
 * CommonJS alone because Node starts that sooner.
 */
export default defineConfig([
  {
    ...common,
    entry: library,
    external: ["#platform", "#hashes"],
    esbuildPlugins: [clean, notices, httpAsModule],
  },
  { entry: library, format: ["esm", "cjs"], silent: true, dts: { only: true } },
  {
    ...common,
    entry: ["src/platform/{node,node-hashes}.ts"],
    outDir: "dist/platform",
    async onSuccess() {
      await buildCli([notices]);
      // A process of its own: only now can the sources find #platform.
      execFileSync(process.execPath, ["--import", "tsx", "build-man.ts"], { stdio: "inherit" });
    },
  },
  {
    ...common,
    // Files of their own, so that a bundle which never compresses goes without them.
    entry: ["src/platform/{web,web-hashes,web-deflate,inflate}.ts"],
    outDir: "dist/platform",
    platform: "browser",
    noExternal: [/./],
  },
]);
