import * as platform from "#platform";
import type { CookieInput, Segment } from "../../core/cookie.ts";
import { type Failure, fail } from "../../core/failure.ts";
import type { Parsed } from "../../core/format.ts";
import { ok, type Result } from "../../core/result.ts";
import { decodeBase62 } from "../../encoding/base62.ts";
import { decodePythonStandardBase64 } from "../../encoding/python-base64.ts";
import { encodeUtf8 } from "../../encoding/utf8.ts";
import { type DjangoOptions, planOf } from "./options.ts";

/** What a signature covers, still encoded: a signed text, or the serialized data of the older layouts. */
export type DjangoBody =
  | { readonly layout: "signed"; readonly text: string; readonly time: string | undefined }
  | { readonly layout: "hashed"; readonly data: Uint8Array };

/** One way to read a cookie. Django 3.1 and 3.2 tried two for rows and messages. */
export interface Form {
  readonly body: DjangoBody;
  /** What the MAC is taken over. */
  readonly message: string | Uint8Array;
  /** base64url, or hex for the older layouts. */
  readonly signature: string;
  /** Unix seconds, null without a time, a failure that shows only once the signature holds. */
  readonly issuedAt: number | null | Failure;
}

export type DjangoDetail = readonly [Form, ...Form[]];

/**
 * Splits as django.core.signing does: from the right, timestamps included.
 *
 * Fails with `bad-signature` where Django raises BadSignature before it computes anything, and `malformed` where
 * another exception escapes it.
 */
export function parseLayout(
  input: CookieInput,
  options: Readonly<DjangoOptions>,
): Result<Parsed<DjangoDetail>> {
  const plan = planOf(options);
  if (plan.backend === "signed_cookie" && (options.name ?? input.name) === undefined) {
    return fail("name-required", "the cookie's name is part of its salt, and none was given", {
      hint: "--name COOKIE_NAME",
    });
  }
  if (!plan.readsHashed) return parseSigned(input.value, plan.sep, plan.timed);
  const hashed = plan.backend === "messages" ? parseHashedMessages(input.value) : parseHashedRow(input.value);
  if (!plan.readsSigned) return hashed;
  const signed = parseSigned(input.value, plan.sep, plan.timed);
  if (!hashed.ok || !signed.ok) return signed.ok || !hashed.ok ? signed : hashed;
  const { segments, algorithm, detail } = signed.value;
  return ok({ segments, algorithm, detail: [...detail, ...hashed.value.detail] });
}

function parseSigned(value: string, sep: string, timed: boolean): Result<Parsed<DjangoDetail>> {
  const signatureStart = value.lastIndexOf(sep);
  if (signatureStart < 0) return fail("bad-signature", `there is no "${sep}" in it, so it has no signature`);
  if (!value.isWellFormed())
    return fail("malformed", "it holds half of a surrogate pair, which no cookie can");
  const message = value.slice(0, signatureStart);
  const signature = value.slice(signatureStart + sep.length);
  const timeStart = timed ? message.lastIndexOf(sep) : -1;
  const text = timeStart < 0 ? message : message.slice(0, timeStart);
  const time = timeStart < 0 ? undefined : message.slice(timeStart + sep.length);
  const issuedAt = timed ? readTime(time, timeStart + sep.length, signatureStart) : null;
  return ok(new SignedLayout({ body: { layout: "signed", text, time }, message, signature, issuedAt }, sep));
}

/** The segments are worked out when somebody asks: verifying never does. */
class SignedLayout implements Parsed<DjangoDetail> {
  readonly detail: DjangoDetail;
  readonly #form: Form;
  readonly #sep: string;

  constructor(form: Form, sep: string) {
    this.detail = [form];
    this.#form = form;
    this.#sep = sep;
  }

  get algorithm(): string | undefined {
    return algorithmOfLength(this.#form.signature.length);
  }

  get segments(): readonly Segment[] {
    const { body, message, signature } = this.#form;
    const { text, time } = body as Extract<DjangoBody, { layout: "signed" }>;
    const end = message.length + this.#sep.length;
    const segments = [{ name: "payload", start: 0, end: text.length }];
    if (time !== undefined) {
      segments.push({ name: "timestamp", start: message.length - time.length, end: message.length });
    }
    return [...segments, { name: "signature", start: end, end: end + signature.length }];
  }
}

function readTime(text: string | undefined, start: number, end: number): number | Failure {
  if (text === undefined) return fail("malformed", "it has no timestamp");
  return decodeBase62(text) ?? fail("malformed", "its timestamp is not base62", { at: { start, end } });
}

const LENGTHS: Readonly<Record<number, string>> = {
  22: "md5",
  27: "sha1",
  38: "sha224",
  43: "sha256",
  64: "sha384",
  86: "sha512",
};

/** The algorithm that a base64url signature of this length suggests. */
export function algorithmOfLength(length: number): string | undefined {
  return LENGTHS[length];
}

/** `hash$json`: CookieStorage before Django 3.1. */
function parseHashedMessages(value: string): Result<Parsed<DjangoDetail>> {
  const split = value.indexOf("$");
  if (split < 0) return fail("bad-signature", 'there is no "$" in it, so it has no signature');
  if (!value.isWellFormed())
    return fail("malformed", "it holds half of a surrogate pair, which no cookie can");
  const data = encodeUtf8(value.slice(split + 1));
  return ok({
    segments: [
      { name: "signature", start: 0, end: split },
      { name: "payload", start: split + 1, end: value.length },
    ],
    detail: [hashedForm(value.slice(0, split), data)],
    algorithm: "sha1",
  });
}

/** `base64(hash:data)`: SessionBase.encode before Django 3.1. */
function parseHashedRow(value: string): Result<Parsed<DjangoDetail>> {
  const bytes = decodePythonStandardBase64(value);
  if (bytes === undefined) return fail("malformed", "it is not base64");
  const split = bytes.indexOf(0x3a);
  if (split < 0) return fail("bad-signature", 'there is no ":" in it once decoded, so it has no signature');
  const hash = platform.latin1(bytes.subarray(0, split));
  return ok({
    segments: [
      { name: "signature", start: 0, end: Math.floor((split * 4) / 3) },
      { name: "payload", start: Math.ceil(((split + 1) * 4) / 3), end: value.length },
    ],
    detail: [hashedForm(hash, bytes.subarray(split + 1))],
    algorithm: "sha1",
  });
}

function hashedForm(signature: string, data: Uint8Array): Form {
  return { body: { layout: "hashed", data }, message: data, signature, issuedAt: null };
}
