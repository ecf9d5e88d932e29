export interface Escape {
  readonly text: string;
  readonly end: number;
}

const letters: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["E", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["?", "?"],
]);

const hexadecimal = /(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8})/y;
const octal = /[0-7]{1,3}/y;

/**
 * The escape that begins at a backslash inside bash's `$'…'`; browsers write such strings in "Copy as cURL".
 * `\x` and octal escapes are read as code points, not as bytes of UTF-8. An unknown escape stays as it is.
 */
export function readAnsiC(command: string, backslash: number): Escape {
  const start = backslash + 1;
  const letter = letters.get(command.charAt(start));
  if (letter !== undefined) return { text: letter, end: start + 1 };
  const hex = matchAt(hexadecimal, command, start);
  if (hex) return codePoint(Number.parseInt(hex.slice(1), 16), start + hex.length);
  const digits = matchAt(octal, command, start);
  if (digits) return codePoint(Number.parseInt(digits, 8) % 256, start + digits.length);
  return { text: command.slice(backslash, start + 1), end: start + 1 };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function codePoint(code: number, end: number): Escape {
  return { text: code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code), end };
}
