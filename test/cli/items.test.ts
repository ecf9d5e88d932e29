import { describe, expect, test } from "vitest";
import { cookieSession, django, flask } from "./fixtures.ts";
import { run, systemError } from "./io.ts";

const cart = django("session-cart");
const world = { now: cart.now, env: { KEY: cart.secret } };
const percent = encodeURIComponent(cart.value);

const verified = async (argv: readonly string[], more: object = {}) =>
  run(["verify", ...argv, "--secret-env", "KEY", "--json"], { ...world, ...more });

/** Each means the same cookie, as an argument or as a line of standard input. */
const notations: readonly (readonly [string, string])[] = [
  ["the bare value", cart.value],
  ["white space around it", ` \t${cart.value}  `],
  ["name=value", `sessionid=${cart.value}`],
  ["double quotes", `"${cart.value}"`],
  ["single quotes", `'${cart.value}'`],
  ["quotes around name=value", `'sessionid=${cart.value}'`],
  ["quotes around the value", `sessionid="${cart.value}"`],
  ["percent-encoded", percent],
  ["percent-encoded, with its name", `sessionid=${percent}`],
  ["a Cookie: header", `Cookie: sessionid=${cart.value}`],
  ["a lower-case header among other cookies", `cookie: a=1; sessionid=${cart.value}; b="2"`],
  ["the same without the header's name", `csrftoken=abc; sessionid=${cart.value}`],
  ["an old client's header", `Cookie: $Version=1; sessionid="${cart.value}"; $Path="/"`],
  [
    "a Set-Cookie: line",
    `Set-Cookie: sessionid=${cart.value}; expires=Fri, 21 Jun 2024 16:29:37 GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax`,
  ],
  ["the same without the header's name", `sessionid=${cart.value}; Path=/; HttpOnly`],
  ["curl -b", `curl -b 'sessionid=${cart.value}' https://example.org/`],
  ["curl --cookie", `curl 'https://example.org/' --cookie "sessionid=${cart.value}; a=1" -s`],
  ["curl -H", `curl https://example.org -H 'Accept: */*' -H 'Cookie: sessionid=${cart.value}'`],
  ["curl -v's own log", `> Cookie: sessionid=${cart.value}`],
  ["a jar's line", `example.org\tFALSE\t/\tFALSE\t0\tsessionid\t${cart.value}`],
  ["a jar's HttpOnly line", `#HttpOnly_.example.org\tTRUE\t/\tTRUE\t1719000000\tsessionid\t${cart.value}`],
  ["a row of Chrome's table", `sessionid\t${cart.value}\tlocalhost\t/\tSession\t134\t✓\t\tLax`],
  ["a line of Firefox's inspector", `sessionid:"${cart.value}"`],
  ["a header of a JavaScript object", `    "cookie": "theme=dark; sessionid=${cart.value}",`],
  ["a header of a Python dictionary", `'Cookie': 'sessionid=${cart.value}',`],
  ["wget --header", `wget -b --header='Cookie: sessionid=${cart.value}' https://example.org/`],
  ["name = value", `sessionid = ${cart.value}`],
  ["JSON by names", `{"theme":"dark","sessionid":"${cart.value}"}`],
  ["a browser's JSON", `[{"name":"sessionid","value":${JSON.stringify(cart.value)},"domain":"x"}]`],
];

