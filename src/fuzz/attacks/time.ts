import { formatDuration } from "../../core/duration.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import type { Attack, Means, Mutant } from "../attack.ts";
import { fieldsNamed, textOf } from "../specimen.ts";
import { edited, mutant, payloadOf } from "./edits.ts";

/** The timestamp alone is another: earlier, later, negative, zero, far too large. */
function* alteredTimes({ specimen, random }: Means): Generator<Mutant> {
  for (const field of fieldsNamed(specimen, "timestamp")) {
    const text = textOf(specimen, field);
    const { length } = text;
    const fixed = [
      ...["", "0", "1", "-", "-1", `-${text}`, "00", "A", "Z", "z", "_", "~"],
      ...["z".repeat(length), "9".repeat(length), "A".repeat(length), "1".repeat(length), "_".repeat(length)],
      ...[
        "zzzzzzzz",
        "1".repeat(20),
        "z".repeat(40),
        "9".repeat(400),
        "NaN",
        "1e9",
        "0x1",
        "١٢٣",
        text + text,
      ],
    ];
    for (const other of fixed) yield edited(specimen, field, latin1(other), describe(other));
    for (const later of random.shuffle(neighbours(text))) {
      yield edited(specimen, field, later, describe(later));
    }
  }
}

/** Timestamps with one character raised or lowered, which is a time near by or far away in any notation. */
function neighbours(text: string): string[] {
  return [...text].flatMap((char, index) =>
    [-1, 1, 2].map(
      (step) => text.slice(0, index) + String.fromCharCode(char.charCodeAt(0) + step) + text.slice(index + 1),
    ),
  );
}

function describe(text: string): string {
  if (text === "") return "empty";
  return text.length > 20 ? `${text.length} characters` : text;
}

/** As UTF-8 bytes stand in a header. */
function latin1(text: string): string {
  return String.fromCharCode(...encodeUtf8(text));
}

const HOUR = 3_600;
const DAY = 86_400;

/** Seconds over the limit: enough that two clocks which differ a little agree. */
const MARGIN = 120;

/** A genuine session that was signed too long ago. */
function* expired({ specimen, forge, now, maxAge }: Means): Generator<Mutant> {
  const payload = payloadOf(specimen);
  if (payload === undefined || forge === undefined || maxAge === null) return;
  const ages = [
    ...[maxAge + MARGIN, maxAge + HOUR, maxAge + DAY, 2 * maxAge, 3 * maxAge, 7 * maxAge, 10 * maxAge],
    ...[12 * maxAge, 24 * maxAge, 60 * maxAge, 100 * maxAge, 600 * maxAge, 900 * maxAge],
    ...[now - 1, now],
  ];
  for (const age of ages.filter((seconds) => seconds > maxAge + 1 && seconds <= now)) {
    const pairs = forge.sign(payload, { now: now - age });
    if (pairs !== undefined) yield mutant(pairs, `${formatDuration(age)} old`);
  }
}

/** Genuine, and signed by a clock that is ahead: frameworks differ, so accepting it is no fault. */
function* future({ specimen, forge, now }: Means): Generator<Mutant> {
  const payload = payloadOf(specimen);
  if (payload === undefined || forge === undefined) return;
  for (const ahead of [60, DAY, 3_650 * DAY, 100_000 * DAY, 2 ** 40]) {
    const pairs = forge.sign(payload, { now: now + ahead });
    if (pairs !== undefined) {
      yield { ...mutant(pairs, `${formatDuration(ahead)} ahead`), harmless: true };
    }
  }
}

/** What the signed time is there to refuse. */
export const time: readonly Attack[] = [
  {
    id: "time/altered",
    title: "its timestamp was changed under the old signature",
    finding: "accepted-forgery",
    cases: alteredTimes,
  },
  {
    id: "time/expired",
    title: "it is genuine, and older than sessions may be",
    finding: "accepted-expired",
    needs: "secret",
    cases: expired,
  },
  {
    id: "time/future",
    title: "it was signed in the future",
    finding: "accepted-expired",
    needs: "secret",
    cases: future,
  },
];
