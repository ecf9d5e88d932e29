import { type Failure, fail } from "../core/failure.ts";
import { ok, type Result } from "../core/result.ts";
import type { Finding } from "./finding.ts";
import { KINDS } from "./finding.ts";
import { REPORT_SCHEMA } from "./report/json.ts";

/** What makes two findings of two runs the same one. */
type Known = Pick<Finding, "code" | "attack">;

/** Tells whether a finding was there before. */
export type IsKnown = (finding: Known) => boolean;

/** Characters; a report with long cookies is far below it. */
const MOST = 64 * 1_048_576;

type NoBaseline = Failure<"no-baseline">;

/**
 * The findings of an earlier run, from its `--json` report or from a list: a line for each, `CODE ATTACK`, with empty
 * lines and comments after `#`. An empty file knows none.
 */
export function knownFindings(text: string): Result<IsKnown, NoBaseline> {
  if (text.length > MOST) return refuse("it is larger than 64 MiB");
  const plain = text.replace(/^\ufeff/, "");
  const entries = /^\s*[{[]/.test(plain) ? fromReport(plain) : fromList(plain);
  if (!entries.ok) return entries;
  const known = new Set(entries.value.map(keyOf));
  return ok((finding) => known.has(keyOf(finding)));
}

function keyOf({ code, attack }: { readonly code: string; readonly attack: string }): string {
  return `${code} ${attack}`;
}

type Entries = Result<readonly { readonly code: string; readonly attack: string }[], NoBaseline>;

function fromReport(text: string): Entries {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return refuse("it begins like JSON and is none: was it cut off?");
  }
  const { schema, findings } = (report ?? {}) as { readonly schema?: unknown; readonly findings?: unknown };
  if (typeof schema === "number" && schema !== REPORT_SCHEMA) {
    return refuse(`its report has schema ${schema}, and this cookiesess reads ${REPORT_SCHEMA}`);
  }
  if (schema !== REPORT_SCHEMA || !Array.isArray(findings))
    return refuse("its JSON is no report of fuzz --json");
  return findings.every(isEntry) ? ok(findings) : refuse("a finding of its report has no code or no attack");
}

function isEntry(value: unknown): value is { readonly code: string; readonly attack: string } {
  const { code, attack } = (value ?? {}) as { readonly code?: unknown; readonly attack?: unknown };
  return typeof code === "string" && typeof attack === "string";
}

function fromList(text: string): Entries {
  const entries = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [code, attack, ...more] = line.replace(/#.*/, "").split(/\s+/).filter(Boolean);
    if (code === undefined) continue;
    if (!Object.hasOwn(KINDS, code) || attack === undefined || more.length > 0) {
      return refuse(`line ${index + 1} does not have the form CODE ATTACK`);
    }
    entries.push({ code, attack });
  }
  return ok(entries);
}

function refuse(why: string): NoBaseline {
  return fail("no-baseline", `not a baseline: ${why}`, {
    hint: "a report of fuzz --json, or lines as accepted-replay replay/logout",
  });
}
