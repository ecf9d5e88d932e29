import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Every test but the CLI's and the servers' runs twice: over node:crypto and zlib, and over the provider of the web. */
const project = (name: "node" | "web") => ({
  resolve: { alias: { "#platform": source(`src/platform/${name}.ts`), cookiesess: source("src/index.ts") } },
  test: {
    name,
    include: ["test/**/*.test.ts"],
    exclude: ["test/interop/**", ...(name === "web" ? ["test/cli/**", "test/session/adapters/**"] : [])],
    env: { COOKIESESS_TEST_PLATFORM: name },
  },
});

export default defineConfig({ test: { projects: [project("node"), project("web")] } });