describe("every way to paste", () => {
  test.each(notations)("%s", async (_, text) => {
    for (const outcome of [await verified([text]), await verified([], { stdin: `${text}\r\n` })]) {
      expect(outcome.code, outcome.stdout).toBe(0);
      expect(outcome.json()).toMatchObject([{ valid: true, payload: JSON.parse(cart.payload ?? "") }]);
    }
  });

  test("what was peeled off is named", async () => {
    const peeled = async (text: string) => (await run(["decode", "--json", text], world)).json()[0]?.peeled;
    expect(await peeled(cart.value)).toEqual([]);
    expect(await peeled(`Cookie: sessionid="${percent}"`)).toEqual([
      "cookie-header",
      "quotes",
      "percent-encoding",
    ]);
    expect((await run(["decode", `'sessionid=${percent}'`], world)).stdout).toMatch(
      /peeled +quotes, percent-encoding\n/,
    );
  });

  test.each([
    ["double quotes", `"${cart.value}"`, ["quotes"]],
    ["single quotes", `'${cart.value}'`, ["quotes"]],
    ["a comma", `${cart.value},`, ["stray-characters"]],
    ["one quote in a header", `Cookie: sessionid="${cart.value}`, ["cookie-header", "stray-characters"]],
    ["percent-encoding", percent, ["percent-encoding"]],
  ])("decode reads a value in %s as the bare one", async (_, text, peeled) => {
    const decoded = async (item: string) => (await run(["decode", "--json", item], world)).json()[0] ?? {};
    const { size: _size, name: _name, ...bare } = await decoded(cart.value);
    expect(bare).toMatchObject({ signature: { algorithm: "sha256" } });
    expect(await decoded(text)).toMatchObject({ ...bare, peeled });
  });

  test("sign --from starts from the likeliest reading too", async () => {
    const argv = ["--keep-timestamp", "--secret-env", "KEY"];
    const minted = await run(["sign", "--from", `"${cart.value}",`, ...argv], world);
    expect(minted.stdout).toBe(`${cart.value}\n`);
  });

  /** Text, layers, and whether the framework itself, asked with that header, would take the cookie. */
  test.each([
    ["a Cookie: header", `Cookie: sessionid=${cart.value}`, ["cookie-header"], true],
    ["quotes of the header itself", `Cookie: sessionid="${cart.value}"`, ["cookie-header", "quotes"], true],
    ["a shell's quotes", `'${cart.value}'`, ["quotes"], true],
    ["a shell's quotes around name=value", `'sessionid=${cart.value}'`, ["quotes", "name"], true],
    ["a broken line", `sessionid=${cart.value.replace(":", ":\n")}`, ["name", "line-breaks"], true],
    ["a comma", `Cookie: sessionid=${cart.value},`, ["cookie-header", "stray-characters"], false],
    ["one quote", `Cookie: sessionid="${cart.value}; a=1`, ["cookie-header", "stray-characters"], false],
    ["a backtick", `sessionid=${cart.value}\``, ["name", "stray-characters"], false],
    ["quotes of another kind", `Cookie: sessionid='${cart.value}'`, ["cookie-header", "quotes"], false],
    ["percent-encoding", `Cookie: sessionid=${percent}`, ["cookie-header", "percent-encoding"], false],
    ["percent-encoding without a name", percent, ["percent-encoding"], false],
  ])("verify names %s, and says whether a server peels it off", async (_, text, peeled, served) => {
    const json = await verified([text]);
    expect(json.code).toBe(0);
    expect(json.json()[0]?.peeled).toEqual(peeled);
    expect(json.json()[0]?.warnings).toEqual(
      served ? undefined : [expect.objectContaining({ code: "refused-as-it-stands" })],
    );
    const { stdout } = await run(["verify", text, "--secret-env", "KEY"], world);
    expect(stdout).toContain(`peeled: ${peeled.filter((layer) => layer !== "name").join(", ")}`);
    expect(stdout.includes("! Sent as it stands here it is refused")).toBe(!served);
  });

  test("Flask's own parser takes the quotes off, and cookie-session's too", async () => {
    const plain = flask("minted-plain");
    const { header, secret } = cookieSession("unicode");
    const pair = header.replace(/^session=([^;]+)/, 'session="$1"');
    for (const [text, key] of [
      [`Cookie: session="${plain.value}"`, plain.secret] as const,
      [pair, secret] as const,
    ]) {
      const outcome = await run(["verify", text, "--secret", key, "--json", "--max-age", "none"]);
      expect(outcome.json()).toMatchObject([{ valid: true, peeled: ["cookie-header", "quotes"] }]);
      expect(outcome.stdout).not.toContain("warnings");
    }
  });

  test("cookie-session's signature is found beside it", async () => {
    const { header, secret } = cookieSession("unicode");
    for (const text of [header, `Cookie: a=1; ${header}`, `curl -b '${header}; a=1' x`]) {
      const outcome = await run(["verify", text, "--secret", secret, "--json"]);
      expect(outcome.json()).toMatchObject([{ valid: true, format: "cookie-session", name: "session" }]);
    }
  });

  test("a line of a command over several lines", async () => {
    const outcome = await verified([], { stdin: `  -H 'Cookie: sessionid=${cart.value}' \\\n` });
    expect(outcome.json()).toMatchObject([{ valid: true }]);
  });

  test("--raw takes a value exactly", async () => {
    expect((await verified(["--raw", cart.value])).code).toBe(0);
    for (const text of [`"${cart.value}"`, ` ${cart.value}`, percent, `sessionid=${cart.value}`])
      expect((await verified(["--raw", "--format", "django", text])).code).toBe(1);
  });

  test("--name picks one of several, and names a bare value", async () => {
    const other = django("session-empty");
    const header = `Cookie: sessionid=${cart.value}; other=${other.value}`;
    expect((await verified(["--name", "other", "--max-age", "none", header])).json()).toMatchObject([
      { name: "other", payload: {} },
    ]);
    expect((await verified(["--name", "mine", cart.value])).json()).toMatchObject([{ name: "mine" }]);
  });
});

