const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** By character code; undefined outside the alphabet. */
const DIGITS: number[] = [];
for (let digit = 0; digit < ALPHABET.length; digit++) DIGITS[ALPHABET.charCodeAt(digit)] = digit;

/** `b62_encode` of django.core.signing. `value`: an integer, negative ones included. */
export function encodeBase62(value: number): string {
  if (value === 0) return "0";
  let text = "";
  for (let rest = Math.abs(value); rest > 0; rest = Math.floor(rest / 62)) {
    text = ALPHABET.charAt(rest % 62) + text;
  }
  return value < 0 ? `-${text}` : text;
}

/**
 * `b62_decode` of django.core.signing: leading zeros and a lone "-" (zero) are accepted; a number too large for
 * a double is infinite. Undefined on an empty text or a character outside the alphabet.
 */
export function decodeBase62(text: string): number | undefined {
  if (text === "") return undefined;
  const negative = text.startsWith("-");
  let value = 0;
  for (let index = negative ? 1 : 0; index < text.length; index++) {
    const digit = DIGITS[text.charCodeAt(index)];
    if (digit === undefined) return undefined;
    value = value * 62 + digit;
  }
  return negative && value !== 0 ? -value : value;
}
