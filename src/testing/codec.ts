import type { Codec, Failure, Verified } from "../index.ts";

/** @throws {TypeError} on what is no codec, so that `.not` does not pass for it */
export function checkCodec(codec: unknown): asserts codec is Codec {
  const { verify, format } = (codec ?? {}) as Partial<Codec>;
  if (typeof verify !== "function" || typeof format !== "string") {
    throw new TypeError("the matcher takes a codec: createCodec({ format, secret })");
  }
}

/** Why a cookie was refused: the code, the message and the hint. */
export function reasons({ code, message, hint }: Failure): string {
  return hint === undefined ? `${code}: ${message}` : `${code}: ${message}\n  hint: ${hint}`;
}

/** What makes a cookie valid, for a test that wants it refused. */
export function credentials({ issuedAt, keyIndex }: Verified): string {
  const key = keyIndex === 0 ? "the current secret" : `fallback ${keyIndex}`;
  return issuedAt === null ? `under ${key}` : `under ${key}, signed ${moment(issuedAt)}`;
}

function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `at ${seconds}` : date.toISOString();
}
