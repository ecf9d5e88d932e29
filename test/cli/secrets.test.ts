import { describe, expect, test } from "vitest";
import { django } from "./fixtures.ts";
import { run, systemError, type World } from "./io.ts";

const cart = django("session-cart");
const { secret, value } = cart;
const hex = [...new TextEncoder().encode(secret)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = btoa(secret);

async function keyIndex(argv: readonly string[], world: World = {}): Promise<unknown> {
  const outcome = await run(["verify", value, "--json", ...argv], { now: cart.now, ...world });
  const [line] = outcome.json();
  return line?.valid ? line.keyIndex : (line?.reason ?? outcome.stderr);
}

describe("where a secret may come from", () => {
  test.each<[string, readonly string[], World]>([
    ["--secret", ["--secret", secret], {}],
    ["--secret-file", ["--secret-file", "key"], { files: { key: secret } }],
    ["--secret-env", ["--secret-env", "KEY"], { env: { KEY: secret } }],
    ["COOKIESESS_SECRET", [], { env: { COOKIESESS_SECRET: secret } }],
    ["a question", [], { answers: [secret] }],
  ])("%s", async (_, argv, world) => {
    expect(await keyIndex(argv, world)).toBe(0);
  });

  test.each([
    [0, "--secret-env KEY --secret-file key --secret first --secret second"],
    [1, "--secret-file key --secret-env KEY --secret first"],
    [2, "--secret first --secret-file=key --secret-env=KEY --secret second"],
    [3, "--secret first --secret second --secret-file key --secret-env KEY"],
  ])("flags in the order given: number %i of %s", async (index, argv) => {
    const world = { files: { key: "in a file" }, env: { KEY: secret } };
    expect(await keyIndex(argv.split(" "), world)).toBe(index);
  });

  test.each([secret, base64, hex])(
    "one given in the place of its file is not repeated: %s",
    async (given) => {
      const { code, stderr } = await run(["verify", value, "--secret-file", given]);
      expect([code, stderr]).toEqual([2, "cookiesess: error: cannot read the secret file: no such file\n"]);
    },
  );

  test.each(["key", "/run/secrets/django-key.txt", "../site/.env", "C:\\site\\key.txt"])(
    "a missing file is named: %s",
    async (path) => {
      expect((await run(["verify", value, "--secret-file", path])).stderr).toContain(
        `the secret file ${path}: no such`,
      );
    },
  );

  test("a file that is no secret is not read to its end", async () => {
    const outcome = await run(["verify", value, "--secret-file", "key"], {
      files: { key: "x".repeat(65_537) },
    });
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining("larger than 65536 bytes") });
  });

  test("any flag beats the environment", async () => {
    const env = { COOKIESESS_SECRET: secret, COOKIESESS_FALLBACKS: secret };
    expect(await keyIndex(["--secret", "another"], { env })).toBe("bad-signature");
  });

  test("the environment beats a question", async () => {
    const outcome = await run(["verify", value, "-q"], {
      now: cart.now,
      env: { COOKIESESS_SECRET: secret },
      answers: [],
    });
    expect(outcome).toMatchObject({ code: 0, asked: [] });
  });

  test("fallbacks alone are no secret", async () => {
    const outcome = await run(["verify", value], { env: { COOKIESESS_FALLBACKS: secret } });
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toContain("no secret given");
  });
});

describe("COOKIESESS_FALLBACKS", () => {
  const withFallbacks = (text: string) =>
    keyIndex([], { env: { COOKIESESS_SECRET: "current", COOKIESESS_FALLBACKS: text } });

  test.each([
    ["a list with commas", `older, ${secret}`, 2],
    ["one", secret, 1],
    ["a JSON array", JSON.stringify(["older", "oldest", secret]), 3],
    ["a JSON array with an empty text", JSON.stringify(["", secret]), 2],
    ["an empty array", "[]", "bad-signature"],
    ["an empty text", "", "bad-signature"],
  ])("%s", async (_, text, expected) => {
    expect(await withFallbacks(text)).toBe(expected);
  });

  test.each(["[1]", "[", '["a", null]', '[["a"]]'])("%s is refused, and not repeated", async (text) => {
    expect(await withFallbacks(text)).toBe(
      "cookiesess: error: COOKIESESS_FALLBACKS is not a JSON array of strings\n",
    );
  });

  test("an empty fallback opens nothing", async () => {
    const emptyKey = await run(["sign", '{"admin":true}', "--secret", " ", "-q"]);
    const forged = emptyKey.stdout.trim();
    const env = { COOKIESESS_SECRET: "current", COOKIESESS_FALLBACKS: '["",""]' };
    expect((await run(["verify", forged, "--no-explain"], { env })).code).toBe(1);
  });
});

