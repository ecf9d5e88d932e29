import { safe } from "../../encoding/safe-text.ts";
import type { Finding, FuzzReport } from "../finding.ts";
import { elapsed, headlineOf, leftByReason, number, observedOf, plural, stoppedText } from "./words.ts";

/** Findings in full: with their commands they stay below the 65,536 characters that a comment may have. */
const MOST_FINDINGS = 30;

/** Characters of a command; `--json` has all of it. */
const MOST_COMMAND = 800;

/** Characters of any other text. */
const MOST_TEXT = 300;

/** A report as GitHub's Markdown, for a job's summary or a comment on a merge request. */
export function writeMarkdown(report: FuzzReport): string {
  const { findings } = report;
  const blocks = [
    `## cookiesess fuzz: ${findings.length === 0 ? "no finding" : plural(findings.length, "finding")}`,
    facts(report),
    table(report),
    ...findings.slice(0, MOST_FINDINGS).map(section),
    rest(findings.length - MOST_FINDINGS),
    notes(report),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function facts(report: FuzzReport): string {
  const { target, format, baseline, cases, seconds, seed } = report;
  const stopped = stoppedText(report);
  const lines = [
    `${code(target)}, ${code(format)}: ${plural(cases, "case")} in ${elapsed(seconds)}, seed ${seed}`,
    `Baseline: ${code(baseline.genuine)} for the genuine session, ${code(baseline.nobody)} for nobody, told apart by ${prose(baseline.toldApartBy)}`,
    ...(stopped === undefined ? [] : [`**${stopped}**`]),
  ];
  return lines.join("  \n");
}

function table({ groups }: FuzzReport): string {
  const rows = groups.map(
    ({ group, cases, findings }) =>
      `| ${group} | ${number(cases)} | ${findings === 0 ? "none" : `**${number(findings)}**`} |`,
  );
  return ["| group | cases | findings |", "|---|--:|--:|", ...rows].join("\n");
}

function section(finding: Finding): string {
  const { severity, code: name, why, advice, id, command } = finding;
  const blocks = [
    `### ${severity}: ${prose(headlineOf(finding))}`,
    `${code(name)} ${code(id)}: ${prose(observedOf(finding))}`,
    `${prose(why)} ${prose(advice)}`,
    ...(command === undefined ? [] : [fenced(cut(safe(command), MOST_COMMAND))]),
  ];
  return blocks.join("\n\n");
}

function rest(more: number): string {
  return more > 0 ? `${plural(more, "more finding")} in the JSON report.` : "";
}

function notes(report: FuzzReport): string {
  const byDesign = report.byDesign.map(
    ({ attack, count, text }) => `- By design: ${prose(text)} (${code(attack)}, ${plural(count, "case")})`,
  );
  const left = [...leftByReason(report)].map(
    ([reason, attacks]) => `- ${plural(attacks.length, "attack")} not made: ${prose(reason)}`,
  );
  return [...byDesign, ...left].join("\n");
}

/** Text in which nothing is Markdown or HTML, and nobody is mentioned. */
function prose(text: string): string {
  return cut(safe(text), MOST_TEXT)
    .replace(/[\\`*_{}[\]<>#!|~&$:]/g, "\\$&")
    .replaceAll("@", "@<!-- -->");
}

/** A code span. */
function code(text: string): string {
  const shown = cut(safe(text), MOST_TEXT);
  const ticks = "`".repeat(longestRun(shown) + 1);
  return `${ticks}${/^`|`$|^ .* $|^$/.test(shown) ? ` ${shown} ` : shown}${ticks}`;
}

function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}sh\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}

/** Shortened in the middle. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(text.length - half)}`.toWellFormed();
}
