import type { FuzzReport } from "../finding.ts";

/** Of the members' names and meanings: what reads a report asks for it. */
export const REPORT_SCHEMA = 1;

const NOT_ASCII = /[\u007f-\uffff]/g;

/**
 * Everything of a report as one line of JSON, in ASCII; what is undefined is null. `header` has one character a byte,
 * so a byte of 0xFF stands there as `\u00ff`.
 */
export function writeJsonReport(report: FuzzReport): string {
  const text = JSON.stringify({ schema: REPORT_SCHEMA, ...report }, (_, value: unknown) =>
    value === undefined ? null : value,
  );
  return `${text.replace(NOT_ASCII, escapeUnit)}\n`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
