import { describe, expect, test } from "vitest";
import { cookieSession, django, flask } from "./fixtures.ts";
import { run, type World } from "./io.ts";

const cart = django("session-cart");
const world = { now: cart.now, env: { KEY: cart.secret } };
const utf8 = (text: string) => new TextEncoder().encode(text);

const verify = (stdin: World["stdin"], ...argv: readonly string[]) =>
  run(["verify", "--secret-env", "KEY", "--json", ...argv], {
    ...world,
    ...(stdin !== undefined && { stdin }),
  });

describe("standard input", () => {
  test("bad lines in the middle: nothing is lost, the order is kept, and the exit code says it", async () => {
    const bytes = Uint8Array.from([
      ...utf8(`${cart.value}\nnonsense\n\n  \n`),
      ...[0xff, 0xfe, 0x0a],
      ...utf8(`a\u0000b\n${cart.value}\r\n${cart.value.slice(0, -1)}\n${cart.value}`),
    ]);
    const outcome = await verify(bytes);
    expect(outcome.json().map(({ valid, reason }) => (valid ? "valid" : reason))).toEqual([
      "valid",
      "unknown-format",
      "malformed",
      "unknown-format",
      "valid",
      "bad-signature",
      "valid",
    ]);
    expect(outcome).toMatchObject({ code: 1, stderr: "" });
  });

  test("a line is numbered as an editor does", async () => {
    const outcome = await run(["decode"], { stdin: `\n\nnonsense\n${cart.value}\n` });
    expect(outcome.stderr).toContain("cookiesess: error: line 3: ");
    const verdicts = await run(["verify", "--secret", "wrong", "--no-explain"], {
      ...world,
      stdin: `\n${cart.value}\n`,
    });
    expect(verdicts.stdout).toContain("✗ not valid: line 2: ");
  });

  test("all good ends with 0", async () => {
    expect((await verify(`${cart.value}\n`.repeat(3))).code).toBe(0);
  });

  test.each([
    ["", "is empty"],
    ["\n", "is empty"],
    [" \r\n\n", "is empty"],
    ["# a jar's comment\n", "holds none"],
  ])("%j %s", async (stdin, what) => {
    const outcome = await verify(stdin);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.stderr).toContain(`standard input ${what}`);
  });

  test("a line of 10 MB is refused, and the next one is read", async () => {
    function* chunks() {
      for (let count = 0; count < 160; count++) yield utf8("x".repeat(65_536));
      yield utf8(`\n${cart.value}\n`);
    }
    const outcome = await verify(chunks());
    expect(outcome.json().map(({ valid }) => valid)).toEqual([false, true]);
    expect(outcome.json()[0]).toMatchObject({ reason: "malformed", hint: "--max-length raises the limit" });
    expect(outcome.stdout.length).toBeLessThan(1000);
  });

  test("--max-length", async () => {
    const outcome = await verify(`${cart.value}\n`, "--max-length", "20");
    expect(outcome.json()[0]).toMatchObject({ valid: false, reason: "malformed" });
    expect((await verify(cart.value, "--max-length", "200")).code).toBe(0);
    expect((await verify(cart.value, "--max-length", "-1")).code).toBe(2);
  });

  test("--max-inflated", async () => {
    const line = django("dumps-compress");
    const argv = ["decode", line.value, "--json", "--backend", "signing"];
    expect((await run([...argv, "--max-inflated", "10"])).json()[0]).toMatchObject({ reason: "bad-payload" });
    expect((await run(argv)).code).toBe(0);
  });

  test("lines are worked on as they come", async () => {
    const seen: number[] = [];
    async function* slowly() {
      for (let count = 0; count < 3; count++) {
        seen.push(printed);
        yield utf8(`${cart.value}\n`);
      }
    }
    let printed = 0;
    const counting: World = {
      ...world,
      stdin: slowly(),
      onWrite: () => {
        printed++;
      },
    };
    await run(["decode", "--json"], counting);
    expect(seen).toEqual([0, 1, 2]);
  });

  test("in a jar, comments are passed over", async () => {
    const jar = `# Netscape HTTP Cookie File\n# https://curl.se/docs/http-cookies.html\n\nx.org\tFALSE\t/\tFALSE\t0\tsessionid\t${cart.value}\n`;
    const outcome = await verify(jar);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.json()).toHaveLength(1);
  });
});

