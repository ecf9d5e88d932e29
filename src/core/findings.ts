import { isObject, type Value } from "../encoding/values.ts";
import type { Note, Payload } from "./cookie.ts";
import { formatDuration } from "./duration.ts";
import type { Opened } from "./format.ts";
import { expiry } from "./verify.ts";

/** What browsers keep of one cookie, name and value together, in bytes. */
export const BROWSER_LIMIT = 4096;

/** For keys in lower case: V8 takes long to build a pattern that ignores case. */
const CREDENTIAL_KEY =
  /pass(?:word|wd|phrase)|secret|api[_-]?key|access[_-]?token|refresh[_-]?token|private[_-]?key|credit|card[_-]?number|ssn/;
const CREDENTIAL_VALUE =
  /^(?:eyJ[\w-]+\.[\w-]+\.[\w-]*|AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|sk-[\w-]{20,}|xox[abprs]-[\w-]+|-----BEGIN )/;

/** The shortest of them, an access key of AWS, in characters. */
const LEAST_CREDENTIAL = 20;

/** What is worth knowing of any signed cookie, whatever its format. `size`: bytes of name and value. */
export function findings(
  opened: Opened<unknown>,
  payload: Payload,
  size: number,
  maxAge: number | null,
  now: number,
): readonly Note[] {
  const notes: Note[] = [];
  const warn = (code: string, text: string) => notes.push({ level: "warning", code, text });
  const end = expiry(opened, maxAge);
  if (end !== null && Number.isFinite(end) && now > end) {
    warn(
      "expired",
      `Expired ${formatDuration(now - end)} ago under ${maxAge === null ? "its own time" : `an age of ${formatDuration(maxAge)}`}.`,
    );
  }
  if (opened.issuedAt !== null && opened.issuedAt > now + 300) {
    warn(
      "future-timestamp",
      `Signed ${formatDuration(opened.issuedAt - now)} in the future: a clock was wrong.`,
    );
  }
  if (size > BROWSER_LIMIT) {
    warn(
      "too-large",
      `Larger than the ${BROWSER_LIMIT} bytes that browsers keep: it would be dropped. ${largest(payload.value)}`.trim(),
    );
  }
  const key = credentialIn(payload.value);
  if (key !== undefined) {
    warn("credential", `"${key}" looks like a credential, and anyone who has the cookie can read it.`);
  }
  return notes;
}

function largest(value: Value): string {
  if (!isObject(value)) return "";
  const sizes = Object.entries(value).map(([key, item]) => [key, roughSize(item, 0)] as const);
  const top = sizes.sort((a, b) => b[1] - a[1]).slice(0, 3);
  return top.length === 0
    ? ""
    : `Largest keys: ${top.map(([key, size]) => `${key} (${size} B)`).join(", ")}.`;
}

function roughSize(value: Value, depth: number): number {
  if (typeof value === "string") return value.length + 2;
  if (value instanceof Uint8Array) return Math.ceil(value.length / 3) * 4;
  if (typeof value !== "object" || value === null || depth > 50) return String(value).length;
  const items = value instanceof Set ? [...value] : Object.entries(value).flat();
  return items.reduce<number>((sum, item) => sum + roughSize(item as Value, depth + 1) + 1, 2);
}

/** Most values that are looked at for credentials. */
const MOST_VALUES = 2_000;

function credentialIn(root: Value): string | undefined {
  const queue: (readonly [string, Value])[] = [["", root]];
  for (let index = 0; index < queue.length && index < MOST_VALUES; index++) {
    const [key, value] = queue[index] as readonly [string, Value];
    if (typeof value === "string" && value !== "") {
      if (CREDENTIAL_KEY.test(key.toLowerCase())) return key;
      if (value.length >= LEAST_CREDENTIAL && CREDENTIAL_VALUE.test(value)) return key;
    }
    if (Array.isArray(value))
      queue.push(...value.slice(0, MOST_VALUES).map((item: Value) => [key, item] as const));
    else if (isObject(value)) queue.push(...Object.entries(value).slice(0, MOST_VALUES));
  }
  return undefined;
}
