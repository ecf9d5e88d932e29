/** What `check.ts` asks of the package's sessions. Each adapter meets its own framework and no other. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { build } from "esbuild";
import { type Check, copyOf, link, RESOLUTIONS, type Tools } from "./tools.ts";

const ADAPTERS = {
  node: { packages: [], types: ["node"] },
  express: { packages: ["express", "@types/express"], types: ["node"] },
  fastify: { packages: ["fastify"], types: ["node"] },
  hono: { packages: ["hono"], lib: ["ES2022", "DOM", "DOM.Iterable"] },
  web: { packages: [], lib: ["ES2022", "DOM"] },
} as const;

const FRAMEWORKS = ["express", "fastify", "hono"];

export function sessionChecks({ root, app, node, checkTypes }: Tools): Readonly<Record<string, Check>> {
  function siteWith(name: string, packages: readonly string[]): string {
    const site = copyOf(app, name);
    link(site, join(root, "node_modules"), packages);
    return site;
  }

  function roundTrips(script: string): void {
    const site = siteWith(`site-of-${script}`, FRAMEWORKS);
    const each = ["ann", 413];
    deepStrictEqual(JSON.parse(node(site, script)), {
      node: each,
      express: each,
      fastify: each,
      hono: each,
      web: each,
    });
  }

  async function bundle(): Promise<void> {
    const site = siteWith("site-for-browsers", ["hono"]);
    const { metafile } = await build({
      absWorkingDir: site,
      entryPoints: ["session-browser.mjs"],
      outfile: "session-bundle.mjs",
      bundle: true,
      platform: "browser",
      format: "esm",
      metafile: true,
    });
    ok(Object.keys(metafile.inputs).includes("node_modules/cookiesess/dist/platform/web.js"));
    deepStrictEqual(node(site, "session-bundle.mjs"), "ann\n");
  }

  function checkAdapterTypes(name: keyof typeof ADAPTERS): void {
    const { packages, ...environment } = ADAPTERS[name];
    const folder = siteWith(`types-${name}`, ["@types/node", ...packages]);
    for (const [module, moduleResolution] of RESOLUTIONS) {
      checkTypes({ folder, file: `types-${name}.mts`, module, moduleResolution, ...environment });
    }
  }

  return {
    "sessions: import with every framework": () => roundTrips("session.mjs"),
    "sessions: require with every framework": () => roundTrips("session.cjs"),
    "sessions: bundled for browsers, with Hono": bundle,
    ...Object.fromEntries(
      ["session-types.mts", "session-types.cts"].flatMap((file) =>
        RESOLUTIONS.filter(([module]) => file.endsWith(".mts") || module !== "esnext").map(
          ([module, moduleResolution]) => [
            `sessions: ${file} under ${moduleResolution}`,
            () => checkTypes({ folder: app, file, module, moduleResolution }),
          ],
        ),
      ),
    ),
    ...Object.fromEntries(
      (Object.keys(ADAPTERS) as (keyof typeof ADAPTERS)[]).map((name) => [
        `sessions: types with ${name} alone`,
        () => checkAdapterTypes(name),
      ]),
    ),
  };
}
