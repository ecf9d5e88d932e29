import { formatDuration, isoTime } from "../../core/duration.ts";
import type { Explanation } from "../../core/explain.ts";
import type { Failure } from "../../core/failure.ts";
import type { AnyFormat } from "../../core/format.ts";
import type { Verified } from "../../core/verify.ts";
import type { Paint } from "./paint.ts";
import { safe, wrap } from "./text.ts";

export interface VerdictContext {
  readonly format: AnyFormat;
  readonly title: string;
  readonly name: string | undefined;
  readonly secrets: number;
  readonly maxAge: number | null;
  readonly assumedAge: boolean;
  readonly now: number;
  /** The salt and algorithm that were asked for, as the format states them. */
  readonly under: string;
}

export function drawValid(
  verified: Verified,
  context: VerdictContext,
  checked: string | undefined,
  paint: Paint,
): string {
  const { keyIndex, outdated } = verified;
  const parts = [
    `${paint.good("✓ valid")} · ${context.title}`,
    ...(context.name === undefined ? [] : [safe(context.name)]),
    secretText(keyIndex, context.secrets),
    ...(outdated === undefined ? [] : [`${outdated}: re-sign it`]),
    times(verified, context),
  ].filter((part) => part !== "");
  const more = checked === undefined ? "" : `\n${paint.good("✓")} ${safe(checked)}`;
  return `${parts.join(" · ")}${more}\n`;
}

function secretText(keyIndex: number, secrets: number): string {
  if (secrets === 1) return "";
  return keyIndex === 0
    ? `secret 1 of ${secrets}, the current one`
    : `secret ${keyIndex + 1} of ${secrets} (a fallback: re-sign it)`;
}

function times({ issuedAt, expiresAt }: Verified, { now, assumedAge }: VerdictContext): string {
  if (issuedAt === null) return "it carries no time";
  const signed =
    issuedAt > now
      ? `signed ${formatDuration(issuedAt - now)} in the future`
      : `signed ${formatDuration(now - issuedAt)} ago`;
  if (expiresAt === null) return signed;
  return `${signed}, expires in ${formatDuration(Math.ceil(expiresAt - now))}${assumedAge ? " (the default age)" : ""}`;
}

export function drawInvalid(
  failure: Failure,
  context: VerdictContext,
  issuedAt: number | null,
  explanation: Explanation | undefined,
  paint: Paint,
): string {
  const named = context.name === undefined ? "" : ` · ${safe(context.name)}`;
  if (failure.code === "expired" && issuedAt !== null)
    return drawExpired(failure, context, issuedAt, named, paint);
  const lines = [`${paint.bad("✗ not valid")}: ${headline(failure, explanation)}${named}`];
  if (explanation !== undefined) lines.push(...explanationLines(explanation, context, paint));
  const hint = failure.hint;
  if (hint !== undefined) lines.push(`  ${paint.dim("hint")}      ${wrap(safe(hint), 68, " ".repeat(12))}`);
  return `${lines.join("\n")}\n`;
}

function headline({ message }: Failure, explanation: Explanation | undefined): string {
  if (explanation === undefined || explanation.nearby !== undefined) return safe(message);
  return `${safe(message)}, and none of ${explanation.tried} variations does`;
}

function explanationLines(
  { nearby, advice }: Explanation,
  { secrets, under }: VerdictContext,
  paint: Paint,
): string[] {
  const tried = `  ${paint.dim("tried")}     ${secrets} secret${secrets === 1 ? "" : "s"} × ${under}`;
  if (nearby === undefined) {
    const words = `The secret is another one, or the cookie was changed.${advice === undefined ? "" : ` ${advice}`}`;
    return [tried, `  ${wrap(safe(words), 76, "  ")}`];
  }
  const meaning = nearby.meaning === undefined ? "" : `: ${nearby.meaning}`;
  const lines = [
    tried,
    `  ${paint.dim("matches")}   with ${wrap(safe(nearby.change + meaning), 66, " ".repeat(12))}`,
  ];
  if (nearby.flags !== "")
    lines.push(`  ${paint.dim("next")}      cookiesess verify ${safe(nearby.flags)} …`);
  return lines;
}

function drawExpired(
  { message, hint }: Failure,
  context: VerdictContext,
  issuedAt: number,
  named: string,
  paint: Paint,
): string {
  const { maxAge, assumedAge, format, now } = context;
  if (maxAge === null || issuedAt + maxAge > now) {
    return `${paint.bad("✗ not valid")}: ${message}${named}\n${hint === undefined ? "" : `  ${hint}\n`}`;
  }
  const limit = `limit ${formatDuration(maxAge)}${assumedAge ? ` (${format.title}'s default; --max-age changes it)` : ""}`;
  const signed = (isoTime(issuedAt) ?? "at no time").replace("T", " ").replace("Z", "");
  return [
    `${paint.bad("✗ not valid")}: expired ${formatDuration(now - issuedAt - maxAge)} ago${named}`,
    "",
    `  signed ${signed} · ${limit} · signature good\n`,
  ].join("\n");
}