describe("a reader of stdout that goes away", () => {
  test.each([
    ["decode", ["decode", "--json"]],
    ["verify", ["verify", "--secret-env", "KEY"]],
  ])("%s stops quietly", async (_, argv) => {
    const outcome = await run(argv, { ...world, stdin: `${cart.value}\n`.repeat(5), stdoutWrites: 2 });
    expect(outcome.written.filter(({ stream }) => stream === "stdout")).toHaveLength(2);
    expect(outcome.stderr).not.toContain("error");
    expect(outcome.code).toBe(141);
  });
});

describe("decode --json", () => {
  test("every field of the contract, from the framework's own words", async () => {
    const outcome = await run(["decode", "--json", cart.value], world);
    const [payload = "", stamp = "", signature = ""] = cart.value.split(":");
    const start = payload.length + 1;
    expect(outcome.json()[0]).toMatchObject({
      format: "django",
      payload: JSON.parse(cart.payload ?? ""),
      payloadType: "json",
      compressed: false,
      issuedAt: "2024-06-07T16:29:37Z",
      ageSeconds: cart.now - (cart.issuedAt ?? 0),
      signature: { algorithm: "sha256" },
      parts: [
        { name: "payload", start: 0, end: payload.length },
        { name: "timestamp", start, end: start + stamp.length },
        {
          name: "signature",
          start: start + stamp.length + 1,
          end: start + stamp.length + 1 + signature.length,
        },
      ],
      size: cart.value.length,
      warnings: [],
      alsoPossible: [],
    });
    expect(outcome.stdout.split("\n")).toHaveLength(2);
  });

  test("failures are objects too, and nothing else is printed", async () => {
    const pickle = django("pickle-class", "4.2.28").value;
    const key = "0123456789abcdefghijklmnopqrstuv";
    const outcome = await run(["decode", "--json", "nonsense", key, pickle, "--serializer", "json"]);
    expect(outcome.json().map(({ reason }) => reason)).toEqual(["bad-signature", "malformed", "bad-payload"]);
    expect(outcome).toMatchObject({ code: 1, stderr: "" });
    expect(String(outcome.json()[2]?.hint)).toContain("--serializer pickle");
  });

  /** The text of one member, as it stands in the line. */
  const payloadOf = async (value: string, ...argv: readonly string[]) =>
    /"payload":(.*),"payloadType"/.exec((await run(["decode", "--json", value, ...argv])).stdout)?.[1];

  test("integers keep every digit, and floats stay floats", async () => {
    const integers = django("session-integers");
    expect(await payloadOf(integers.value)).toBe(integers.payload);
    const floats = django("session-floats");
    const kinds = (text = "") =>
      text.match(/-?[\d.][\d.eE+-]*/g)?.map((token) => [/[.e]/.test(token), Number(token)]);
    expect(kinds(await payloadOf(floats.value))).toEqual(kinds(floats.payload));
  });

  test("NaN and the infinities are texts", async () => {
    const expected = (django("session-constants").payload ?? "").replace(/-?Infinity|NaN/g, '"$&"');
    expect(await payloadOf(django("session-constants").value)).toBe(expected);
  });

  test("order, and keys that JavaScript moves or hides", async () => {
    for (const id of ["session-numeric-keys", "session-proto-keys"]) {
      const line = django(id);
      expect(await payloadOf(line.value)).toBe(line.payload);
    }
  });

  test("bytes, dates, tuples and foreign classes", async () => {
    expect(await payloadOf(flask("minted-bytes").value)).toBe(
      '{"b":{"$bytes":"AP/+Pj8="},"e":{"$bytes":""}}',
    );
    expect(JSON.parse((await payloadOf(flask("minted-dates").value)) ?? "")).toEqual({
      aware: { $date: "2000-01-01T04:59:59.000Z" },
      early: { $date: "1977-01-02T00:00:00.000Z" },
      naive: { $date: "2024-02-29T04:05:06.000Z" },
    });
    expect(await payloadOf(flask("minted-tuples").value)).toContain('{"$tuple":[1,{"$tuple":[2.5,"x"]},[]]}');
    expect(await payloadOf(flask("minted-uuid").value)).toContain('{"$class":"uuid.UUID","state":"12345678-');
    expect(await payloadOf(django("pickle-class", "4.2.28").value)).toBe(
      '{"price":{"$class":"decimal.Decimal","state":"1.50"}}',
    );
  });

  test("a cookie of cookie-session", async () => {
    const { header, session } = cookieSession("unicode");
    const [line] = (await run(["decode", "--json", header])).json();
    expect(line).toMatchObject({
      format: "cookie-session",
      name: "session",
      payload: JSON.parse(session),
      issuedAt: null,
      ageSeconds: null,
    });
  });
});

