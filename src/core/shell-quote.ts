const unquoted = /^[\w@%+=:,./-]+$/;

/** In single quotes for a POSIX shell. */
export function shellQuote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Quoted where a POSIX shell needs it. */
export function shellWord(word: string): string {
  return unquoted.test(word) ? word : shellQuote(word);
}

/**
 * One character a byte, quoted. Bytes that are no printable ASCII are escaped, in the `$'…'` of bash, zsh and
 * POSIX 2024; a NUL ends the word there, so there must be none.
 */
export function shellQuoteBytes(bytes: string): string {
  if (/^[\x20-\x7e]*$/.test(bytes)) return shellQuote(bytes);
  return `$'${bytes.replace(/['\\]|[^\x20-\x7e]/g, octal)}'`;
}

/** As octal with three digits: what follows cannot be taken for a part of it. */
function octal(byte: string): string {
  if (byte === "'" || byte === "\\") return `\\${byte}`;
  return `\\${byte.charCodeAt(0).toString(8).padStart(3, "0")}`;
}
