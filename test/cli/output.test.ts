import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { cookieSession, django, flask } from "./fixtures.ts";
import { run } from "./io.ts";

const cart = django("session-cart");
const world = { now: cart.issuedAt ?? 0, env: { SECRET_KEY: cart.secret } };
const sign = (...argv: readonly string[]) =>
  run(["sign", ...argv, "--secret-env", "SECRET_KEY", "-q"], world);

/** What a cookie of Django or Flask carries, before its signature: inflated, since zlib's builds differ. */
function serialized(value: string): string {
  const [, dot, text = ""] = /^(\.?)([\w-]+)/.exec(value) ?? [];
  const bytes = Buffer.from(text, "base64url");
  return (dot === "." ? inflateSync(bytes) : bytes).toString();
}

describe("what the frameworks minted is minted", () => {
  const mint = async (payload: string, secret: string, now: number, ...argv: readonly string[]) =>
    (await run(["sign", payload, "--secret", secret, "-q", ...argv], { now })).stdout.trimEnd();

  test.each(["session-cart", "session-empty", "session-escapes", "session-proto-keys"])(
    "django %s",
    async (id) => {
      const line = django(id);
      expect(await mint(line.payload ?? "", line.secret, line.issuedAt ?? 0)).toBe(line.value);
    },
  );

  test.each(["minted-plain", "minted-prototype"])("flask %s", async (name) => {
    const line = flask(name);
    const argv = ["--format", "flask"];
    expect(await mint(line.payload ?? "", line.secret, line.issuedAt ?? 0, ...argv)).toBe(line.value);
  });

  test.each(["object", "unicode", "escapes"])("cookie-session %s, with its signature", async (id) => {
    const { header, secret, session } = cookieSession(id);
    const argv = ["--format", "cookie-session", "--output", "cookie-header"];
    expect(await mint(session, secret, 0, ...argv)).toBe(`Cookie: ${header}`);
  });

  test("a signed cookie that a header cannot hold is quoted as Django quotes it", async () => {
    const line = django("cookie-punctuation");
    const argv = ["--backend", "signed_cookie", "--name", line.name ?? "", "--salt", line.options.salt ?? ""];
    expect(await mint(JSON.parse(line.payload ?? ""), line.secret, line.issuedAt ?? 0, ...argv)).toBe(
      line.header,
    );
  });
});

