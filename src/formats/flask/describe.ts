import type { Note } from "../../core/cookie.ts";
import type { Description, View } from "../../core/format.ts";
import { isObject, type Value, type ValueObject } from "../../encoding/values.ts";
import { eraOf, type FlaskOptions } from "./options.ts";

type Fact = Description["facts"][number];

/** What Flask and its best-known extensions put into a session, by key. */
const KNOWN_KEYS: ReadonlyMap<string, (value: Value) => Fact | undefined> = new Map([
  ["_permanent", (value: Value) => (value === true ? fact("lifetime", PERMANENT) : undefined)],
  ["_flashes", flashes],
  ["_user_id", user],
  ["user_id", (value: Value) => fact("user", scalar(value))],
  ["_fresh", freshness],
  ["csrf_token", () => fact("CSRF token", "Flask-WTF's; forms carry it signed with the same secret")],
]);

const PERMANENT = "permanent: kept after the browser closes, until PERMANENT_SESSION_LIFETIME is over";

export function describe({ payload, opened, options }: View<string, FlaskOptions>): Description {
  const facts = isObject(payload.value) ? factsOf(payload.value) : [];
  const notes: Note[] = [];
  if (!isObject(payload.value)) {
    notes.push({
      level: "warning",
      code: "not-an-object",
      text: "The payload is not an object, and Flask's session class takes nothing else but null.",
    });
  }
  if (opened.outdated !== undefined) {
    notes.push({
      level: "warning",
      code: "outdated",
      text: `Accepted in an outdated way (${opened.outdated}): re-signing modernises it.`,
    });
  }
  if (opened.issuedAt !== null && eraOf(options).epoch > 0) {
    notes.push({
      level: "info",
      code: "counted-from-2011",
      text: "Its time is counted from 2011, as Flask 1.0 and older do: verify it with --flask 1.0.",
    });
  }
  return { title: "Flask session", facts, notes };
}

function factsOf(session: ValueObject): Fact[] {
  const facts: Fact[] = [];
  for (const [key, describeKey] of KNOWN_KEYS) {
    const found = Object.hasOwn(session, key) ? describeKey(session[key] ?? null) : undefined;
    if (found !== undefined) facts.push(found);
  }
  return facts;
}

function fact(label: string, text: string): Fact {
  return { label, text };
}

function user(value: Value): Fact {
  return fact("user", `${scalar(value)} (Flask-Login)`);
}

function freshness(value: Value): Fact {
  return fact("login", value === true ? "fresh: with a password in this session" : "from a remember cookie");
}

/** `_flashes` is a list of (category, message). */
function flashes(value: Value): Fact | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return fact("flashed messages", value.length === 1 ? "1 is waiting" : `${value.length} are waiting`);
}

const LONGEST = 80;

function scalar(value: Value): string {
  if (typeof value === "string") return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : "not a name or number";
}
