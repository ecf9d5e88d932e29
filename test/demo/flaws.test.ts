import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { FLAWS, findFlaw } from "../../src/demo/flaws/index.ts";
import { RETIRED_SECRET } from "../../src/demo/flaws/server.ts";
import type { DemoOptions } from "../../src/demo/options.ts";
import { startDemo } from "../../src/demo/server.ts";
import { createCodec } from "../../src/index.ts";
import { Client, codec, DAY, NOW, SECRET, signer } from "./client.ts";

const base = { format: "django", secret: SECRET } as const;

const genuine = codec.sign({ user: "ada" }, { now: NOW });
const [payload = "", timestamp = "", signature = ""] = genuine.split(":");
const mallory = Buffer.from('{"user":"mallory"}').toString("base64url");
const signed = (text: string, at = timestamp) => signer.sign(`${text}:${at}`);
const timestampOf = (now: number) => codec.sign({}, { now }).split(":")[1] ?? "";
const withSalt = (salt: string) => createCodec({ ...base, salt }).sign({ user: "mallory" }, { now: NOW });
/** `pickle.dumps({"user": "mallory"}, 4)` of Python 3.11. */
const pickle = "gASVFQAAAAAAAAB9lIwEdXNlcpSMB21hbGxvcnmUcy4";
const bomb = deflateSync(`{"user":"mallory","x":"${"A".repeat(3_000_000)}"}`).toString("base64url");
/** A stream of a stream. */
const bombs = deflateSync(Buffer.from(bomb, "base64url")).toString("base64url");

/** Who `/me` takes the visitor with this `Cookie:` header for, or its status where it is neither 200 nor 401. */
async function visit(cookies: string, options: DemoOptions): Promise<string | number | null> {
  const demo = await startDemo({ secret: SECRET, now: () => NOW, ...options });
  try {
    const response = await fetch(`${demo.url}/me`, { headers: { Cookie: cookies } });
    if (response.status !== 200 && response.status !== 401) return response.status;
    return (await response.json()).user;
  } finally {
    await demo.close();
  }
}

const cookie = (value: string) => `sessionid=${value}`;

/** What each flaw lets in that the sound server refuses, or what else becomes of it. */
const attacks: readonly [flaw: string, header: string, outcome: string | number][] = [
  ["no-signature-check", cookie(`${mallory}:${timestamp}:x`), "mallory"],
  ["no-signature-check", cookie(`${mallory}:${timestamp}:`), "mallory"],
  ["signature-length-only", cookie(`${mallory}:${timestamp}:${"A".repeat(43)}`), "mallory"],
  ["signature-prefix", cookie(`${payload}:${timestamp}:${signature.slice(0, 8)}${"A".repeat(35)}`), "ada"],
  ["signature-prefix", cookie(`${payload}:${timestamp}:${signature.slice(0, 8)}`), "ada"],
  ["spare-bits-ignored", cookie(genuine.slice(0, -1) + spare(genuine.slice(-1))), "ada"],
  [
    "algorithm-from-length",
    cookie(createCodec({ ...base, algorithm: "md5" }).sign({ user: "ada" }, { now: NOW })),
    "ada",
  ],
  [
    "algorithm-from-length",
    cookie(createCodec({ ...base, algorithm: "sha1" }).sign({ user: "ada" }, { now: NOW })),
    "ada",
  ],
  ["algorithm-from-length", cookie(`${mallory}:${timestamp}:`), "mallory"],
  ["salt-ignored", cookie(withSalt("django.core.signing")), "mallory"],
  ["salt-ignored", cookie(withSalt("cookiesession")), "mallory"],
  ["timestamp-ignored", cookie(signed(mallory, timestampOf(NOW - 15 * DAY))), "mallory"],
  ["timestamp-ignored", cookie(signed(mallory, timestampOf(0))), "mallory"],
  ["future-accepted", cookie(`${mallory}:${timestampOf(NOW + DAY)}:AAAA`), "mallory"],
  ["expiry-factor", cookie(signed(mallory, timestampOf(NOW - 400 * DAY))), "mallory"],
  [
    "retired-secret-kept",
    cookie(createCodec({ ...base, secret: RETIRED_SECRET }).sign({ user: "ada" }, { now: NOW })),
    "ada",
  ],
  ["pickle-accepted", cookie(signed(pickle)), "mallory"],
  ["inflate-without-limit", cookie(signed(`.${bomb}`)), "mallory"],
  ["inflate-without-limit", cookie(signed(`.${bombs}`)), "mallory"],
  ["crash-on-bad-base64", cookie("A:b:c"), 500],
  ["crash-on-bad-base64", cookie(`!${genuine}`), 500],
  ["crash-on-non-object", cookie(signed(Buffer.from("[1]").toString("base64url"))), 500],
  ["crash-on-non-object", cookie(`${Buffer.from("null").toString("base64url")}:${timestamp}:x`), 500],
  [
    "prototype-pollution",
    cookie(signed(Buffer.from('{"__proto__":{"user":"mallory"}}').toString("base64url"))),
    "mallory",
  ],
  ["secret-in-error", cookie("garbage"), 400],
  ["first-of-two-names", `${cookie(genuine)}; ${cookie(`${mallory}:${timestamp}:x`)}`, "mallory"],
];

/** Sets the bits of a signature's last character that mean nothing. */
function spare(char: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return alphabet[alphabet.indexOf(char) ^ 3] ?? "";
}

