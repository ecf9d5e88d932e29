/**
 * What a terminal could take for a command, and what reorders or hides text: C0 and C1 controls, DEL, line and
 * paragraph separators, bidirectional and zero-width characters, lone surrogates.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]/gu;

/** Text that is safe to print, on one line. */
export function safe(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
