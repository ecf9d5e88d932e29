import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Demo, startDemo } from "../../src/demo/server.ts";
import { createCodec } from "../../src/index.ts";
import { run as runIn, type World } from "./io.ts";

const SECRET = "a secret of these tests, as long as Django wants its secrets to be";
const NOW = Math.floor(Date.now() / 1000);
const codec = createCodec({ format: "django", secret: SECRET });
const cookie = `sessionid=${codec.sign({ user: "ada" }, { now: NOW - 60 })}`;

const run = (argv: readonly string[], world: World = {}) =>
  runIn(argv, { now: NOW, ...world, env: { SECRET, ...world.env } });

let sound: Demo;
let flawed: Demo;
beforeAll(async () => {
  sound = await startDemo({ secret: SECRET, revocation: false });
  flawed = await startDemo({ secret: SECRET, revocation: false, flaw: "signature-prefix" });
});
afterAll(() => Promise.all([sound.close(), flawed.close()]));

const at = ({ url }: Demo, ...more: readonly string[]) => [
  ...["fuzz", "--url", `${url}/me`, "--cookie", cookie, "--seed", "7", "--max-requests", "300"],
  ...more,
];

describe("a sound server", () => {
  test("has no finding, and the screen says what was done", async () => {
    const { code, stdout, stderr } = await run(at(sound, "--secret-env", "SECRET"));
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^baseline {2}genuine 200, .*nobody 401, .*told apart by the status\s+(· )?seed 7$/m,
    );
    expect(stdout).toMatch(/integrity {2}\d+ ✓/);
    expect(stdout).toContain("✓ no finding · 300 cases in");
    expect(stdout).toMatch(/exit 0$/m);
    expect(code).toBe(0);
  });

  test("without the secret says which attacks that left", async () => {
    const { code, stdout } = await run(at(sound));
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("no secret was given: --secret-env NAME");
  });
});

describe("a flawed server", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cookiesess-fuzz-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("is found out, with a command that shows it again", async () => {
    const { code, stdout } = await run(at(flawed, "--json"));
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ schema: 1, seed: 7, format: "django", cases: 300 });
    const [finding] = report.findings;
    expect(finding).toMatchObject({ code: "accepted-forgery", severity: "critical" });
    const [, header = ""] = /-b '([^']+)'/.exec(finding.command) ?? [];
    const response = await fetch(`${flawed.url}/me`, { headers: { Cookie: header } });
    expect(await response.json()).toMatchObject({ user: "ada" });
    expect((await fetch(`${sound.url}/me`, { headers: { Cookie: header } })).status).toBe(401);
  });

  test("the smallest change is one character, however many the case had changed", async () => {
    const { stdout } = await run(at(flawed, "--json", "--only", "integrity/truncate-signature"));
    const [{ header }] = JSON.parse(stdout).findings;
    expect(header).toBe(cookie.slice(0, -1));
  });

  test("--replay sends that one case again", async () => {
    const first = JSON.parse((await run(at(flawed, "--json", "--only", "integrity/flip-signature"))).stdout);
    const [{ id, note }] = first.findings;
    const { code, stdout } = await run(at(flawed, "--json", "--replay", id));
    expect(JSON.parse(stdout)).toMatchObject({ cases: 1, findings: [{ id, note, count: 1, of: 1 }] });
    expect(code).toBe(1);
  });

  test("--baseline knows what an earlier report found", async () => {
    const { stdout } = await run(at(flawed, "--json"));
    const again = await run(at(flawed, "--baseline", "known.json"), { files: { "known.json": stdout } });
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("known");
    const broken = await run(at(flawed, "--baseline", "known.json"), { files: { "known.json": "{" } });
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain("--baseline known.json:");
  });

  test("--fail-on decides from which severity on it fails", async () => {
    const only = ["--only", "replay", "--logout-url", `${sound.url}/logout`, "--logout-method", "POST"];
    expect((await run(at(sound, ...only))).code).toBe(1);
    expect((await run(at(sound, ...only, "--fail-on", "high"))).code).toBe(0);
  });

  test("writes the reports that are asked for", async () => {
    const path = (name: string) => join(folder, name);
    const files = ["--junit", path("j.xml"), "--sarif", path("s.json"), "--markdown", path("m.md")];
    await run(at(flawed, ...files));
    expect(await readFile(path("j.xml"), "utf8")).toContain('<testsuite name="cookiesess fuzz"');
    expect(JSON.parse(await readFile(path("s.json"), "utf8")).runs[0].results[0].ruleId).toBe(
      "accepted-forgery",
    );
    expect(await readFile(path("m.md"), "utf8")).toContain("accepted-forgery");
    const nowhere = await run(at(flawed, "--junit", path("none/j.xml")));
    expect(nowhere).toMatchObject({ code: 2 });
    expect(nowhere.stderr).toContain("cannot write the report");
  });
});

