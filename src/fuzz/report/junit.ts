import { safe } from "../../encoding/safe-text.ts";
import type { Finding, FuzzReport } from "../finding.ts";
import { groupIn, headlineOf, observedOf, plural, stoppedText } from "./words.ts";

/**
 * A report as JUnit XML: a test case for each attack, in its group. A second finding of an attack is a test case of its
 * own, since readers show one failure of a test case.
 *
 * @param attacks the ids of the attacks that were chosen; a group that was tallied without any of them is one test case
 */
export function writeJunit(report: FuzzReport, attacks: readonly string[]): string {
  const { findings, left, seconds } = report;
  const cases = casesOf(report, attacks);
  const counts = { tests: cases.length, failures: findings.length, errors: 0, skipped: left.length };
  const time = seconds.toFixed(3);
  const suite = element("testsuite", { name: "cookiesess fuzz", ...counts, time }, [
    element("properties", {}, propertiesOf(report)),
    ...cases,
    ...remarksOf(report),
  ]);
  const { tests, failures, errors } = counts;
  const root = element("testsuites", { name: "cookiesess fuzz", tests, failures, errors, time }, [suite]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function casesOf({ findings, left, groups }: FuzzReport, attacks: readonly string[]): string[] {
  const ids = new Set([
    ...attacks,
    ...findings.map(({ attack }) => attack),
    ...left.map(({ attack }) => attack),
  ]);
  const listed = new Set([...ids].map(groupIn));
  for (const { group, cases } of groups) if (cases > 0 && !listed.has(group)) ids.add(group);
  return [...ids].flatMap((id) => {
    const found = findings.filter(({ attack }) => attack === id);
    if (found.length > 0) return found.map((finding, index) => failedCase(finding, index > 0));
    const reason = left.find(({ attack }) => attack === id)?.reason;
    return [testcase(id, reason === undefined ? [] : [element("skipped", {}, [escaped(safe(reason))])])];
  });
}

function testcase(name: string, children: readonly string[]): string {
  return element("testcase", { classname: groupIn(name), name }, children);
}

function failedCase(finding: Finding, again: boolean): string {
  const { attack, code, severity, why, advice, command, header, id } = finding;
  const lines = [
    headlineOf(finding),
    observedOf(finding),
    why,
    advice,
    `case: ${id}`,
    command === undefined ? `header: Cookie: ${header}` : `again: ${command}`,
  ];
  const message = `${severity}: ${headlineOf(finding)}`;
  const failure = element("failure", { type: code, message }, [escaped(lines.map(safe).join("\n"))]);
  return testcase(again ? `${attack} (${code})` : attack, [failure]);
}

function propertiesOf({ seed, target, format, baseline, cases }: FuzzReport): string[] {
  const values = { seed, target, format, cases, ...baseline };
  return Object.entries(values).map(([name, value]) => element("property", { name, value }));
}

/** What is no test case, as the suite's output. */
function remarksOf(report: FuzzReport): string[] {
  const lines = report.byDesign.map(
    ({ attack, count, text }) => `by design: ${text} (${attack}, ${plural(count, "case")})`,
  );
  const stopped = stoppedText(report);
  if (stopped !== undefined) lines.push(stopped);
  return lines.length === 0 ? [] : [element("system-out", {}, [escaped(lines.map(safe).join("\n"))])];
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(safe(String(value)))}"`);
  const open = `<${name}${given.join("")}`;
  if (children.length === 0) return `${open}/>`;
  const text = children.every((child) => child.startsWith("<"))
    ? `\n${children.join("\n")}\n`
    : children.join("");
  return `${open}>${text}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Of what `safe` leaves, XML forbids two more; they become the replacement character. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? "").replace(/[\ufffe\uffff]/g, "\ufffd");
}
