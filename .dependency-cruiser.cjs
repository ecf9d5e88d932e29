/** Core's shared vocabulary: what every layer may import. */
const SHARED = "core/(result|failure|cookie|format|guide|flags|limits|duration|secret-settings)\\.ts$";

/** Adapters for servers that run on Node alone. */
const SERVERS = "session/(node|node-response|response-layer|express|fastify)\\.ts$";

/** What registers the matchers with a test runner. */
const RUNNERS = "testing/(vitest|jest)\\.ts$";

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** Files under `from` import nothing of src but `allowed` and the shared vocabulary. */
const layer = (name, from, allowed) =>
  forbid(
    name,
    `${name} imports down only; see ARCHITECTURE.md`,
    { path: `^src/${from}` },
    { path: "^src/", pathNot: `^src/(${allowed}|${SHARED})` },
  );

module.exports = {
  forbidden: [
    layer("platform", "platform/", "platform/"),
    layer("encoding", "encoding/", "encoding/|platform/"),
    layer("schemes", "schemes/", "schemes/|encoding/|platform/"),
    layer("formats", "formats/", "formats/|schemes/|encoding/|platform/"),
    layer("core", "core/", "core/|encoding/|platform/"),
    layer("codec", "codec\\.ts$", "core/|encoding/|platform/"),
    layer("hashes", "hashes\\.ts$", "platform/"),
    layer(
      "session",
      "session/",
      "session/|codec\\.ts$|formats/django(/era)?\\.ts$|core/|encoding/|platform/",
    ),
    layer("fuzz", "fuzz/", "fuzz/|codec\\.ts$|formats/index\\.ts$|core/|encoding/|platform/"),
    layer("demo", "demo/", "demo/|session/|index\\.ts$|formats/index\\.ts$"),
    layer("testing", "testing/", "testing/|fuzz/|index\\.ts$|core/set-cookie\\.ts$|core/pasted\\.ts$"),
    layer(
      "index",
      "index\\.ts$",
      "codec\\.ts$|formats/index\\.ts$|core/|encoding/|platform/node-hashes\\.ts$",
    ),
    forbid(
      "formats-apart",
      "a format never imports another one; what they share belongs in src/schemes",
      { path: "^src/formats/([^/.]+)(\\.ts$|/)", pathNot: "^src/formats/index\\.ts$" },
      { path: "^src/formats/", pathNot: "^src/formats/$1(\\.ts$|/)" },
    ),
    forbid(
      "cli-knows-no-format",
      "the CLI reaches formats through the registry",
      { path: "^src/cli/" },
      { path: "^src/(formats|schemes)/", pathNot: "^src/formats/index\\.ts$" },
    ),
    forbid(
      "session-apart",
      "servers' sessions are entries of their own",
      { path: "^src/(?!session/|demo/|cli/commands/demo\\.ts$)" },
      { path: "^src/session/" },
    ),
    forbid(
      "demo-apart",
      "only the CLI knows the demo",
      { path: "^src/(?!demo/|cli/)" },
      { path: "^src/demo/" },
    ),
    forbid(
      "frameworks-apart",
      "an adapter knows its own framework alone",
      { path: "^src/session/(.+)\\.ts$" },
      { path: "node_modules/(express|connect|fastify|hono|next)/", pathNot: "node_modules/$1/" },
    ),
    forbid("testing-apart", "only tests import it", { path: "^src/(?!testing/)" }, { path: "^src/testing/" }),
    forbid(
      "runners-apart",
      "a registration knows its own test runner alone",
      { path: "^src/", pathNot: `^src/${RUNNERS}` },
      { path: "node_modules/(vitest|@vitest|@jest)/" },
    ),
    forbid("cli-on-top", "nothing imports the CLI", { path: "^src/(?!cli/)" }, { path: "^src/cli/" }),
    forbid(
      "node-built-ins",
      "the library runs outside Node too",
      {
        path: `^src/(?!cli/|demo/|platform/node|secrets/files/|fuzz/(bomb\\.ts$|(http|exec)[/-])|${SERVERS})`,
      },
      { dependencyTypes: ["core"] },
    ),
    forbid(
      "packages",
      "only the web's platform, adapters for servers and test runners, the fuzzer's random numbers and the CLI use packages",
      {
        path: `^src/(?!cli/|platform/web[a-z-]*\\.ts$|secrets/yaml-|session/hono.ts$|fuzz/random.ts$|${RUNNERS}|${SERVERS})`,
      },
      { path: "node_modules" },
    ),
    forbid(
      "packages-of-the-cli",
      "a browser's bundle holds none of these",
      { path: "^src/(?!cli/)" },
      { path: "node_modules/(chalk|commander|@inquirer)/" },
    ),
    forbid("cycles", "no file depends on itself", {}, { circular: true }),
    forbid("unresolvable", "every import leads somewhere", {}, { couldNotResolve: true, pathNot: "/dist/" }),
  ],
  options: {
    doNotFollow: { path: "node_modules|^dist/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
