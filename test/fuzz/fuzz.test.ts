import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { FuzzError, fuzz } from "../../src/fuzz/index.ts";
import { createCodec } from "../../src/index.ts";
import { IDS, NOW, PAYLOAD, SECRET } from "./support.ts";

const codec = createCodec({ format: "django", secret: SECRET });
const cookie = codec.sign(PAYLOAD, { now: NOW });

/** The parts of a cookie, as a server would cut them that was written in a hurry. */
function cut(value: string) {
  const [payload = "", timestamp = "", signature = ""] = value.split(":");
  return { payload, timestamp, signature };
}

/** Django's own rule, written down once more, from its source. */
function sign(message: string, salt = "django.contrib.sessions.backends.signed_cookies"): string {
  const key = createHash256(`${salt}signer${SECRET}`);
  return createHmac("sha256", key).update(message).digest("base64url");
}

function createHash256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

const rightSignature = (value: string) => {
  const { payload, timestamp } = cut(value);
  return sign(`${payload}:${timestamp}`);
};

/** Verifiers of somebody else's, each with one fault. */
const flawed: Readonly<Record<string, [judge: (value: string) => boolean, finding: string]>> = {
  "no check at all but of the parts": [(value) => value.split(":").length === 3, "accepted-forgery"],
  "the signature's length alone": [(value) => cut(value).signature.length === 43, "accepted-forgery"],
  "its first eight characters": [
    (value) => cut(value).signature.slice(0, 8) === rightSignature(value).slice(0, 8),
    "accepted-forgery",
  ],
  "its last eight characters": [
    (value) => cut(value).signature.slice(-8) === rightSignature(value).slice(-8),
    "accepted-forgery",
  ],
  "upper and lower case alike": [
    (value) => cut(value).signature.toLowerCase() === rightSignature(value).toLowerCase(),
    "accepted-forgery",
  ],
  "an empty signature passes": [
    (value) => value.split(":").length === 3 && rightSignature(value).startsWith(cut(value).signature),
    "accepted-forgery",
  ],
  "the time is not signed": [
    (value) => {
      const { payload, timestamp, signature } = cut(value);
      const genuine = cut(cookie);
      return timestamp !== "" && payload === genuine.payload && signature === genuine.signature;
    },
    "accepted-forgery",
  ],
  "no age is looked at": [(value) => cut(value).signature === rightSignature(value), "accepted-expired"],
  "a crash on what is no base64": [
    (value) => {
      atob(cut(value).payload.replaceAll("-", "+").replaceAll("_", "/"));
      return codec.verify({ value }, { now: NOW }).ok;
    },
    "server-error",
  ],
};

describe("a verifier of somebody else's", () => {
  for (const seed of [1, 2]) {
    test.each(Object.entries(flawed))(`seed ${seed}: %s`, async (_, [judge, code]) => {
      const report = await fuzz(judge, { cookie, secret: SECRET, seed });
      expect(report.findings.map((finding) => finding.code)).toContain(code);
    });
  }

  test("a sound one has no finding", async () => {
    const judge = (value: string) => codec.verify({ value }, { now: NOW }).ok;
    const report = await fuzz(judge, { cookie, secret: SECRET, seed: 1 });
    expect(report.findings).toEqual([]);
    expect(report.cases).toBe(1_000);
    expect(report.stopped).toBe("limit");
  });

  test("may answer later, and with a result", async () => {
    const report = await fuzz(async (value) => codec.verify({ value }, { now: NOW }), { cookie, seed: 1 });
    expect(report.findings).toEqual([]);
    expect(report.left.some(({ reason }) => reason.startsWith("no secret was given"))).toBe(true);
  });

  test("that refuses the genuine cookie, or accepts nonsense, is not attacked", async () => {
    await expect(fuzz(() => false, { cookie })).rejects.toThrow(FuzzError);
    await expect(fuzz(() => true, { cookie })).rejects.toThrow("nonsense is accepted");
  });
});

test("the first eight characters: every case that changed others counts", async () => {
  const [judge] = flawed["its first eight characters"] ?? [];
  const report = await fuzz(judge as never, {
    cookie,
    secret: SECRET,
    seed: 9,
    only: ["integrity/truncate-signature"],
  });
  expect(report.findings).toMatchObject([{ attack: "integrity/truncate-signature", count: 35, of: 43 }]);
});

test.each(IDS)("the codec of %s is sound", async (format) => {
  const report = await fuzz(createCodec({ format, secret: SECRET } as never), {
    secret: SECRET,
    seed: 5,
    maxCases: 5_000,
  });
  expect(report.findings).toEqual([]);
  expect(report.format).toBe(format);
  expect(report.cases).toBe(5_000);
});

test("a published secret is found, and not told", async () => {
  const weak = createCodec({ format: "flask", secret: "keyboard cat" });
  const { findings } = await fuzz(weak, { maxCases: 10, seed: 1 });
  expect(findings).toMatchObject([{ code: "weak-secret", severity: "critical", count: 1 }]);
  expect(findings[0]?.note).toMatch(/^published at https:\/\//);
  expect(JSON.stringify(findings)).not.toContain("keyboard cat");
});

test("a wrong secret is refused at once", async () => {
  const judge = (value: string) => codec.verify({ value }, { now: NOW }).ok;
  await expect(fuzz(judge, { cookie, secret: "another" })).rejects.toThrow("did not sign the cookie");
});

test("ends when it is told to", async () => {
  const ending = new AbortController();
  const report = await fuzz(codec, {
    ...{ secret: SECRET, seed: 1, maxCases: 100_000, signal: ending.signal },
    onProgress: () => ending.abort(),
  });
  expect(report.stopped).toBe("interrupted");
  expect(report.cases).toBeLessThan(1_000);
});
