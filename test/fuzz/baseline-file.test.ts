import { describe, expect, test } from "vitest";
import { knownFindings } from "../../src/fuzz/baseline-file.ts";
import { writeJsonReport } from "../../src/fuzz/report/json.ts";
import { clean, finding, hostileReport, replay, report } from "./report/sample.ts";

function isKnownIn(text: string) {
  const known = knownFindings(text);
  if (!known.ok) throw new Error(known.message);
  return known.value;
}

describe("a report", () => {
  test("knows its findings by code and attack", () => {
    const isKnown = isKnownIn(writeJsonReport(report()));
    expect(isKnown(replay)).toBe(true);
    expect(isKnown(finding({ id: "encoding/spare-bits#40", count: 64, header: "other" }))).toBe(true);
    expect(isKnown(finding({ code: "server-error" }))).toBe(false);
    expect(isKnown(finding({ attack: "encoding/padding" }))).toBe(false);
  });

  test("may have none, or hostile texts", () => {
    expect(isKnownIn(writeJsonReport(clean))(replay)).toBe(false);
    expect(isKnownIn(writeJsonReport(hostileReport))(finding())).toBe(true);
  });
});

describe("a list", () => {
  test.each([
    ["a line", "accepted-replay replay/logout"],
    ["comments and empty lines", "# known\n\n  accepted-replay   replay/logout # until Friday\n"],
    ["the id of a case", "accepted-replay replay/logout#3"],
    ["lines that end as on Windows", "\ufeffslow content/deep\r\naccepted-replay\treplay/logout\r\n"],
  ])("%s", (_, text) => {
    expect(isKnownIn(text)(replay)).toBe(true);
    expect(isKnownIn(text)(finding())).toBe(false);
  });

  test.each(["", "\n", "# nothing yet\n"])("%j knows none", (text) => {
    expect(isKnownIn(text)(replay)).toBe(false);
  });
});

describe("refused, with what is wrong", () => {
  test.each([
    ["prose", "slow content/deep\nHello, world", "line 2"],
    ["an unknown code", "accepted-everything replay/logout", "line 1"],
    ["what every object has", "constructor replay/logout", "line 1"],
    ["a code alone", "accepted-replay", "line 1"],
    ["more on the line", "accepted-replay replay/logout medium", "line 1"],
    ["XML", '<?xml version="1.0"?>', "line 1"],
    ["a report that was cut off", writeJsonReport(report()).slice(0, 300), "cut off"],
    ["two reports", writeJsonReport(report()).repeat(2), "JSON"],
    ["other JSON", '{"results":[]}', "no report"],
    ["a list in JSON", "[1]", "no report"],
    ["a later schema", '{"schema":2,"findings":[]}', "schema 2"],
    ["findings that are none", '{"schema":1,"findings":[null]}', "no code"],
    ["findings without an attack", '{"schema":1,"findings":[{"code":"slow"}]}', "no code"],
    ["bytes", "\u0000\u0001PNG", "line 1"],
  ])("%s", (_, text, said) => {
    const known = knownFindings(text);
    if (known.ok) throw new Error("it was taken");
    expect(known.message).toMatch(/^not a baseline: /);
    expect(known.message).toContain(said);
    expect(known.hint).toContain("--json");
  });

  test("what is far too large", () => {
    expect(knownFindings(" ".repeat(2 ** 26 + 1)).ok).toBe(false);
  });
});