describe("a HAR file", () => {
  const entry = (header: string) => ({
    request: { headers: [{ name: "Cookie", value: header }] },
    response: { headers: [] },
  });
  const har = (...headers: readonly string[]) => JSON.stringify({ log: { entries: headers.map(entry) } });
  const other = django("session-empty");

  test("every session cookie in it, each once", async () => {
    const files = {
      "x.har": har(
        `a=1; sessionid=${cart.value}`,
        `sessionid=${cart.value}`,
        `sessionid=${other.value}; b=2`,
      ),
    };
    const outcome = await run(["decode", "--har", "x.har", "--json"], { ...world, files });
    expect(outcome.json().map(({ payload }) => payload)).toEqual([JSON.parse(cart.payload ?? ""), {}]);
  });

  test("with a byte order mark, and with a pair of cookies", async () => {
    const { header, secret } = cookieSession("object");
    const files = { "x.har": `\ufeff${har(header)}` };
    expect((await run(["verify", "--har", "x.har", "--secret", secret, "-q"], { files })).code).toBe(0);
  });

  test("and arguments beside it", async () => {
    const files = { "x.har": har(`sessionid=${other.value}`) };
    const outcome = await run(["decode", "--har", "x.har", cart.value, "--json"], { ...world, files });
    expect(outcome.json()).toHaveLength(2);
  });

  test.each([
    ["that is missing", {}, "no such file"],
    ["that may not be read", { "x.har": systemError("EACCES") }, "permission denied"],
    ["that is no JSON", { "x.har": "not JSON" }, "is not a HAR file"],
    ["without cookies", { "x.har": har() }, "holds no cookies"],
  ])("%s ends with 2", async (_, files, message) => {
    const outcome = await run(["decode", "--har", "x.har"], { files });
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.stderr).toContain(message);
  });
});

describe("standard input that is a HAR file", () => {
  const entries = (...headers: readonly string[]) =>
    headers.map((value) => ({ request: { headers: [{ name: "Cookie", value }] }, response: {} }));
  const log = {
    version: "1.2",
    entries: entries(`a=1; sessionid=${cart.value}`, `sessionid=${cart.value}`),
  };
  const utf8 = (text: string) => new TextEncoder().encode(text);
  function* bytewise(text: string) {
    for (const byte of utf8(text)) yield Uint8Array.of(byte);
  }

  test.each([
    ["minified", JSON.stringify({ log })],
    ["indented, as browsers write it", JSON.stringify({ log }, null, 2)],
    ["with a byte order mark and blank lines", `\ufeff\r\n\n${JSON.stringify({ log }, null, "\t")}\r\n`],
    [
      "larger than any other item may be",
      JSON.stringify({ log: { ...log, comment: "x".repeat(5_000_000) } }),
    ],
  ])("%s: every session cookie of it, each once", async (_, stdin) => {
    const decoded = await run(["decode", "--json"], { ...world, stdin });
    expect(decoded).toMatchObject({ code: 0, stderr: "" });
    expect(decoded.json()).toMatchObject([{ payload: JSON.parse(cart.payload ?? ""), peeled: ["har"] }]);
    expect(await verified(["-"], { stdin })).toMatchObject({ code: 0 });
  });

  test("however it is cut on its way", async () => {
    const outcome = await verified([], { stdin: bytewise(JSON.stringify({ log }, null, 2)) });
    expect(outcome.json()).toMatchObject([{ valid: true, name: "sessionid" }]);
  });

  test.each([
    ["cut off", JSON.stringify({ log }).slice(0, -9), "standard input is not a HAR file: "],
    ["without entries", '{"log": {}}', "standard input is not a HAR file: "],
    ["without cookies", '{"log": {"entries": []}}', "standard input holds no cookies"],
  ])("%s ends with 2", async (_, stdin, message) => {
    const outcome = await verified([], { stdin });
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
  });

  test("what only begins alike is read line by line, and so is all with --raw", async () => {
    const stdin = `{"log": "${cart.value}"}\n\n${cart.value}\n`;
    expect((await verified([], { stdin })).json()).toMatchObject([
      { valid: true, name: "log" },
      { valid: true, peeled: [] },
    ]);
    const raw = await verified(["--raw"], { stdin: `{"log":{}}\n${cart.value}\n` });
    expect(raw.json().map(({ valid }) => valid)).toEqual([false, true]);
  });

  test("a line is not waited with until there are more", async () => {
    let asked = 0;
    async function* input() {
      for (const line of [`${cart.value}\n`, "{\n", '"sessionid"\n', `: "${cart.value}"}\n`]) {
        asked++;
        yield utf8(line);
      }
    }
    const seen: number[] = [];
    const outcome = await verified([], { stdin: input(), onWrite: () => seen.push(asked) });
    expect(outcome.json().map(({ valid }) => valid)).toContain(true);
    expect(seen[0]).toBe(1);
  });
});

describe("several items", () => {
  test("arguments in their order, each with its own verdict", async () => {
    const outcome = await verified([cart.value, "nonsense", cart.value]);
    expect(outcome.json().map(({ valid }) => valid)).toEqual([true, false, true]);
    expect(outcome.code).toBe(1);
  });

  test("- is standard input, after the arguments", async () => {
    const outcome = await verified(["-", cart.value], { stdin: "nonsense\n" });
    expect(outcome.json().map(({ valid }) => valid)).toEqual([true, false]);
  });

  test("an empty argument is not passed over", async () => {
    const outcome = await verified(["", cart.value, "  "]);
    expect(outcome.json().map(({ reason }) => reason)).toEqual(["malformed", undefined, "malformed"]);
    expect(outcome.code).toBe(1);
  });
});