describe("each flaw lets in what the sound server refuses", () => {
  test.each(attacks)("%s: %.60s", async (flaw, header, outcome) => {
    expect(await visit(header, {})).toBeNull();
    expect(await visit(header, { flaw })).toBe(outcome);
  });

  test("logout-client-only: a copied cookie outlives the logout", async () => {
    for (const [flaw, status] of [
      [undefined, 401],
      ["logout-client-only", 200],
    ] as const) {
      const demo = await startDemo({ secret: SECRET, flaw });
      const client = new Client(demo.url);
      await client.post("/login", { user: "ada" });
      const copy = client.cookie;
      await client.post("/logout");
      expect(client.cookie).toBeUndefined();
      expect((await new Client(demo.url, copy).send("/me")).status).toBe(status);
      await demo.close();
    }
  });

  test("none is left out", () => {
    const tried = new Set([...attacks.map(([flaw]) => flaw), "logout-client-only"]);
    expect([...tried].sort()).toEqual(FLAWS.map(({ name }) => name).sort());
  });
});

describe("what a flaw still refuses", () => {
  test.each([
    ["signature-length-only", cookie(`${mallory}:${timestamp}:${"A".repeat(42)}`)],
    ["signature-prefix", cookie(`${mallory}:${timestamp}:${signature}`)],
    ["signature-prefix", cookie(`${payload}:${timestamp}:${signature.slice(0, 7)}`)],
    ["spare-bits-ignored", cookie(`${mallory}:${timestamp}:${signature}`)],
    ["algorithm-from-length", cookie(`${mallory}:${timestamp}:${"A".repeat(27)}`)],
    ["salt-ignored", cookie(`${mallory}:${timestamp}:${signature}`)],
    ["timestamp-ignored", cookie(`${mallory}:${timestamp}:${signature}`)],
    ["future-accepted", cookie(`${mallory}:${timestamp}:AAAA`)],
    ["expiry-factor", cookie(signed(mallory, timestampOf(0)))],
    ["pickle-accepted", cookie(`${pickle}:${timestamp}:${signature}`)],
    ["inflate-without-limit", cookie(`.${bomb}:${timestamp}:${signature}`)],
    ["first-of-two-names", `${cookie(`${mallory}:${timestamp}:x`)}; ${cookie(`${mallory}:${timestamp}:x`)}`],
  ])("%s: %.60s", async (flaw, header) => {
    expect(await visit(header, { flaw })).toBeNull();
  });
});

describe.each(FLAWS)("$name", ({ name, summary }) => {
  test("serves honest visitors, and says what is wrong with it on every page", async () => {
    const demo = await startDemo({ secret: SECRET, flaw: name });
    const client = new Client(demo.url);
    await client.post("/login", { user: "ada" });
    await client.post("/count");
    expect(await client.me()).toMatchObject({ user: "ada", count: 1 });
    for (const path of ["/", "/cookie", "/nowhere", "/me", "/healthz"]) {
      const response = await client.send(path);
      expect(response.headers.get("X-Cookiesess-Flaw")).toBe(name);
      if (!response.headers.get("Content-Type")?.startsWith("text/html")) continue;
      expect(await response.text()).toContain(`Broken on purpose: ${name}.`);
    }
    expect(summary).toMatch(/^[A-Z]/);
    await demo.close();
  });

  test("is never brought down", async () => {
    const demo = await startDemo({ secret: SECRET, flaw: name, now: () => NOW });
    const hostile = [
      "",
      ":",
      "::",
      ".:1:",
      `${mallory}:ZZZZZZZZZZZZ:x`,
      `${mallory}:-1:x`,
      signed(Buffer.from("null").toString("base64url")),
      signed(
        Buffer.from('{"__proto__":{"__proto__":{"a":1}},"x":1}').toString("base64url"),
        "zzzzzzzzzzzzzzzz",
      ),
      signed(Buffer.from('{"__proto__":[1]}').toString("base64url")),
      signed(`.${deflateSync("[".repeat(100_000)).toString("base64url")}`),
      `"${genuine}"`,
      `\u00ff;sessionid; sessionid=; =sessionid`,
      randomBytes(8_000).toString("base64url"),
    ];
    for (const value of hostile) {
      const response = await fetch(`${demo.url}/cookie`, { headers: { Cookie: cookie(value) } });
      const broken = name.startsWith("crash-on-") ? [200, 500] : [200, 400];
      expect(broken).toContain(response.status);
    }
    expect((await fetch(`${demo.url}/healthz`)).status).toBe(200);
    await demo.close();
  });
});

test("secret-in-error shows the secret, and only then", async () => {
  for (const [flaw, shown] of [
    [undefined, false],
    ["secret-in-error", true],
  ] as const) {
    const demo = await startDemo({ secret: SECRET, flaw });
    const page = await new Client(demo.url, "garbage").page("/nowhere");
    expect(page.includes(SECRET)).toBe(shown);
    expect((await new Client(demo.url).page("/")).includes(SECRET)).toBe(false);
    await demo.close();
  }
});

test("prototype-pollution stays in its request", async () => {
  const header = cookie(signed(Buffer.from('{"__proto__":{"user":"mallory"}}').toString("base64url")));
  expect(await visit(header, { flaw: "prototype-pollution" })).toBe("mallory");
  expect(Object.hasOwn(Object.prototype, "user")).toBe(false);
});

test("the cookie's page tells what a sound server would say", async () => {
  const demo = await startDemo({ secret: SECRET, flaw: "no-signature-check", now: () => NOW });
  const page = await new Client(demo.url, `${mallory}:${timestamp}:x`).page("/cookie");
  expect(page).toContain("Accepted, by the flaw alone. A sound server says: the signature does not match.");
  await demo.close();
});

test("an unknown name is refused", async () => {
  expect(() => findFlaw("no-signature-chek")).toThrow(
    'there is no flaw "no-signature-chek": --flaw list names them',
  );
  expect(() => findFlaw("zzz")).toThrow('there is no flaw "zzz": --flaw list names them');
  await expect(startDemo({ flaw: "pickle-acepted" })).rejects.toThrow(TypeError);
});