test("the same seed and cookie give the same requests in the same order", async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.cookie ?? "");
    response.statusCode = request.headers.cookie === cookie ? 200 : 401;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const attack = async (seed: string) => {
    seen.length = 0;
    const url = ["--url", `http://127.0.0.1:${port}/`, "--cookie", cookie, "--secret-env", "SECRET"];
    const { code } = await run([
      "fuzz",
      ...url,
      "--seed",
      seed,
      "--concurrency",
      "1",
      "--max-requests",
      "400",
    ]);
    expect(code).toBe(0);
    return [...seen];
  };
  const first = await attack("1");
  expect(first.length).toBeGreaterThan(400);
  expect(await attack("1")).toEqual(first);
  expect(await attack("2")).not.toEqual(first);
  server.close();
});

describe("--emit", () => {
  test("prints hostile cookies and what each must get", async () => {
    const outcome = await run([
      "fuzz",
      "--format",
      "django",
      "--secret-env",
      "SECRET",
      "--seed",
      "1",
      "--emit",
      "500",
    ]);
    const lines = outcome.json() as unknown as {
      expect: string;
      cookies: { value: string }[] | null;
      attack: string;
    }[];
    expect(lines).toHaveLength(500);
    const refused = lines.filter((line) => line.expect === "refuse" && line.cookies !== null);
    expect(refused.length).toBeGreaterThan(250);
    for (const { cookies } of refused) {
      expect(codec.verify({ value: cookies?.[0]?.value ?? "" }, { now: NOW }).ok).toBe(false);
    }
    expect(/^[ -~\n]*$/.test(outcome.stdout)).toBe(true);
  });
});

describe("--exec", () => {
  test("judges a program by its exit code", async () => {
    const check = `if (!process.argv[1].includes(${JSON.stringify(cookie.slice(-20))})) process.exit(1)`;
    const command = `${process.execPath} -e '${check.replaceAll("'", "'\\''")}' {}`;
    const argv = ["fuzz", "--exec", command, "--cookie", cookie, "--seed", "1", "--max-requests", "40"];
    const { code, stdout } = await run([...argv, "--only", "integrity/edited-payload", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { code: "accepted-forgery", observed: /exit code 0/ },
    ]);
  });
});

describe("what cannot be attacked", () => {
  test.each([
    ["nothing", ["fuzz"], "nothing to attack", "--url URL"],
    ["two things", ["fuzz", "--url", "http://127.0.0.1:1/", "--exec", "x {}"], "exclude each other", ""],
    ["no cookie", ["fuzz", "--url", "http://127.0.0.1:1/"], "no cookie given", "--cookie"],
    [
      "nobody's cookie",
      ["fuzz", "--url", "http://127.0.0.1:1/", "--cookie", "hello"],
      "recognises",
      "--format",
    ],
    ["an unknown attack", ["fuzz", "--format", "django", "--only", "x"], 'no attack "x"', "--list"],
    ["a case without its seed", ["fuzz", "--format", "django", "--replay", "time/altered#1"], "--seed", ""],
    ["no number", ["fuzz", "--format", "django", "--seed", "x"], "--seed takes a whole number", ""],
    [
      "no header",
      ["fuzz", "--url", "http://127.0.0.1:1/", "--cookie", cookie, "--header", "x"],
      "Name: value",
      "",
    ],
    [
      "another machine",
      ["fuzz", "--url", "http://192.0.2.1/", "--cookie", cookie],
      "192.0.2.1",
      "--authorized-host",
    ],
    [
      "a cookie of its own without secret",
      ["fuzz", "--format", "django", "--cookie", cookie],
      "no secret",
      "drawn",
    ],
  ])("%s", async (_, argv, message, hint) => {
    const { code, stdout, stderr } = await run(argv, { terminal: ["stdin"] });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test("a page that answers everybody alike", async () => {
    const { code, stderr } = await run(["fuzz", "--url", `${sound.url}/healthz`, "--cookie", cookie]);
    expect(code).toBe(2);
    expect(stderr).toContain("same answer");
    expect(stderr).toContain("--logged-in");
  });

  test("with a secret that did not sign the cookie", async () => {
    const { code, stderr } = await run(at(sound, "--secret", "another"));
    expect(code).toBe(2);
    expect(stderr).toContain("the secret did not sign the cookie");
    expect(stderr).not.toContain("another");
  });
});

test("--wordlist tries its lines off the network, and tells the line alone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cookiesess-words-"));
  const path = join(folder, "words.txt");
  await writeFile(path, `\u00ffwrong\n\n${SECRET}\n`, "latin1");
  const { code, stdout } = await run(at(sound, "--wordlist", path, "--json"));
  await rm(folder, { recursive: true });
  expect(code).toBe(1);
  expect(JSON.parse(stdout).findings).toMatchObject([{ code: "weak-secret", note: `line 3 of ${path}` }]);
  expect(stdout).not.toContain(SECRET);
});
