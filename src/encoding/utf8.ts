let encoder: TextEncoder | undefined;

/** Half of a surrogate pair becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  encoder ??= new TextEncoder();
  return encoder.encode(text);
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return BEYOND_ASCII.test(text) ? encodeUtf8(text).length : text.length;
}
