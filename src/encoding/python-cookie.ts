/** `_LegalChars` of Lib/http/cookies.py: values made of these stand in a header as they are. */
const LEGAL = /^[A-Za-z0-9!#$%&'*+.^_`|~:-]+$/;
/** Within quotes, these need no escape either. */
const ESCAPED = /[^A-Za-z0-9!#$%&'*+.^_`|~: ()/<=>?@[\]{}\u0100-\u{10ffff}-]/gu;

/** Quotes a value as `SimpleCookie.value_encode` does, where it needs quotes. */
export function quotePythonCookie(value: string): string {
  if (LEGAL.test(value)) return value;
  return `"${value.replace(ESCAPED, escapeChar)}"`;
}

function escapeChar(char: string): string {
  if (char === '"' || char === "\\") return `\\${char}`;
  return `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;
}

/** `_unquote` of Lib/http/cookies.py, which Django's own cookie parser calls; other texts come back as they are. */
export function unquotePythonCookie(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text
    .slice(1, -1)
    .replace(/\\(?:([0-3][0-7][0-7])|(.))/g, (_, octal: string | undefined, char: string) =>
      octal === undefined ? char : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
