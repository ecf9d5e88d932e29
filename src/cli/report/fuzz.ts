import { safe } from "../../encoding/safe-text.ts";
import type { Finding, FuzzReport, GroupTally } from "../../fuzz/finding.ts";
import {
  elapsed,
  headlineOf,
  leftByReason,
  number,
  observedOf,
  plural,
  stoppedText,
} from "../../fuzz/report/words.ts";
import type { Paint } from "./paint.ts";
import { joined, screenWidth, visible, wrap } from "./text.ts";

export interface FuzzView {
  /** Without what the baseline file knows. */
  readonly report: FuzzReport;
  /** Findings that the baseline file knows. */
  readonly known: readonly Pick<Finding, "code" | "attack">[];
  /** Makes the same cases again: `cookiesess fuzz --seed 7 …`. */
  readonly again: string;
  readonly exitCode: number;
}

/** Baseline, tallies of the groups, findings, what is none, and how it ended. */
export function drawFuzz(view: FuzzView, columns: number, paint: Paint): string {
  const width = screenWidth(columns);
  const { report, known } = view;
  const blocks = [
    [baselineLine(report, width, paint)],
    tallies(report.groups, width, paint),
    ...allFindings(report.findings, width, paint),
    remarks(report, known, width, paint),
    ending(view, width, paint),
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${text.join("\n\n")}\n`;
}

/** Columns of "baseline", and of the remarks' labels. */
const LABEL = 10;

function row(label: string, text: string, width: number): string {
  return label.padEnd(LABEL) + wrap(safe(text), width - LABEL, " ".repeat(LABEL));
}

function baselineLine({ baseline, seed }: FuzzReport, width: number, paint: Paint): string {
  const { genuine, nobody, toldApartBy } = baseline;
  const parts = [`genuine ${genuine}`, `nobody ${nobody}`, `told apart by ${toldApartBy}`, `seed ${seed}`];
  const indent = " ".repeat(LABEL);
  const [first = "", ...others] = parts.map((part) => cut(safe(part), MOST_TEXT));
  const text = joined([wrap(first, width - LABEL, indent), ...others], width - LABEL, indent);
  return paint.dim("baseline".padEnd(LABEL)) + text;
}

const GAP = "    ";

/** As many tallies side by side as fit, their columns aligned. */
function tallies(groups: readonly GroupTally[], width: number, paint: Paint): string[] {
  for (let across = 4; across > 1; across--) {
    const lines = tallyLines(groups, across, paint);
    if (lines.every((line) => visible(line) <= width)) return lines;
  }
  return tallyLines(groups, 1, paint);
}

function tallyLines(groups: readonly GroupTally[], across: number, paint: Paint): string[] {
  const widest = (column: number, textOf: (tally: GroupTally) => string) =>
    Math.max(...groups.filter((_, index) => index % across === column).map((tally) => textOf(tally).length));
  const cells = groups.map((tally, index) => {
    const column = index % across;
    const label = nameOf(tally).padEnd(widest(column, nameOf));
    const mark = markOf(tally).padEnd(widest(column, markOf));
    const stroke = tally.cases === 0 ? paint.dim : tally.findings === 0 ? paint.good : paint.bad;
    return `${label}  ${casesOf(tally).padStart(widest(column, casesOf))} ${stroke(mark)}`;
  });
  const lines: string[] = [];
  for (let start = 0; start < cells.length; start += across) {
    lines.push(
      cells
        .slice(start, start + across)
        .join(GAP)
        .trimEnd(),
    );
  }
  return lines;
}

function nameOf({ group }: GroupTally): string {
  return group.replace("-", " ");
}

function casesOf({ cases }: GroupTally): string {
  return cases === 0 ? "" : number(cases);
}

function markOf({ cases, findings }: GroupTally): string {
  if (findings > 0) return `✗ ${number(findings)}`;
  return cases === 0 ? "none made" : "✓";
}

/** Of "✗ critical  ". */
const INDENT = " ".repeat(12);

/** Why it matters and what to do is said once for each code. */
function allFindings(findings: readonly Finding[], width: number, paint: Paint): string[][] {
  return findings.map((finding, index) => {
    const isFirst = findings.findIndex(({ code }) => code === finding.code) === index;
    return findingLines(finding, isFirst, width, paint);
  });
}

/** Characters of a command; one line, so that it can be copied. */
const MOST_COMMAND = 1_000;

function findingLines(finding: Finding, explain: boolean, width: number, paint: Paint): string[] {
  const { severity, code, id, why, advice, command } = finding;
  const stroke = severity === "critical" || severity === "high" ? paint.bad : paint.warning;
  const head = `${stroke(`✗ ${severity}`.padEnd(INDENT.length))}${paint.strong(code)}`;
  const room = width - INDENT.length;
  const seen = `${headlineOf(finding)} (${observedOf(finding)})`;
  const paragraphs = explain ? [seen, `${why} ${advice}`] : [seen];
  return [
    spread(head, paint.dim(safe(id)), width),
    ...paragraphs.map((text) => INDENT + wrap(cut(safe(text), MOST_TEXT), room, INDENT)),
    ...(command === undefined ? [] : [INDENT + paint.dim(cut(safe(command), MOST_COMMAND))]),
  ];
}

/** Characters of a sentence. */
const MOST_TEXT = 400;

/** Shortened in the middle: a command keeps its beginning and its URL. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = Math.floor(most * 0.4);
  return `${text.slice(0, start)}…${text.slice(text.length - (most - start - 1))}`.toWellFormed();
}

/** The second text at the right end, or on a line of its own where there is no room for it. */
function spread(left: string, right: string, width: number): string {
  const gap = width - visible(left) - visible(right);
  return gap < 2 ? `${left}\n${INDENT}${right}` : left + " ".repeat(gap) + right;
}

function remarks(report: FuzzReport, known: FuzzView["known"], width: number, paint: Paint): string[] {
  const lines = [
    ...known.map(({ code, attack }) => row("known", `${code} ${attack}, in the baseline file`, width)),
    ...report.byDesign.map(({ attack, count, text }) =>
      row("by design", `${cut(text, MOST_TEXT)} (${attack}, ${plural(count, "case")})`, width),
    ),
    ...[...leftByReason(report)].map(([reason, attacks]) =>
      row("not made", `${plural(attacks.length, "attack")}: ${cut(reason, MOST_TEXT)}`, width),
    ),
  ];
  return lines.map((line) => paint.dim(line));
}

function ending({ report, again, exitCode }: FuzzView, width: number, paint: Paint): string[] {
  const { cases, seconds, findings } = report;
  const stopped = stoppedText(report);
  const isShort = stopped !== undefined && report.stopped !== "limit";
  const none = isShort ? "no finding so far" : "✓ no finding";
  const parts = [
    findings.length === 0 ? none : plural(findings.length, "finding"),
    `${plural(cases, "case")} in ${elapsed(seconds)}`,
    `again: ${safe(again)}`,
  ];
  const summary = joined(parts, width - `  exit ${exitCode}`.length, "  ");
  const last = spread(summary.split("\n").at(-1) ?? "", `exit ${exitCode}`, width);
  const lines = [...summary.split("\n").slice(0, -1), last];
  const hint = "one case again: --replay ID with the same seed";
  return [
    ...(stopped === undefined ? [] : [isShort ? paint.warning(`! ${stopped}`) : paint.dim(stopped)]),
    ...(findings.length === 0 ? [] : [paint.dim(wrap(hint, width, ""))]),
    ...lines.map((line) => line.replace("✓ no finding", paint.good("✓ no finding"))),
  ];
}
