import { isoTime } from "../../core/duration.ts";
import { shellWord } from "../../core/shell-quote.ts";
import type { Value } from "../../encoding/values.ts";
import { fingerprint } from "../../secrets/fingerprint.ts";
import type { Secrets } from "../../secrets/rotation.ts";
import { type Status, statusOf } from "../../secrets/status.ts";
import { timeOf } from "../report/json.ts";
import type { Paint } from "../report/paint.ts";
import { screenWidth, wrap } from "../report/text.ts";
import type { Outcome } from "./apply.ts";
import type { Subject } from "./subject.ts";

/** What a run did: steps, what the servers must be told, and the phase to run next. Secrets by fingerprint. */
export function drawOutcome(
  where: string,
  { rotation, remarks, backup, before, state }: Outcome,
  subject: Subject,
  now: number,
): string {
  const secrets = rotation?.secrets ?? before;
  const status = statusOf(secrets, rotation?.state ?? state, subject.maxAge, now);
  const lines =
    rotation === undefined
      ? [`${where}  nothing to do: ${status.rows[0]?.text ?? ""}`]
      : rotation.steps.map((step, index) => `${index === 0 ? where : " ".repeat(where.length)}  ${step}`);
  if (backup !== undefined) lines.push(`backup  ${backup}`);
  lines.push(...remarks.map((remark) => `note  ${remark}`));
  if (rotation !== undefined) lines.push(...advice(subject));
  lines.push(...nextLine(where, status, subject));
  return `${lines.join("\n")}\n`;
}

function advice({ phase }: Subject): string[] {
  if (phase === "replace") {
    return [
      "note  a server that has not got the new file yet refuses what the new secret signs:",
      "      where servers are replaced one by one, --phase introduce comes first",
    ];
  }
  return phase === "introduce" ? ["note  bring the file to every server before --phase promote"] : [];
}

/** The command to run next, alone on its line, so that it can be pasted. */
function nextLine(where: string, { next }: Status, { phase, words }: Subject): string[] {
  if (next === undefined || phase === "compromised") return [];
  const command = ["cookiesess", "rotate-key", "--file", where, ...words, "--phase", next.phase];
  const from = next.from === undefined ? [] : [`      from ${isoTime(next.from)?.slice(0, 10)} on`];
  return [`next  ${command.map(shellWord).join(" ")}`, ...from];
}

/** Every secret in force, since when, and what may be done; then what else the secret signs. */
export function drawStatus(
  where: string,
  { before, state }: Outcome,
  subject: Subject,
  now: number,
  columns: number,
  paint: Paint,
): string {
  const status = statusOf(before, state, subject.maxAge, now);
  const rows = statusRows(where, status, subject, screenWidth(columns));
  const signs = subject.settings.signs.map(({ what, effect }) => {
    const text = wrap(`${what}: ${effect}`, screenWidth(columns) - INDENT.length - 2, `${INDENT}  `);
    return INDENT + text.replace(what, paint.dim(what));
  });
  return `${[...rows, ...nextLine(where, status, subject), "also signed by it", ...signs].join("\n")}\n`;
}

const INDENT = "      ";
/** A longer name of a file stands on a line of its own. */
const LONGEST_LEAD = 16;
const LEAST_TEXT = 24;

/** File, name, fingerprint, and what is known of it: wrapped within its column. */
function statusRows(where: string, status: Status, { keys }: Subject, width: number): string[] {
  const labels = status.rows.map(({ role }, index) =>
    role === "signing" ? keys.secret : role === "introduced" ? "introduced" : `fallback ${index}`,
  );
  const widest = Math.max(...labels.map((label) => label.length));
  const isLong = where.length > LONGEST_LEAD;
  const lead = isLong ? INDENT : `${where}  `;
  const rows = status.rows.map(({ fingerprint: print, text }, index) => {
    const margin = index === 0 ? lead : " ".repeat(lead.length);
    const start = `${margin}${labels[index]?.padEnd(widest)}  ${print}  `;
    return start + wrap(text, Math.max(LEAST_TEXT, width - start.length), " ".repeat(start.length));
  });
  return isLong ? [where, ...rows] : rows;
}

/** What would change, line by line, with fingerprints in the place of secrets. */
export function drawDiff(before: Secrets, after: Secrets, { keys }: Subject, paint: Paint): string {
  const line = (mark: string, key: string, secrets: readonly string[]) =>
    `${mark} ${key}=${secrets.map(fingerprint).join(",") || "(none)"}`;
  const pairs = [
    [keys.secret, [before.current], [after.current]],
    [keys.fallbacks, before.fallbacks, after.fallbacks],
  ] as const;
  const lines = pairs.flatMap(([key, old, fresh]) => {
    if (old.join("\n") === fresh.join("\n")) return [`  ${line(" ", key, old).slice(2)}`];
    return [paint.bad(line("-", key, old)), paint.good(line("+", key, fresh))];
  });
  return `${lines.join("\n")}\n`;
}

/** The members of `--json`. No secret is among them. */
export function outcomeMembers(
  { rotation, before, state, backup }: Outcome,
  subject: Subject,
  now: number,
): Record<string, Value | undefined> {
  const secrets = rotation?.secrets ?? before;
  const status = statusOf(secrets, rotation?.state ?? state, subject.maxAge, now);
  return {
    rotated: rotation !== undefined,
    phase: subject.phase,
    fingerprint: fingerprint(secrets.current),
    previous: fingerprint(before.current),
    steps: rotation?.steps ?? [],
    backup,
    ...statusMembers(status),
  };
}

export function statusMembers({ rows, next }: Status): Record<string, Value | undefined> {
  return {
    secrets: rows.map(({ role, fingerprint: print, since, safeFrom }) => ({
      role,
      fingerprint: print,
      since: timeOf(since ?? null),
      safeFrom: timeOf(safeFrom ?? null),
    })),
    next: next === undefined ? null : { phase: next.phase, from: timeOf(next.from ?? null) },
  };
}
