import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Modules of functions alone that a usual `decode` does not call, by the file that the first call of one loads: a
 * start takes as long as what it loads is large.
 */
export const SELDOM: Readonly<Record<string, readonly string[]>> = {
  dates: ["src/core/cookie-date.ts", "src/encoding/http-date.ts"],
  django: ["src/formats/django/auth.ts", "src/formats/django/messages.ts", "src/formats/django/move.ts"],
  flags: [
    "src/cli/demo-flags.ts",
    "src/cli/fuzz/flags.ts",
    "src/cli/minting-flags.ts",
    "src/cli/new-options.ts",
    "src/cli/rotation/flags.ts",
  ],
  help: ["src/cli/examples.ts"],
  inputs: [
    "src/cli/har.ts",
    "src/cli/joined-lines.ts",
    "src/cli/lines.ts",
    "src/core/devtools.ts",
    "src/core/har.ts",
    "src/core/netscape.ts",
    "src/core/shell-words.ts",
  ],
  "lossless-json": ["src/encoding/json-reader.ts"],
  pickles: ["src/encoding/pickle.ts"],
  refusals: [
    "src/cli/meant.ts",
    "src/cli/similar.ts",
    "src/formats/cookie-session/advice.ts",
    "src/formats/django/variations.ts",
    "src/formats/flask/advice.ts",
  ],
};

/** As esbuild names it: "src/cli/har.ts", on every system. */
export const moduleOf = (path: string) => relative(".", path).replaceAll("\\", "/");

export type Exports = ReadonlyMap<string, readonly string[]>;

/** Puts functions in the place of seldom modules that load them when they are called. */
export function whenCalled(exportsOfSeldom: Exports): Plugin {
  const fileOf = new Map(
    Object.entries(SELDOM).flatMap(([file, modules]) => modules.map((module) => [module, file] as const)),
  );
  return {
    name: "when-called",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/[\w-]+\.cjs$/ }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => {
        const module = moduleOf(path);
        const file = fileOf.get(module);
        if (file === undefined) return undefined;
        const load = `require("./${file}.cjs")["${module}"]`;
        const source = readFileSync(path, "utf8");
        const stubs = exportsOfSeldom.get(module)?.map((name) => {
          if (!new RegExp(`^export (?:async )?function\\*? ${name}\\b`, "m").test(source))
            throw new Error(`${module}: ${name} is no function`);
          return `export function ${name}(...given) { return ${load}.${name}(...given); }`;
        });
        return { contents: stubs?.join("\n") ?? "" };
      });
    },
  };
}
