import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { type Exports, moduleOf, SELDOM, whenCalled } from "./build-seldom.ts";

const OUT = "dist/cli";
const PROGRAM = "program";

/** How all of the command line is bundled. */
export const cliOptions: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minifyWhitespace: true,
  minifySyntax: true,
  // Names are a quarter of a file, and no stack is ever shown.
  minifyIdentifiers: true,
  supported: { "dynamic-import": false },
  define: { "import.meta.filename": "__filename" },
  logLevel: "error",
};

/** What Commander needs of Node's modules: those for subcommands that are programs of their own serve nobody here. */
const COMMANDERS: Readonly<Record<string, string>> = {
  "node:child_process": "module.exports = {}",
  "node:fs": "module.exports = {}",
  "node:path": "module.exports = {}",
  "node:process": "module.exports = process",
};

/**
 * Loads less for Commander: node:child_process alone takes two milliseconds. Its entry also makes a `program`, which
 * nobody uses.
 */
export const quickStart: Plugin = {
  name: "quick-start",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path, importer }) =>
      importer.includes("/commander/") && path in COMMANDERS ? { path, namespace: "commander" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "commander" }, ({ path }) => ({ contents: COMMANDERS[path] ?? "" }));
    onLoad({ filter: /[/\\]commander[/\\]esm\.mjs$/ }, () => ({
      contents: `export { Command } from "./lib/command.js";
        export { Argument } from "./lib/argument.js";
        export { Option } from "./lib/option.js";
        export { CommanderError, InvalidArgumentError } from "./lib/error.js";`,
    }));
  },
};

/** Of package.json the program needs the version. */
const versionAlone: Plugin = {
  name: "version-alone",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]package\.json$/ }, ({ path }) => ({
      contents: JSON.stringify({ version: JSON.parse(readFileSync(path, "utf8")).version }),
      loader: "json",
    }));
  },
};

/** Editors are given UTF-8 and give it back; the tables for every other encoding are half a megabyte. */
const utf8Alone: Plugin = {
  name: "utf8-alone",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(chardet|iconv-lite)$/ }, ({ path }) => ({ path, namespace: "utf8" }));
    onLoad({ filter: /.*/, namespace: "utf8" }, () => ({
      contents: `export const detect = () => "utf8";
        export default { encodingExists: () => true, decode: (bytes) => new TextDecoder().decode(bytes) };`,
    }));
  },
};

/** Leaves what is imported when a command needs it to a file of its own, and tells what that is. */
function later(found: Map<string, string>): Plugin {
  return {
    name: "later",
    setup(building) {
      building.onResolve({ filter: /^[^:]+$/ }, async ({ kind, path, resolveDir, pluginData }) => {
        if (kind !== "dynamic-import" || pluginData === "resolving") return undefined;
        const resolved = await building.resolve(path, { kind, resolveDir, pluginData: "resolving" });
        const name = path.startsWith(".") ? basename(path, ".ts") : basename(path);
        found.set(name, resolved.path);
        return { path: `./${name}.cjs`, external: true };
      });
    },
  };
}

/** Takes modules that the program holds from there, and tells which: they have their classes and state once. */
function shared(modules: ReadonlySet<string>, taken: Set<string>, program: string): Plugin {
  return {
    name: "shared",
    setup(building) {
      building.onResolve({ filter: /^[.#]/ }, async ({ kind, path, resolveDir, pluginData }) => {
        if (path === program) return { path, external: true };
        if (pluginData === "resolving") return undefined;
        const resolved = await building.resolve(path, { kind, resolveDir, pluginData: "resolving" });
        const module = moduleOf(resolved.path);
        return modules.has(module) ? { path: module, namespace: "shared" } : resolved;
      });
      building.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => {
        taken.add(path);
        return {
          contents: `module.exports = { __esModule: true, ...require("${program}").modules()["${path}"]() }`,
          resolveDir: resolve(OUT),
        };
      });
    },
  };
}

function modulesOf({ inputs }: Metafile): readonly string[] {
  return Object.keys(inputs).filter((path) => path.startsWith("src/") && path.endsWith(".ts"));
}

/**
 * Builds the command line: one file that every command starts with, since Node starts that soonest, and one for each
 * part that only some commands need.
 */
export async function buildCli(plugins: readonly Plugin[]): Promise<void> {
  const parts = new Map<string, string>();
  const seldom = Object.values(SELDOM).flat();
  const starting = {
    ...cliOptions,
    plugins: [...plugins, quickStart, versionAlone, later(parts), whenCalled(await exportsOf(seldom))],
  };
  const first = await build({
    ...starting,
    entryPoints: ["src/cli/start.ts"],
    write: false,
    metafile: true,
    outdir: OUT,
  });
  const modules = new Set(modulesOf(first.metafile));
  const taken = new Set<string>();
  const part = (entry: BuildOptions, outfile: string, program = `./${PROGRAM}.cjs`, known = modules) =>
    build({
      ...cliOptions,
      ...entry,
      outfile: `${OUT}/${outfile}.cjs`,
      plugins: [...plugins, utf8Alone, shared(known, taken, program)],
    });
  const present = new Set([...modules].filter((module) => !seldom.includes(module)));
  await Promise.all([
    ...[...parts].map(([name, entry]) => part({ entryPoints: [entry] }, name)),
    part({ entryPoints: ["src/cli/resign/worker.ts"] }, "resign/worker", `../${PROGRAM}.cjs`),
    ...Object.entries(SELDOM).map(([name, entries]) =>
      part({ stdin: { contents: namespaces(entries), resolveDir: "." } }, name, undefined, present),
    ),
  ]);
  await build({
    ...starting,
    stdin: { contents: programOf(await exportsOf([...taken].sort())), resolveDir: "." },
    outfile: `${OUT}/${PROGRAM}.cjs`,
  });
}

async function exportsOf(modules: readonly string[]): Promise<Exports> {
  const { metafile } = await build({ entryPoints: [...modules], outdir: OUT, write: false, metafile: true });
  return new Map(
    Object.values(metafile.outputs).map(({ entryPoint = "", exports }) => [entryPoint, exports] as const),
  );
}

function namespaces(modules: readonly string[]): string {
  return modules.map((path) => `export * as "${path}" from "./${path}";`).join("\n");
}

/** The objects of modules are made for the part that asks: hundreds of properties take a while. */
function programOf(modules: Exports): string {
  const taken = [...modules].map(([path, names], index) => ({
    path,
    names: names.map((name) => [name, `m${index}_${name}`] as const),
  }));
  const imports = taken.map(
    ({ path, names }) => `import { ${names.map((pair) => pair.join(" as ")).join(", ")} } from "./${path}";`,
  );
  const members = taken.map(
    ({ path, names }) => `"${path}": () => ({ ${names.map((pair) => pair.join(": ")).join(", ")} })`,
  );
  return [
    ...imports,
    'export { start } from "./src/cli/start.ts";',
    `export const modules = () => ({ ${members.join(", ")} });`,
  ].join("\n");
}
