import * as platform from "#platform";
import { encodeUtf8 } from "../encoding/utf8.ts";

/** Another secret that may have been meant. */
interface SecretReading {
  /** Follows "the secret". */
  readonly how: string;
  /** The command-line flags that say the same. */
  readonly flags?: string;
  readonly secret: Uint8Array;
}

interface Misreading {
  readonly how: string;
  readonly flags?: string;
  /** From and to one character a byte; undefined where it does not apply. */
  apply(text: string): Uint8Array | string | undefined;
}

/** What editors, shells and settings do to a secret, likeliest first. */
const MISREADINGS: readonly Misreading[] = [
  { how: "with a newline at its end", apply: (text) => `${text}\n` },
  { how: "with a carriage return and newline at its end", apply: (text) => `${text}\r\n` },
  { how: "without the white space around it", apply: (text) => text.trim() },
  { how: "without the quotes around it", apply: (text) => text.replace(/^(["'])(.*)\1$/s, "$2") },
  { how: "read as base64", flags: "--secret-encoding base64", apply: fromBase64 },
  { how: "read as hex", flags: "--secret-encoding hex", apply: fromHex },
  { how: "with its backslash escapes decoded", apply: (text) => text.replace(/\\(["'\\$])/g, "$1") },
  {
    how: "without the byte order mark in front of it",
    apply: (text) => (text.startsWith("\xef\xbb\xbf") ? text.slice(3).trim() : undefined),
  },
  { how: "read as UTF-16", apply: fromUtf16 },
  {
    how: "read as Latin-1",
    apply: (text) => (/[\x80-\xff]/.test(text) ? encodeUtf8(text) : undefined),
  },
];

/** Each differs from the secret, and none is empty. */
export function* secretReadings(secret: Uint8Array): Generator<SecretReading> {
  const text = platform.latin1(secret);
  for (const { apply, ...reading } of [...MISREADINGS, ...assignments(text)]) {
    const changed = apply(text);
    if (changed === undefined || changed === text || changed.length === 0) continue;
    yield { ...reading, secret: typeof changed === "string" ? platform.fromLatin1(changed) : changed };
  }
}

const MOST_ASSIGNMENTS = 20;
const ASSIGNMENT =
  /^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*[=:][ \t]*(?:"([^"\r\n]+)"|'([^'\r\n]+)'|([^\s"']\S*))[ \t]*\r?$/gm;

/** A whole `.env`, or a line of settings, in the place of the secret. Its names may be parts of a secret: not told. */
function assignments(text: string): Misreading[] {
  const found: Misreading[] = [];
  for (const [, double, single, bare] of text.matchAll(ASSIGNMENT)) {
    if (found.length === MOST_ASSIGNMENTS) break;
    found.push({ how: "read as NAME=value", apply: () => double ?? single ?? bare });
  }
  return found;
}

function fromBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/^base64:/, "").replace(/=+$/, "");
  return plain.length < 8 ? undefined : platform.fromBase64(plain);
}

function fromHex(text: string): Uint8Array | undefined {
  const plain = text.replace(/^hex:/, "");
  if (!/^(?:[0-9a-fA-F]{2}){4,}$/.test(plain)) return undefined;
  return Uint8Array.from(plain.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** As PowerShell's `>` writes it. */
function fromUtf16(text: string): Uint8Array | undefined {
  const order = { "\xff\xfe": "utf-16le", "\xfe\xff": "utf-16be" }[text.slice(0, 2)];
  if (order === undefined) return undefined;
  // The newline at its end may have lost its last byte.
  const decoded = new TextDecoder(order).decode(platform.fromLatin1(text));
  return encodeUtf8(decoded.replace(/[\s\ufffd]+$/, ""));
}
