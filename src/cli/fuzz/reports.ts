import type { Attack } from "../../fuzz/attack.ts";
import { type FuzzReport, SEVERITIES, type Severity } from "../../fuzz/finding.ts";
import { writeJunit } from "../../fuzz/report/junit.ts";
import { writeMarkdown } from "../../fuzz/report/markdown.ts";
import { writeSarif } from "../../fuzz/report/sarif.ts";
import { UsageError } from "../errors.ts";
import { reason } from "../files.ts";
import type { Io } from "../io.ts";
import { VERSION } from "../version.ts";
import type { FuzzFlags } from "./flags.ts";

/** Writes the reports that are asked for. */
export async function writeReports(
  { junit, sarif, markdown }: FuzzFlags,
  report: FuzzReport,
  attacks: readonly Attack[],
  io: Io,
): Promise<void> {
  const wanted = [
    [
      junit,
      () =>
        writeJunit(
          report,
          attacks.map(({ id }) => id),
        ),
    ],
    [sarif, () => writeSarif(report, { version: VERSION })],
    [markdown, () => writeMarkdown(report)],
  ] as const;
  for (const [path, write] of wanted) {
    if (path === undefined) continue;
    try {
      await io.writeFile(path, write());
    } catch (error) {
      throw new UsageError(`cannot write the report ${path}: ${reason(error)}`);
    }
  }
}

/** Whether one of the findings is as grave as `--fail-on` says. */
export function fails({ findings }: Pick<FuzzReport, "findings">, failOn: Severity = "medium"): boolean {
  const least = SEVERITIES.indexOf(failOn);
  return findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= least);
}