describe("a payload may come from", () => {
  const payload = cart.payload ?? "";
  test.each([
    ["an argument", [payload], {}],
    ["a file", ["--payload-file", "p.json"], { files: { "p.json": `${payload}\n` } }],
    ["standard input", [], { stdin: `${payload}\n` }],
    ["standard input, named", ["-"], { stdin: payload }],
    [
      "--set",
      ["--set", "cart=[3,1,2]", "--set", "total=12.5", "--set", "coupon=null", "--set", "gift=true"],
      {},
    ],
  ])("%s", async (_, argv, more) => {
    const outcome = await run(["sign", ...argv, "--secret-env", "SECRET_KEY", "-q"], { ...world, ...more });
    expect(outcome).toMatchObject({ code: 0, stdout: `${cart.value}\n`, stderr: "" });
  });

  test.each([
    ["nothing at all", [], {}, 2, "no payload given"],
    ["twice", ["{}", "--payload-file", "p"], {}, 2, "given twice"],
    ["a missing file", ["--payload-file", "p"], {}, 2, "cannot read p: no such file"],
    [
      "a file that is not UTF-8",
      ["--payload-file", "p"],
      { files: { p: Uint8Array.of(0xff) } },
      2,
      "not UTF-8",
    ],
    ["invalid JSON", ["{"], {}, 1, "not JSON"],
    ["text where JSON is due", ["hello"], {}, 1, "not JSON"],
    ["a list where an object is due", ["[]", "--format", "cookie-session"], {}, 1, "must be an object"],
    ["too deep", ["[".repeat(5000) + "]".repeat(5000)], {}, 1, "nested deeper"],
  ])("%s: refused", async (_, argv, more, code, message) => {
    const outcome = await run(["sign", ...argv, "--secret-env", "SECRET_KEY"], { ...world, ...more });
    expect(outcome).toMatchObject({ code, stdout: "" });
    expect(outcome.stderr).toContain(message);
    expect(outcome.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
  });
});

describe("--from", () => {
  const read = async (value: string, now = cart.now) =>
    (await run(["decode", "--json", value], { now })).json()[0] as Record<string, unknown>;

  test("with --keep-timestamp and nothing else, gives the cookie itself", async () => {
    const { stdout } = await sign(
      "--from",
      `sessionid=${cart.value}`,
      "--keep-timestamp",
      "--now",
      "1900000000",
    );
    expect(stdout).toBe(`${cart.value}\n`);
  });

  test("a fresh time by default, and the payload's bytes as they were", async () => {
    const { stdout } = await sign("--from", cart.value, "--now", "1900000000");
    expect(stdout.split(":")[0]).toBe(cart.value.split(":")[0]);
    expect((await read(stdout.trim(), 1_900_000_001)).issuedAt).toBe("2030-03-17T17:46:40Z");
  });

  test("keeps order and spelling, compression, and an unusual salt", async () => {
    const dumped = django("dumps-salt");
    const argv = ["--from", dumped.value, "--set", "x=1", "--backend", "signing"];
    const salt = dumped.options.salt ?? "";
    const outcome = await run(["sign", ...argv, "--salt", salt, "--secret", dumped.secret, "-q"], {
      now: dumped.now,
    });
    const check = [
      "verify",
      outcome.stdout.trim(),
      "--backend",
      "signing",
      "--salt",
      salt,
      "--secret",
      dumped.secret,
    ];
    expect((await run([...check, "--json"], { now: dumped.now })).json()[0]).toMatchObject({ valid: true });

    const numbers = django("session-numeric-keys");
    const { stdout } = await run([
      "sign",
      "--from",
      numbers.value,
      "--set",
      "last=1.0",
      "--secret",
      numbers.secret,
      "-q",
    ]);
    const payload = (await run(["decode", "--json", stdout.trim()])).stdout;
    expect(payload).toContain(`${(numbers.payload ?? "").slice(0, -1)},"last":1.0}`);
  });

  test("the salt is found where a secret made the cookie under another one", async () => {
    const dumped = django("dumps-list");
    const outcome = await run([
      "sign",
      "--from",
      dumped.value,
      "--keep-timestamp",
      "--secret",
      dumped.secret,
      "-q",
    ]);
    expect(outcome.stdout.trim()).toBe(dumped.value);
  });

  test("says when no secret made the cookie", async () => {
    const outcome = await run(["sign", "--from", cart.value, "--secret", "another"], world);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain("its payload was taken unchecked");
  });

  test.each([
    ["nonsense", 1],
    ["", 1],
    ["sessionid=0123456789abcdefghijklmnopqrstuv", 1],
  ])("%j cannot be started from", async (from, code) => {
    expect((await sign("--from", from)).code).toBe(code);
  });

  test("a time too large for a number is kept with its payload, and refused with another", async () => {
    const huge = django("stamp-huge-checked", "6.1.1");
    const argv = ["--from", huge.value, "--backend", "signed_cookies", "--keep-timestamp"];
    const world = ["--secret", huge.secret, "-q"];
    expect((await run(["sign", ...argv, ...world])).stdout.trim()).toBe(huge.value);
    const edited = await run(["sign", ...argv, "--set", "b=1", ...world]);
    expect(edited.code).toBe(2);
    expect(edited.stderr).toContain("too large");
  });

  test("decode --json, edited, is signed again", async () => {
    const line = flask("minted-tuples");
    const { stdout } = await run(["decode", "--json", line.value], { now: line.now });
    const payload = /"payload":(.*),"payloadType"/.exec(stdout)?.[1] ?? "";
    const again = await run(["sign", "-", "--format", "flask", "--secret", line.secret, "-q"], {
      now: line.issuedAt ?? 0,
      stdin: payload,
    });
    const verified = await run(["decode", "--json", again.stdout.trim()], { now: line.now });
    expect(verified.stdout).toContain(`"payload":${payload},`);
  });

  test.each([
    "session-cart",
    "session-integers",
    "session-floats",
    "session-numeric-keys",
    "session-proto-keys",
  ])("decode --json of %s, piped as it is, gives the same bytes", async (id) => {
    const line = django(id);
    const { stdout } = await run(["decode", "--json", line.value], { now: line.now });
    const again = await run(["sign", "-", "--secret", line.secret, "-q"], {
      now: line.issuedAt ?? 0,
      stdin: stdout,
    });
    expect(serialized(again.stdout.trim())).toBe(serialized(line.value));
  });

  test.each(["django", "flask"])(
    "--format %s writes a number as Python would, however it is given",
    async (format) => {
      const payload = '{"exact":1.50,"large":1E5,"small":1.5e-7,"whole":1.0,"zero":-0}';
      const { stdout } = await sign(payload, "--format", format);
      expect(serialized(stdout)).toBe('{"exact":1.5,"large":100000.0,"small":1.5e-07,"whole":1.0,"zero":0}');
    },
  );

  test("and so a bare one", async () => {
    expect(serialized((await sign("1.5e-7", "--backend", "signing")).stdout)).toBe("1.5e-07");
  });

  test("a changed cookie near to one that a secret made was not made by it", async () => {
    const outcome = await run(["sign", "--from", `${cart.value}x`, "--secret-env", "SECRET_KEY"], world);
    expect(outcome.stderr).toContain("its payload was taken unchecked");
  });
});

describe("attributes", () => {
  test.each(["value", "cookie-header", "curl"])("have no place in --output %s", async (output) => {
    const argv = [
      "sign",
      "{}",
      "--secret-env",
      "SECRET_KEY",
      "--same-site",
      "Lax",
      "--secure",
      "--output",
      output,
    ];
    const outcome = await run(argv, world);
    expect(outcome).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("note: --secure, --same-site: "),
    });
  });

  test("SameSite=None without Secure is no cookie", async () => {
    const argv = ["{}", "--output", "set-cookie", "--same-site", "None"];
    expect(await sign(...argv)).toMatchObject({ code: 2, stdout: "" });
    expect((await sign(...argv, "--secure")).stdout).toContain("SameSite=None; Secure");
  });
});

