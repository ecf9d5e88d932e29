import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Draft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { KINDS } from "../../../src/fuzz/finding.ts";
import { writeSarif } from "../../../src/fuzz/report/sarif.ts";
import { clean, finding, HARMLESS, hostileReport, replay, report } from "./sample.ts";

const ajv = new Draft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv as never);
const isValid = ajv.compile(schema);

interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly Rule[]; readonly semanticVersion: string };
      };
      readonly automationDetails: { readonly id: string };
      readonly invocations: readonly unknown[];
      readonly results: readonly Result[];
      readonly properties: Record<string, unknown>;
    },
  ];
}

interface Rule {
  readonly id: string;
  readonly help: { readonly text: string };
  readonly properties: Record<string, unknown>;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
  readonly partialFingerprints: Record<string, string>;
  readonly properties: Record<string, unknown>;
}

function runOf(whole = report(), location?: string) {
  return (JSON.parse(writeSarif(whole, { version: "1.2.3", location })) as Log).runs[0];
}

describe("SARIF's own schema", () => {
  test.each([
    ["findings", report()],
    ["no finding", clean],
    ["hostile texts", hostileReport],
    ["interrupted", report({ stopped: "interrupted" })],
  ])("takes it: %s", (_, whole) => {
    isValid(JSON.parse(writeSarif(whole, { version: "1.2.3" })));
    expect(isValid.errors).toBeNull();
  });

  test("takes not just anything", () => {
    const log = JSON.parse(writeSarif(report(), { version: "1.2.3" }).replace('"level"', '"grade"'));
    expect(isValid(log)).toBe(false);
  });
});

describe("rules", () => {
  const { rules, semanticVersion } = runOf().tool.driver;

  test("are the codes, each with its severity, tags and help", () => {
    expect(rules.map(({ id }) => id).sort()).toEqual(Object.keys(KINDS).sort());
    for (const { id, help, properties } of rules) {
      const kind = KINDS[id as keyof typeof KINDS];
      const scale = { critical: "9.5", high: "8.0", medium: "5.0", low: "2.0" };
      expect(properties["security-severity"]).toBe(scale[kind.severity]);
      expect(properties.tags).toContain("security");
      expect(help.text).toContain(kind.advice);
    }
  });

  test("stand behind their results' number", () => {
    for (const { ruleId, ruleIndex } of runOf().results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(semanticVersion).toBe("1.2.3");
  });
});

describe("results", () => {
  test("say what, how often, why and what to do, at a level", () => {
    const [forged, replayed] = runOf().results;
    expect(forged?.level).toBe("error");
    expect(forged?.message.text).toBe(
      "base64 spare bits of the signature were changed (accepted, 3 of 64 cases). " +
        `${KINDS["accepted-forgery"].why} ${KINDS["accepted-forgery"].advice}`,
    );
    expect(forged?.properties).toMatchObject({ command: finding().command, case: "encoding/spare-bits#3" });
    expect(replayed?.level).toBe("warning");
    const [low] = runOf(report({ findings: [finding({ severity: "low" })] })).results;
    expect(low?.level).toBe("note");
  });

  test("have the same fingerprint for the same code and attack alone", () => {
    const print = (over: Parameters<typeof finding>[0]) =>
      runOf(report({ findings: [finding(over)] })).results[0]?.partialFingerprints;
    expect(print({ id: "encoding/spare-bits#9", note: "another", count: 1, header: "x" })).toEqual(print({}));
    expect(print({ attack: "encoding/padding" })).not.toEqual(print({}));
    expect(print({ code: "server-error" })).not.toEqual(print({}));
    expect(print({})).toHaveProperty("primaryLocationLineHash");
  });

  test("hold no link, no placeholder and no control character of a cookie", () => {
    const { text } = runOf(hostileReport).results[0]?.message ?? { text: "" };
    expect(text).toMatch(HARMLESS);
    expect(text).not.toMatch(/(?<!\\)\[/);
    expect(text).toContain("{{0}}");
    expect(text).toContain("\\u001b");
  });

  test("belong to the analysis of the fuzzer", () => {
    expect(runOf().automationDetails.id).toBe("cookiesess-fuzz/");
    expect(runOf().invocations).toEqual([{ executionSuccessful: true }]);
    expect(runOf(report({ stopped: "time" })).invocations).toEqual([{ executionSuccessful: false }]);
    expect(runOf(report({ findings: [replay] })).properties).toMatchObject({ seed: 7, cases: 608 });
  });
});

describe("the location", () => {
  const uriOf = (location?: string) =>
    runOf(report(), location).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;

  test.each([
    [undefined, "README.md"],
    ["site/settings.py", "site/settings.py"],
    ["./my site/é#1.py", "my%20site/%C3%A9%231.py"],
  ])("%s", (given, uri) => {
    expect(uriOf(given)).toBe(uri);
  });

  test.each(["", "/etc/passwd", "../x", "a/../b", "a//b", "https://example.org/", "C:\\x", "a\\b", "file:x"])(
    "%j is refused",
    (given) => {
      expect(() => uriOf(given)).toThrow(TypeError);
    },
  );
});
