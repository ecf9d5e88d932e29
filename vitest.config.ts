import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const onNodeAlone = [
  "test/cli/**",
  "test/action/**",
  "test/docs/**",
  "test/session/adapters/**",
  "test/fuzz/http/**",
  "test/fuzz/exec-target.test.ts",
];

/** Every test but those of what runs on Node alone runs twice: over node:crypto and zlib, and over the provider of the web. */
const project = (name: "node" | "web") => ({
  resolve: {
    alias: {
      "#platform": source(`src/platform/${name}.ts`),
      "#hashes": source(`src/platform/${name}-hashes.ts`),
      cookiesess: source("src/index.ts"),
    },
  },
  test: {
    name,
    include: ["test/**/*.test.ts"],
    setupFiles: [source(`src/platform/${name}-hashes.ts`)],
    exclude: ["test/interop/**", ...(name === "web" ? onNodeAlone : [])],
    env: { COOKIESESS_TEST_PLATFORM: name },
  },
});

export default defineConfig({ test: { projects: [project("node"), project("web")] } });
