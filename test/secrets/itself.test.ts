// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is tested looks like one
import { describe, expect, test } from "vitest";
import type { DocumentKind } from "../../src/secrets/document.ts";
import { parseDocument } from "../../src/secrets/parse-document.ts";
import { KEYS, read, refusal } from "./support.ts";

const VAULT = "$ANSIBLE_VAULT;1.1;AES256";
const SOPS = "ENC[AES256_GCM,data:W8+k,iv:9wA=,tag:0Q==,type:str]";
const DOTENVX = "encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt";

/** How each kind of file says `SECRET_KEY` is this text. */
const WAYS: readonly (readonly [DocumentKind, (value: string) => string])[] = [
  ["env", (value) => `SECRET_KEY="${value}"\n`],
  ["env", (value) => `SECRET_KEY='${value}'\n`],
  ["docker-env", (value) => `SECRET_KEY=${value}\n`],
  ["json", (value) => JSON.stringify({ SECRET_KEY: value })],
  ["yaml", (value) => `SECRET_KEY: ${JSON.stringify(value)}\n`],
  ["kubernetes", (value) => `kind: Secret\ndata:\n  SECRET_KEY: ${btoa(value)}\n`],
  ["kubernetes", (value) => `kind: Secret\nstringData:\n  SECRET_KEY: ${JSON.stringify(value)}\n`],
];

describe.each(WAYS)("in %s, %s", (kind, put) => {
  test.each([VAULT, SOPS, DOTENVX])("a ciphertext is no secret: %s", (value) => {
    expect(refusal(kind, put(value))).toBe("encrypted");
  });

  test.each(["{{ secret_key }}", "op://site/django/key", "ref+vault://site/key", "arn+aws://x"])(
    "an address is no secret: %s",
    (value) => expect(refusal(kind, put(value))).toBe("reference"),
  );

  test.each([
    "django-insecure-$abc",
    "a$(b)c",
    "$x^y",
    "$2b$12$abc",
    "a$ENV",
    "key://",
    "base64:8f/a=",
    "{{a",
  ])("a secret: %s", (value) => expect(read(kind, put(value)).secret).toBe(value));
});

/** Variables and commands: bash and dotenv-expand expand all of them, python-dotenv those in braces. */
const EXPANDED = ["${OTHER}", "${OTHER:-x}", "$OTHER", "$(cat /run/secret)"];

test.each(EXPANDED)("%s stands for another value, but in single quotes and to docker", (value) => {
  expect(refusal("env", `SECRET_KEY=${value}`)).toBe("reference");
  expect(refusal("env", `SECRET_KEY="${value}" # c`)).toBe("reference");
  expect(refusal("env", `SECRET_KEY=x\nSECRET_KEY_FALLBACKS=a,${value}`)).toBe("reference");
  expect(refusal("json", JSON.stringify({ SECRET_KEY: value }))).toBe("reference");
  expect(refusal("json", JSON.stringify({ SECRET_KEY: "x", SECRET_KEY_FALLBACKS: [value] }))).toBe(
    "reference",
  );
  expect(refusal("yaml", `SECRET_KEY: ${value}`)).toBe("reference");
  expect(read("env", `SECRET_KEY='${value}'`).secret).toBe(value);
  expect(read("docker-env", `SECRET_KEY=${value}`).secret).toBe(value);
});

test("in .env braces stand for a part of the value too, unless they are escaped", () => {
  expect(refusal("env", "SECRET_KEY=a${OTHER}b")).toBe("reference");
  expect(read("env", 'SECRET_KEY="a\\${OTHER}b"').secret).toBe("a\\${OTHER}b");
  expect(read("json", '{"SECRET_KEY": "a${OTHER}b"}').secret).toBe("a${OTHER}b");
});

test("backticks are quotes, around white space a command", () => {
  expect(refusal("env", "SECRET_KEY=`cat /run/secret`")).toBe("reference");
  expect(read("env", "SECRET_KEY=`a'\"b`").secret).toBe("a'\"b");
});

test.each<[DocumentKind, string]>([
  ["env", "SECRET_KEY=plain\nsops_mac=ENC[AES256_GCM,data:x]\n"],
  ["json", '{"SECRET_KEY": "plain", "sops": {"mac": "ENC[AES256_GCM,data:x]"}}'],
  ["yaml", "SECRET_KEY: plain\nsops:\n  mac: ENC[AES256_GCM,data:x]\n"],
  ["kubernetes", "kind: Secret\nstringData: { SECRET_KEY: plain }\nsops: { mac: x }\n"],
])("a file of SOPS has a checksum over what it left plain: %s", (kind, text) => {
  expect(refusal(kind, text)).toBe("encrypted");
});

test.each<[DocumentKind, string]>([
  ["env", "SECRET_KEY="],
  ["env", "SECRET_KEY=''\nA=1"],
  ["env", "SECRET_KEY='  ' # none yet"],
  ["docker-env", "SECRET_KEY= "],
  ["json", '{"SECRET_KEY": ""}'],
  ["json", '{"SECRET_KEY": null}'],
  ["yaml", "SECRET_KEY: ''"],
  ["yaml", "SECRET_KEY:"],
  ["kubernetes", 'kind: Secret\ndata: { SECRET_KEY: "" }'],
])("an empty secret signs nothing, and there is none to keep: %s, %s", (kind, text) => {
  expect(parseDocument(kind, text, KEYS)).toMatchObject({
    ok: false,
    code: "not-text",
    message: "SECRET_KEY is empty",
    hint: expect.stringContaining("first secret"),
  });
});