describe("a logged-in session", () => {
  test.each([
    ["5.2.18", "login-plain"],
    ["6.1.1", "login-plain"],
    ["4.2.28", "login-plain"],
    ["3.2.25", "login-plain"],
    ["2.2.28", "login-plain"],
  ])("of Django %s is the one that its login() made", async (release, id) => {
    const line = django(id, release);
    const user = JSON.parse(line.payload ?? "")._auth_user_id;
    const argv = [
      "--login",
      user,
      "--password-hash",
      line.passwordHash ?? "",
      "--django",
      release,
      "--no-compress",
    ];
    const { stdout } = await run(["sign", ...argv, "--secret", line.secret, "-q"], {
      now: line.issuedAt ?? 0,
    });
    const read = (await run(["decode", "--json", stdout.trim()], { now: line.now })).json()[0];
    expect(read?.payload).toEqual(JSON.parse(line.payload ?? ""));
  });

  test("adds to a payload, and says what the cookie is", async () => {
    const outcome = await run(
      [
        "sign",
        '{"theme":"dark"}',
        "--login",
        "7",
        "--password-hash",
        "p",
        "--secret-env",
        "SECRET_KEY",
        "--json",
      ],
      world,
    );
    const value = String(outcome.json()[0]?.value);
    const read = (await run(["decode", "--json", value], world)).json()[0];
    expect(Object.keys(read?.payload as object)).toEqual([
      "theme",
      "_auth_user_id",
      "_auth_user_backend",
      "_auth_user_hash",
    ]);
    const warned = await run(
      ["sign", "--login", "7", "--password-hash", "p", "--secret-env", "SECRET_KEY"],
      world,
    );
    expect(warned.stderr).toContain("is user 7");
  });

  test.each([
    ["pbkdf2_sha256$600000$c2FsdA$aGFzaA=", false],
    ["!3Kk9", false],
    ["bcrypt_sha256$$2b$12$abc", false],
    ["5f4dcc3b5aa765d61d8327deb882cf99", false],
    ["hunter2", true],
    ["pbkdf2_sha25600000", true],
  ])("warns of a password column that looks like none: %s", async (hash, warns) => {
    const argv = ["sign", "--login", "7", "--password-hash", hash, "--secret-env", "SECRET_KEY"];
    const { code, stderr } = await run(argv, world);
    expect([code, stderr.includes("is the whole password column")]).toEqual([0, warns]);
  });

  test("--with-csrf goes into every output that holds several cookies, and is named otherwise", async () => {
    const { stdout } = await sign("{}", "--with-csrf", "--output", "set-cookie");
    expect(stdout).toMatch(/^Set-Cookie: sessionid=.*\nSet-Cookie: csrftoken=[A-Za-z0-9]{32};.*\n$/);
    const old = await sign("{}", "--with-csrf", "--output", "cookie-header", "--django", "3.2");
    expect(old.stdout).toMatch(/; csrftoken=[A-Za-z0-9]{64}\n$/);
    const alone = await run(["sign", "{}", "--with-csrf", "--secret-env", "SECRET_KEY"], world);
    expect(alone.stderr).toContain("it goes with csrftoken");
  });

  test.each([
    ["--password-hash", ["--password-hash", "p"]],
    ["--auth-backend", ["--auth-backend", "x"]],
    ["--login without a hash", ["--login", "1"]],
    ["a list to add to", ["[]", "--login", "1", "--password-hash", "p"]],
  ])("%s alone is refused", async (_, argv) => {
    expect((await sign(...argv)).code).toBe(2);
  });
});

