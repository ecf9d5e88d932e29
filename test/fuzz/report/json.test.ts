import { expect, test } from "vitest";
import { writeJsonReport } from "../../../src/fuzz/report/json.ts";
import { clean, finding, hostileReport, report } from "./sample.ts";

test.each([
  ["findings", report()],
  ["no finding", clean],
  ["hostile texts", hostileReport],
])("holds everything of the report: %s", (_, whole) => {
  const text = writeJsonReport(whole);
  const { schema, ...rest } = JSON.parse(text) as Record<string, unknown>;
  expect(schema).toBe(1);
  expect(withoutNulls(rest)).toEqual(JSON.parse(JSON.stringify(whole)));
});

test("is one line of ASCII, the schema first", () => {
  expect(writeJsonReport(hostileReport)).toMatch(/^\{"schema":1,[ -~]*\}\n$/);
});

test("says that nothing stopped it, and that no command sends it", () => {
  const text = writeJsonReport(report({ findings: [finding({ command: undefined })] }));
  expect(JSON.parse(text)).toMatchObject({ stopped: null, findings: [{ command: null, note: null }] });
});

function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, member: unknown) => member ?? undefined));
}