describe("verify --json", () => {
  test("a valid cookie", async () => {
    const outcome = await verify(cart.value);
    expect(outcome.json()[0]).toMatchObject({
      valid: true,
      format: "django",
      payload: JSON.parse(cart.payload ?? ""),
      issuedAt: "2024-06-07T16:29:37Z",
      expiresAt: "2024-06-21T16:29:37Z",
      keyIndex: 0,
      needsRotation: false,
      salt: "django.contrib.sessions.backends.signed_cookies",
      algorithm: "sha256",
    });
  });

  test.each(["fallback-current", "fallback-first", "fallback-second"])("%s", async (id) => {
    const line = django(id);
    const keyIndex = (line as unknown as { keyIndex: number }).keyIndex;
    const secrets = [line.secret, ...(line.fallbacks ?? [])].flatMap((secret) => ["--secret", secret]);
    const outcome = await run(["verify", line.value, "--json", ...secrets], { now: line.now });
    expect(outcome.json()[0]).toMatchObject({ valid: true, keyIndex, needsRotation: keyIndex > 0 });
  });

  test.each<[string, string, string, readonly string[]]>([
    ["bad-signature", "tampered-payload-only", "django", []],
    ["bad-signature", "tampered-payload", "django", []],
    ["bad-signature", "other-secret", "django", []],
    ["expired", "time-over", "django", ["--max-age", "60"]],
    ["unknown-format", "", "", []],
  ])("%s: %s", async (reason, id, format, argv) => {
    const line = id === "" ? { value: "nothing known", secret: "x", now: 0 } : django(id);
    const flags = format === "" ? argv : ["--format", format, ...argv];
    const outcome = await run(["verify", line.value, "--json", "--secret", line.secret, ...flags], {
      now: line.now,
    });
    const [object] = outcome.json();
    expect(object).toMatchObject({ valid: false, reason });
    expect(object?.message).toMatch(/^[^A-Z].*[^.]$/);
    expect(object).not.toHaveProperty("payload");
    expect(outcome).toMatchObject({ code: 1, stderr: "" });
  });

  test("malformed: a session's key, which holds nothing", async () => {
    const [object] = (await verify("sessionid=0123456789abcdefghijklmnopqrstuv")).json();
    expect(object).toMatchObject({ valid: false, reason: "malformed", name: "sessionid" });
  });

  test("bad-payload: genuine, and not to be read", async () => {
    const line = django("pickle-class", "4.2.28");
    const outcome = await run(["verify", line.value, "--json", "--secret", line.secret], { now: line.now });
    expect(outcome.json()[0]).toMatchObject({ valid: false, reason: "bad-payload" });
  });

  test("the auth hash, under the password's column and another", async () => {
    const line = django("login-plain");
    const check = (hash: string) =>
      run(["verify", line.value, "--json", "--secret", line.secret, "--password-hash", hash], {
        now: line.now,
      });
    expect((await check(line.passwordHash ?? "")).json()[0]).toMatchObject({
      valid: true,
      authHash: true,
      authHashKeyIndex: 0,
    });
    expect((await check("another")).json()[0]).toMatchObject({ valid: false, reason: "bad-payload" });
  });
});

