import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import type { DjangoOptions } from "../../src/formats/django.ts";
import { formats } from "../../src/formats/index.ts";
import { type CreateCodecOptions, createCodec } from "../../src/index.ts";
import type { Line } from "../contract.ts";
import { lineOf, SECRET, utf8 } from "./django/support.ts";

const { django } = formats;

const codecFor = (given: Partial<CreateCodecOptions<"django">> = {}) =>
  createCodec({ format: "django", secret: SECRET, ...given });

describe("versions", () => {
  const accepts = (found: Line, version: string, more: Partial<DjangoOptions> = {}) => {
    const options = { ...found.options, ...more, version };
    const { secret = "", name, value, now } = found;
    return createCodec({ format: "django", secret, ...options }).verify({ name, value }, { now });
  };

  test("sha1 signs up to 3.0, is still read by 3.1 and 3.2, and no more from 4.0 on", () => {
    const sha1 = lineOf("2.2.28", "session-cart");
    expect(accepts(sha1, "3.0")).toMatchObject({ ok: true, needsRotation: false });
    for (const version of ["3.1", "3.2"]) {
      expect(accepts(sha1, version)).toMatchObject({ ok: true, algorithm: "sha1", needsRotation: true });
    }
    expect(accepts(sha1, "4.0")).toMatchObject({ ok: false, code: "bad-signature" });
  });

  test("sha256 is not read before 3.1", () => {
    const sha256 = lineOf("3.2.25", "session-cart");
    expect(accepts(sha256, "3.0").ok).toBe(false);
    expect(accepts(sha256, "3.1")).toMatchObject({ ok: true, algorithm: "sha256", needsRotation: false });
  });

  test("rows from before 3.1 are read up to 3.2", () => {
    const row = lineOf("2.2.28", "row-cart");
    expect(["3.0", "3.1", "3.2", "4.0"].map((version) => accepts(row, version).ok)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test("messages from before 3.1 are read up to 3.2", () => {
    const message = lineOf("2.2.28", "messages-one");
    expect(["3.0", "3.2", "4.0"].map((version) => accepts(message, version).ok)).toEqual([true, true, false]);
  });

  test("the cookie salt changed in 5.2.15 and 6.0.6", () => {
    const current = lineOf("6.1.1", "cookie-salted");
    const versions = ["5.1", "5.2.14", "5.2.15", "5.2", "6.0.5", "6.0.6", "6.0", "6.1", "6.1.0"];
    expect(versions.filter((version) => accepts(current, version).ok)).toEqual([
      "5.2.15",
      "5.2",
      "6.0.6",
      "6.0",
      "6.1",
      "6.1.0",
    ]);
    const legacy = lineOf("4.2.28", "cookie-salted");
    expect(accepts(legacy, "5.2.15")).toMatchObject({ ok: true, needsRotation: true });
    expect(accepts(legacy, "6.1").ok).toBe(false);
    expect(accepts(legacy, "6.1", { legacySaltFallback: true }).ok).toBe(true);
    expect(accepts(legacy, "5.2.15", { legacySaltFallback: false }).ok).toBe(false);
  });

  test("django-cookie-sessions wrote JSON under every Django", () => {
    const secret = "fixture&not/for=production";
    const value = "e30:1t96Aq:zMvQV3lXa1x_9W5v0tGPRDKVV6A";
    for (const version of ["1.4", "1.5", "2.2"]) {
      const codec = createCodec({
        format: "django",
        backend: "django-cookie-sessions",
        version,
        secret,
        maxAge: null,
      });
      expect(codec.verify(value)).toMatchObject({ ok: true, payload: {}, payloadType: "json" });
    }
  });

  test("sessions were pickled before 1.6", () => {
    const pickled = lineOf("2.2.28", "pickle-2");
    expect(accepts(pickled, "1.5", { serializer: undefined })).toMatchObject({
      ok: true,
      payloadType: "pickle",
    });
    expect(accepts(pickled, "1.6", { serializer: undefined })).toMatchObject({
      ok: false,
      code: "bad-payload",
    });
  });
});

describe("options that Django would not take", () => {
  test.each<[string, object]>([
    ["a version before signed cookies", { version: "1.3" }],
    ["half a version", { version: "4" }],
    ["no version", { version: "latest" }],
    ["an unknown backend", { backend: "cached_db" }],
    ["no separator", { sep: "" }],
    ["a separator of base64url", { sep: "-" }],
    ["another", { sep: "_=" }],
    ["one between Z and a", { sep: "^" }],
    ["an unknown serializer", { serializer: "yaml" }],
    ["an unknown algorithm", { algorithm: "sha257" }],
    ["an algorithm without an HMAC", { algorithm: "shake_128" }],
  ])("%s", (_, given) => {
    expect(() => codecFor(given)).toThrow(TypeError);
  });

  test("a text backend takes only texts, and pickles are never written", () => {
    expect(() => codecFor({ backend: "signer" }).sign({ a: 1 })).toThrow(TypeError);
    expect(() => codecFor({ serializer: "pickle" }).sign({ a: 1 })).toThrow(
      expect.objectContaining({ code: "unsupported" }),
    );
  });
});

describe("describing a session", () => {
  const describeSession = (release: string, id: string, now = 0) => {
    const { options, name, value, secret = "" } = lineOf(release, id);
    const settled = django.settle(options);
    const input = { name, value };
    const parsed = unwrap(django.parse(input, settled));
    const opened = unwrap(
      django.open(parsed, django.derive(utf8(secret), { options: settled }), input, settled) as never,
    ) as never;
    const limits = { maxLength: 1e6, maxInflated: 1e6, maxDepth: 100 };
    return django.describe({
      input,
      opened,
      payload: unwrap(django.read(opened, settled, limits)),
      options: settled,
      now,
    });
  };

  test("a login that has expired is told as one that was", () => {
    const { issuedAt = 0 } = lineOf("6.1.1", "login-plain");
    const said = [0, 1_209_601].map((age) =>
      describeSession("6.1.1", "login-plain", issuedAt + age)
        .notes.map(({ text }) => text)
        .join(),
    );
    expect(said).toEqual([
      expect.stringContaining("until it expires"),
      expect.stringContaining("until it expired"),
    ]);
  });

  test.each([
    ["expiry-seconds", "5 minutes after its last save"],
    ["expiry-browser-close", "until the browser closes"],
    ["expiry-negative", "over since 5 seconds"],
    ["expiry-moment", "ends 2024-05-06T07:08:09.000123+00:00"],
  ])("%s: what is claimed, and that it is not enforced", (id, claim) => {
    const facts = describeSession("6.1.1", id).facts;
    expect(facts.find(({ label }) => label === "claims")?.text).toContain(claim);
    expect(facts.find(({ label }) => label === "enforced")?.text).toContain("14 days");
  });

  test("a login is a bearer login; an empty session was probably a refusal", () => {
    expect(describeSession("6.1.1", "login-plain").notes.map(({ code }) => code)).toEqual(["bearer-login"]);
    expect(describeSession("6.1.1", "session-empty").notes.map(({ code }) => code)).toEqual([
      "empty-session",
    ]);
  });
});

describe("variations", () => {
  test.each([
    ["2.2.28", "session-cart", {}],
    ["4.2.28", "dumps-default", {}],
    ["6.1.1", "messages-one", {}],
    ["6.1.1", "engine-cart", {}],
    ["2.2.28", "row-cart", {}],
    ["4.2.28", "cookie-plain", { backend: "signed_cookie" }],
    ["4.2.28", "algorithm-sha512", { backend: "signing" }],
  ] as const)("%s %s under the defaults: one of them verifies", (release, id, given) => {
    const { secret = "", name, value, now } = lineOf(release, id);
    const options = django.settle(given);
    const tried = django.variations?.({ name, value }, options) ?? [];
    expect(tried.length).toBeLessThan(60);
    const fitting = tried.filter(
      (variation) =>
        createCodec({ format: "django", secret, ...options, ...variation.options }).verify(
          { name, value },
          { now },
        ).ok,
    );
    expect(createCodec({ format: "django", secret, ...options }).verify({ name, value }, { now }).ok).toBe(
      false,
    );
    expect(fitting.length).toBeGreaterThan(0);
  });
});