describe("how a secret is read", () => {
  test.each([
    ["no newline", secret, 0],
    ["a newline", `${secret}\n`, 0],
    ["a Windows newline", `${secret}\r\n`, 0],
    ["two newlines", `${secret}\n\n`, "bad-signature"],
    ["a space", `${secret} `, "bad-signature"],
  ])("a file with %s at its end", async (_, text, expected) => {
    expect(await keyIndex(["--secret-file", "key"], { files: { key: text } })).toBe(expected);
  });

  test("a variable keeps its newline", async () => {
    expect(await keyIndex(["--secret-env", "KEY"], { env: { KEY: `${secret}\n` } })).toBe("bad-signature");
  });

  test("a file holds any bytes", async () => {
    const line = django("dumps-secret-bytes") as unknown as { secretHex: string; value: string; now: number };
    const bytes = Uint8Array.from(line.secretHex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    const outcome = await run(["verify", line.value, "--backend", "signing", "--secret-file", "key", "-q"], {
      now: line.now,
      files: { key: bytes },
    });
    expect(outcome.code).toBe(0);
  });

  test.each([
    ["hex", hex, 0],
    ["hex", hex.toUpperCase(), 0],
    ["hex", `hex:${hex}`, 0],
    ["base64", base64, 0],
    ["base64", base64.replace(/=+$/, ""), 0],
    ["base64", `base64:${base64}`, 0],
    ["utf8", secret, 0],
    ["utf8", base64, "bad-signature"],
    ["utf8", `base64:${base64}`, "bad-signature"],
  ])("--secret-encoding %s: %s", async (encoding, text, expected) => {
    expect(await keyIndex(["--secret", text, "--secret-encoding", encoding])).toBe(expected);
  });

  test.each([
    ["hex", "abc"],
    ["hex", "zz"],
    ["hex", `base64:${hex}`],
    ["base64", "a b"],
    ["base64", "abcde"],
    ["base64", `hex:${base64}`],
  ])("--secret-encoding %s refuses %s by its number", async (encoding, text) => {
    const argv = ["--secret", encoding === "hex" ? "00ff" : "AP8=", "--secret", text];
    expect(await keyIndex([...argv, "--secret-encoding", encoding])).toBe(
      `cookiesess: error: secret 2 is not ${encoding}\n`,
    );
  });
});

describe("no secret", () => {
  test.each<[string, readonly string[], World, string]>([
    ["none given", [], {}, "no secret given"],
    ["empty", ["--secret", ""], {}, "the secret is empty"],
    ["an empty file", ["--secret-file", "key"], { files: { key: "\n" } }, "the secret is empty"],
    ["an empty answer", [], { answers: [""] }, "the secret is empty"],
    ["empty base64", ["--secret", "base64:", "--secret-encoding", "base64"], {}, "the secret is empty"],
    ["a missing file", ["--secret-file", "key"], {}, "cannot read the secret file key: no such file"],
    [
      "an unreadable file",
      ["--secret-file", "key"],
      { files: { key: systemError("EACCES") } },
      "cannot read the secret file key: permission denied",
    ],
    [
      "a directory",
      ["--secret-file", "key"],
      { files: { key: systemError("EISDIR") } },
      "cannot read the secret file key: it is a directory",
    ],
    ["a variable that is not set", ["--secret-env", "KEY"], {}, "the environment variable KEY is not set"],
    ["an empty variable", ["--secret-env", "KEY"], { env: { KEY: "" } }, "variable KEY is not set"],
    ["an inherited name", ["--secret-env", "constructor"], {}, "variable constructor is not set"],
  ])("%s ends with 2 and one line", async (_, argv, world, message) => {
    const outcome = await run(["verify", value, ...argv], world);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.stderr.split("\n")[0]).toContain(message);
  });
});

describe("no secret is ever repeated", () => {
  const CANARY = "c4n4ry-Q7x&s3cret/zz";
  const encoded = btoa(CANARY);
  const secrets: readonly (readonly [readonly string[], World])[] = [
    [["--secret", CANARY], {}],
    [["--secret", CANARY, "--secret", `${CANARY}2`], {}],
    [[`--secret=${CANARY}`], {}],
    [["--secret-file", "key"], { files: { key: `${CANARY}\n` } }],
    [["--secret-env", "KEY"], { env: { KEY: CANARY } }],
    [["--secret-env", CANARY], {}],
    [["--secret", encoded, "--secret-encoding", "base64"], {}],
    [["--secret", CANARY, "--secret-encoding", "hex"], {}],
    [["--secret", CANARY, "--secret-encoding", "base64"], {}],
    [["--secret", `"${CANARY}"`], {}],
    [[], { env: { COOKIESESS_SECRET: CANARY, COOKIESESS_FALLBACKS: `["${CANARY}1",` } }],
    [[], { env: { COOKIESESS_SECRET: CANARY, COOKIESESS_FALLBACKS: `${CANARY}1,${CANARY}2` } }],
    [[], { answers: [CANARY] }],
    [[`--secrett=${CANARY}`], {}],
    [[`--secret-encodin=${CANARY}`], {}],
  ];
  const commands: readonly (readonly string[])[] = [
    ["verify", value],
    ["verify", value, "--json"],
    ["verify", value, "--format", "flask"],
    ["verify", value, "--format", "cookie-session", "--name", "session"],
    ["verify", "nonsense"],
    ["verify", value, "--max-age", "x"],
    ["verify", value, "--backend", "session_data", "--django", "2.2"],
    ["verify", django("login-plain").value, "--password-hash", "x"],
    ["decode", value],
    ["sign", '{"a":', "--json"],
    ["sign", '{"a":1}'],
    ["sign", '{"a":1}', "--output", "json", "--algorithm", "md4x"],
    ["sign", "--from", value, "--set", "a"],
    ["sign", "--login", "1"],
    ["sign", "--login", "1", "--password-hash", "p", "--with-csrf", "--json"],
  ];

  test.each(commands.map((command) => [command.join(" ").slice(0, 70), command] as const))(
    "%s",
    async (_, command) => {
      for (const [argv, world] of secrets) {
        const { stdout, stderr, code } = await run([...command, ...argv], { now: cart.now, ...world });
        const said = stdout + stderr;
        expect(said).not.toContain(CANARY);
        expect(said).not.toContain(encoded);
        expect(code).not.toBe(70);
      }
    },
  );

  test("that --secret is seen by others is said once, at a terminal", async () => {
    const argv = ["sign", "{}", "--secret", CANARY];
    expect((await run(argv, { terminal: ["stderr"] })).stderr.match(/--secret is visible/g)).toHaveLength(1);
    expect((await run(argv)).stderr).not.toContain("visible");
    expect((await run([...argv, "-q"], { terminal: ["stderr"] })).stderr).toBe("");
  });
});