describe("ages and clocks", () => {
  const issuedAt = cart.issuedAt ?? 0;
  const code = async (...argv: readonly string[]) => (await verify(cart.value, ...argv)).code;

  test.each([
    ["60", 60],
    ["60s", 60],
    ["15m", 900],
    ["12h", 43_200],
    ["14d", 1_209_600],
    ["2w", 1_209_600],
    ["0", 0],
    ["1.5", 1.5],
  ])("--max-age %s", async (text, seconds) => {
    expect(await code("--max-age", text, "--now", String(issuedAt + seconds))).toBe(0);
    expect(await code("--max-age", text, "--now", String(issuedAt + seconds + 1))).toBe(1);
  });

  test("--max-age none, and Django's own by default", async () => {
    expect(await code("--max-age", "none", "--now", "99999999999")).toBe(0);
    expect(await code("--now", String(issuedAt + 1_209_600))).toBe(0);
    expect(await code("--now", String(issuedAt + 1_209_601))).toBe(1);
  });

  test.each(["", "x", "1y", "1 day", "1e3", "--", "0x10"])("--max-age %j is refused", async (text) => {
    expect(await code("--max-age", text)).toBe(2);
  });

  test.each([
    ["1717777837", 60],
    ["1717777837.9", 60],
    ["2024-06-07T16:30:37Z", 60],
    ["2024-06-07T18:30:37+02:00", 60],
    ["2024-06-07T16:30:37.500Z", 60],
    ["2024-06-07T16:30:37", 60],
    ["2024-06-07 16:30:37", 60],
    ["2024-06-07 16:30:37 UTC", 60],
    ["2024-06-07T17:29Z", 3_563],
    ["2024-06-08", 27_023],
  ])("--now %s", async (text, age) => {
    const [line] = (await run(["decode", "--json", cart.value, "--now", text])).json();
    expect(line?.ageSeconds).toBe(age);
  });

  test.each([
    "",
    "now",
    "yesterday",
    "Nov 3",
    "2024",
    "06/07/2024",
    "2024-13-01",
    "2024-06-07T25:00",
    "1e9",
    "Infinity",
  ])("--now %j is refused", async (text) => {
    // A bare year is a number of seconds.
    expect(await code("--now", text)).toBe(text === "2024" ? 0 : 2);
  });

  test("--now is the clock that signs", async () => {
    const { stdout } = await run([
      "sign",
      cart.payload ?? "",
      "--secret",
      cart.secret,
      "--now",
      "2024-06-07T16:29:37Z",
      "-q",
    ]);
    expect(stdout).toBe(`${cart.value}\n`);
  });
});

describe("quiet, help, version", () => {
  test("-q leaves the exit code", async () => {
    expect(await run(["verify", cart.value, "--secret-env", "KEY", "-q"], world)).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
    });
    expect(await run(["verify", cart.value, "--secret", "x", "-q"], world)).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "",
    });
  });

  test.each([["-h"], ["--help"], ["help"], ["decode", "-h"], ["verify", "--help"], ["help", "sign"]])(
    "%s %s",
    async (...argv) => {
      const outcome = await run(argv.filter((word) => word !== undefined));
      expect(outcome).toMatchObject({ code: 0, stderr: "" });
      expect(outcome.stdout).toMatch(/^Usage: cookiesess/);
      for (const line of outcome.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  test.each(["-V", "--version"])("%s", async (flag) => {
    expect(await run([flag])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: "",
    });
  });

  test.each([[[]], [["nonsense"]], [["decode", "--nonsense"]], [["sign", "{}", "{}", "--secret", "x"]]])(
    "%j ends with 2",
    async (argv) => {
      const outcome = await run(argv);
      expect(outcome).toMatchObject({ code: 2, stdout: "" });
      expect(outcome.stderr).not.toBe("");
    },
  );
});
