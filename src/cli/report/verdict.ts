import type { Note } from "../../core/cookie.ts";
import { formatDuration, isoTime } from "../../core/duration.ts";
import type { Explanation } from "../../core/explain.ts";
import type { Failure } from "../../core/failure.ts";
import type { AnyFormat } from "../../core/guide.ts";
import type { Match, Verified } from "../../core/verify.ts";
import { safe } from "../../encoding/safe-text.ts";
import type { Paint } from "./paint.ts";
import { joined, peeledText, screenWidth, wrap } from "./text.ts";

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
  /** Line of standard input. */
  readonly line: number | undefined;
  /** What was peeled off to get at the value. */
  readonly layers: readonly string[];
  readonly columns: number;
}

export function drawValid(
  verified: Verified,
  context: VerdictContext,
  notes: readonly Note[],
  checked: string | undefined,
  paint: Paint,
): string {
  const { keyIndex, outdated } = verified;
  const peeled = peeledText(context.layers);
  const parts = [
    `${paint.good("✓ valid")} · ${context.title}`,
    ...(context.name === undefined ? [] : [safe(context.name)]),
    secretText(keyIndex, context.secrets),
    ...(outdated === undefined ? [] : [`${outdated}: re-sign it`]),
    times(verified, context),
    peeled === "" ? "" : `peeled: ${peeled}`,
  ].filter((part) => part !== "");
  const warnings = notes.map(
    ({ text }) => `\n${INDENT}${paint.warning("! ")}${wrap(safe(text), widthOf(context) - 2, `${INDENT}  `)}`,
  );
  const more = checked === undefined ? "" : `\n${paint.good("✓")} ${safe(checked)}`;
  return `${joined(parts, widthOf(context), INDENT)}${warnings.join("")}${more}\n`;
}

const INDENT = "  ";

function widthOf({ columns }: Pick<VerdictContext, "columns">): number {
  return screenWidth(columns) - INDENT.length;
}

/** Label and text, aligned, the text wrapped. */
function row(label: string, text: string, context: Pick<VerdictContext, "columns">, paint: Paint): string {
  const indent = " ".repeat(INDENT.length + LABEL);
  return INDENT + paint.dim(label.padEnd(LABEL)) + wrap(safe(text), widthOf(context) - LABEL, indent);
}

const LABEL = 11;

const REFUSED = "✗ not valid";

function refused(text: string, paint: Paint): string {
  return text.replace(REFUSED, paint.bad(REFUSED));
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

/** `match`: what made the cookie genuine, where only its age or its payload is at fault. */
export function drawInvalid(
  failure: Failure,
  context: VerdictContext,
  match: Match<unknown> | undefined,
  explanation: Explanation | undefined,
  paint: Paint,
): string {
  const { line, name } = context;
  const where = line === undefined ? "" : `line ${line}: `;
  const named = name === undefined ? [] : [safe(name)];
  const overdue = failure.code === "expired" ? overdueBy(match, context) : undefined;
  const what =
    overdue === undefined
      ? headline(failure, explanation)
      : `expired ${formatDuration(Math.ceil(overdue))} ago`;
  const head = refused(
    joined(
      [wrap(`${REFUSED}: ${where}${what}`, widthOf(context), INDENT), ...named],
      widthOf(context),
      INDENT,
    ),
    paint,
  );
  const rows =
    overdue === undefined || match === undefined
      ? explanationRows(explanation, context, paint)
      : [...expiredRows(match, context, paint), ...nearbyRows("perhaps", explanation, context, paint)];
  const peeled = peeledText(context.layers);
  if (peeled !== "") rows.unshift(row("peeled", peeled, context, paint));
  if (failure.hint !== undefined) rows.push(row("hint", failure.hint, context, paint));
  return `${head}\n${rows.length === 0 ? "" : `\n${rows.join("\n")}\n`}`;
}

/** An item that holds no cookie of a known format. */
export function drawUnread(
  { message, hint }: Failure,
  line: number | undefined,
  columns: number,
  paint: Paint,
): string {
  const where = line === undefined ? "" : `line ${line}: `;
  const more = hint === undefined ? "" : `\n${row("hint", hint, { columns }, paint)}\n`;
  return `${refused(wrap(`${REFUSED}: ${where}${safe(message)}`, widthOf({ columns }), INDENT), paint)}\n${more}`;
}

function headline({ message }: Failure, explanation: Explanation | undefined): string {
  if (explanation === undefined || explanation.nearby !== undefined) return safe(message);
  return `${safe(message)}, and none of ${explanation.tried} variations matches`;
}

function explanationRows(
  explanation: Explanation | undefined,
  context: VerdictContext,
  paint: Paint,
): string[] {
  if (explanation === undefined) return [];
  const { secrets, under } = context;
  const { nearby, advice } = explanation;
  const tried = row("tried", `${secrets} secret${secrets === 1 ? "" : "s"} × ${under}`, context, paint);
  if (nearby === undefined) {
    const words = `The secret is another one, or the cookie was changed.${advice === undefined ? "" : ` ${advice}`}`;
    return [tried, INDENT + wrap(safe(words), widthOf(context), INDENT)];
  }
  return [tried, ...nearbyRows("matches", explanation, context, paint)];
}

function nearbyRows(
  label: string,
  explanation: Explanation | undefined,
  context: VerdictContext,
  paint: Paint,
): string[] {
  if (explanation?.nearby === undefined) return [];
  const { change, meaning, flags, without } = explanation.nearby;
  const why = meaning === undefined ? "" : `: ${meaning}`;
  const found = row(label, `with ${change}${why}`, context, paint);
  if (flags === "") return [found];
  const dropped = without === "" ? "" : `, without ${without}`;
  return [found, row("next", `cookiesess verify ${flags} …${dropped}`, context, paint)];
}

/** Seconds past the age that was asked for; undefined when it was refused for another reason. */
function overdueBy(match: Match<unknown> | undefined, { maxAge, now }: VerdictContext): number | undefined {
  const issuedAt = match?.opened.issuedAt;
  if (issuedAt === undefined || issuedAt === null || maxAge === null) return undefined;
  const overdue = now - issuedAt - maxAge;
  return overdue > 0 ? overdue : undefined;
}

function expiredRows({ opened, keyIndex }: Match<unknown>, context: VerdictContext, paint: Paint): string[] {
  const { maxAge, assumedAge, format } = context;
  const signed = (isoTime(opened.issuedAt ?? 0) ?? "at no time").replace("T", " ").replace("Z", " UTC");
  const limit = formatDuration(maxAge ?? 0);
  return [
    row("signed", signed, context, paint),
    row(
      "limit",
      assumedAge ? `${limit} (${format.title}'s default; --max-age changes it)` : limit,
      context,
      paint,
    ),
    row("signature", `good, ${keyIndex === 0 ? "current secret" : `fallback ${keyIndex}`}`, context, paint),
  ];
}