describe("the size", () => {
  const big = JSON.stringify({ big: "x".repeat(5000) });
  test("a warning beyond what browsers keep, and not in quiet", async () => {
    const argv = ["sign", big, "--no-compress", "--secret-env", "SECRET_KEY"];
    expect((await run(argv, world)).stderr).toMatch(/warning: \d{4} bytes: browsers keep 4096/);
    expect((await run([...argv, "-q"], world)).stderr).toBe("");
    expect((await run(["sign", big, "--secret-env", "SECRET_KEY"], world)).stderr).not.toContain(
      "browsers keep",
    );
  });
});

describe("--json", () => {
  test("holds the value, the time and the attributes", async () => {
    const argv = [
      "--json",
      "--domain",
      "example.org",
      "--path",
      "/app",
      "--secure",
      "--http-only",
      "--same-site",
      "none",
      "--expires-in",
      "90s",
    ];
    const { stdout } = await sign(cart.payload ?? "", ...argv);
    const issuedAt = cart.issuedAt ?? 0;
    expect(JSON.parse(stdout)).toEqual({
      format: "django",
      issuedAt: new Date(issuedAt * 1000).toISOString().replace(".000", ""),
      size: `sessionid=${cart.value}`.length,
      value: cart.value,
      cookies: [
        {
          name: "sessionid",
          value: cart.value,
          domain: "example.org",
          path: "/app",
          secure: true,
          httpOnly: true,
          sameSite: "None",
          maxAge: 90,
          expires: issuedAt + 90,
        },
      ],
    });
  });

  test.each([
    ["a format without a time", ["--format", "cookie-session"]],
    ["a Signer", ["--backend", "signer", "--serializer", "json"]],
  ])("%s: none is claimed", async (_, argv) => {
    expect(JSON.parse((await sign("{}", ...argv, "--json")).stdout).issuedAt).toBeNull();
  });

  test("a quoted value has its time too", async () => {
    const { stdout } = await sign("two words", "--backend", "signed_cookie", "--name", "a", "--json");
    expect(JSON.parse(stdout).issuedAt).toBe("2024-06-07T16:29:37Z");
  });

  test("is safe to print", async () => {
    const payload = { "\u009bm": "\u202eabc\u007f\u2066", plain: "Zoë 北" };
    const value = (await sign(JSON.stringify(payload))).stdout.trim();
    const { stdout, ...outcome } = await run(["decode", "--json", value], world);
    expect(stdout).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(stdout).toContain("Zoë 北");
    expect(outcome.json()[0]?.payload).toEqual(payload);
  });

  test("excludes another --output", async () => {
    expect((await sign("{}", "--json", "--output", "curl")).code).toBe(2);
  });
});

describe("curl", () => {
  /** What curl sends to a server that answers with the Cookie header it got. */
  async function sentByCurl(argv: (url: string) => Promise<readonly string[]>): Promise<string> {
    const server = createServer((request, response) => response.end(request.headers.cookie ?? "none"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const { stdout } = await promisify(execFile)("curl", ["-sS", "--noproxy", "*", ...(await argv(url))]);
      return stdout;
    } finally {
      server.close();
    }
  }

  const punctuation = django("cookie-punctuation");
  const argv = ["--backend", "signed_cookie", "--name", "a", "--with-csrf"];
  const text = String(JSON.parse(punctuation.payload ?? ""));
  const expected = /^a=".*\\054.*"; csrftoken=\w{32}$/;

  test("reads the jar of --output netscape", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cookiesess-"));
    try {
      const sent = await sentByCurl(async (url) => {
        const jar = await sign(
          text,
          ...argv,
          "--output",
          "netscape",
          "--url",
          url,
          "--http-only",
          "--now",
          "4000000000",
          "--expires-in",
          "1h",
        );
        writeFileSync(join(folder, "jar"), jar.stdout);
        return ["-b", join(folder, "jar"), url];
      });
      // curl puts longer names first.
      expect(sent.split("; ").reverse().join("; ")).toMatch(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("runs the command of --output curl", async () => {
    const sent = await sentByCurl(async (url) => {
      const { stdout } = await sign(text, ...argv, "--output", "curl", "--url", url);
      const [, cookies = ""] = /^curl -b '(.*)' http/.exec(stdout) ?? [];
      return ["-b", cookies.replaceAll("'\\''", "'"), url];
    });
    expect(sent).toMatch(expected);
  });
});
