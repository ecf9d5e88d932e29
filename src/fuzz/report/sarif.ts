import { safe } from "../../encoding/safe-text.ts";
import type { Finding, FuzzReport } from "../finding.ts";
import { LEVELS, rules } from "./sarif-rules.ts";
import { headlineOf, observedOf } from "./words.ts";

export interface SarifOptions {
  /** Of cookiesess. */
  readonly version: string;
  /** A file of the repository, relative to its root, with `/`; README.md when absent. */
  readonly location?: string | undefined;
}

/**
 * A report as SARIF 2.1.0, for GitHub's code scanning and others.
 *
 * A running server has no source line, yet code scanning refuses results without a file, and URLs in its place. The
 * default is README.md because nearly every repository has one at its root, so that alerts have a page to show; whoever
 * keeps sessions in one file, as Django's settings, should name that one. The fingerprint is the code and the attack:
 * an alert stays the same one whichever case showed it, and whatever the file's first line becomes.
 *
 * @throws {TypeError} when `location` is no relative path
 */
export function writeSarif(report: FuzzReport, { version, location = "README.md" }: SarifOptions): string {
  const { findings, seed, target, format, baseline, cases, seconds, byDesign, left, stopped } = report;
  const uri = relativeUri(location);
  const run = {
    tool: { driver: { name: "cookiesess", semanticVersion: version, rules } },
    automationDetails: { id: "cookiesess-fuzz/" },
    invocations: [{ executionSuccessful: stopped === undefined }],
    columnKind: "utf16CodeUnits",
    results: findings.map((finding) => resultOf(finding, uri)),
    properties: { seed, target, format, baseline, cases, seconds, byDesign, left, stopped },
  };
  const log = { $schema: SCHEMA, version: "2.1.0", runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

function resultOf(finding: Finding, uri: string) {
  const { code, severity, attack, id, why, advice, header, command } = finding;
  const text = `${headlineOf(finding)} (${observedOf(finding)}). ${why} ${advice}`;
  return {
    ruleId: code,
    ruleIndex: rules.findIndex((rule) => rule.id === code),
    level: LEVELS[severity],
    message: { text: literal(safe(text)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: safe(attack) }],
      },
    ],
    partialFingerprints: {
      primaryLocationLineHash: `${code}:${attack}`,
      "cookiesessAttack/v1": `${code} ${attack}`,
    },
    properties: { severity, attack, case: id, header, command },
  };
}

/** In a message, `{0}` stands for an argument and `[text](target)` is a link. */
function literal(text: string): string {
  return text.replace(/[{}]/g, "$&$&").replace(/[[\]]/g, "\\$&");
}

function relativeUri(path: string): string {
  const parts = path.replace(/^(\.\/)+/, "").split("/");
  if (
    !path.isWellFormed() ||
    /^[a-z][a-z\d+.-]*:|\\/i.test(path) ||
    parts.some((part) => ["", ".", ".."].includes(part))
  ) {
    throw new TypeError("the location must be a path below the repository's root, with / between its parts");
  }
  return parts.map(encodeURIComponent).join("/");
}
