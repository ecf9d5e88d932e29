const INSECURE_PREFIX = "django-insecure-";

/**
 * Why a secret is weak, by the rule of Django's check security.W009 and W025: fewer than 50 characters, fewer
 * than 5 different ones, or the prefix that `startproject` writes. Undefined for a good one.
 */
export function weakness(secret: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(secret);
  if (text.startsWith(INSECURE_PREFIX))
    return `it begins with "${INSECURE_PREFIX}", as startproject writes it`;
  if (new Set(text).size < 5) return "it has fewer than 5 different characters";
  return text.length < 50 ? "it has fewer than 50 characters" : undefined;
}
