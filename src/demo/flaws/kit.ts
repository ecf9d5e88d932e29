import { type Codec, type CreateCodecOptions, createCodec, formats } from "../../index.ts";
import type { SessionOptions } from "../../session/index.ts";
import { cookieValues, splitCookies } from "../cookies.ts";

/** One deliberate fault of the demo server. */
export interface Flaw {
  readonly name: string;
  /** What is wrong, as a whole sentence. */
  readonly summary: string;
  make(kit: Kit): Fault;
}

/** How a fault changes the sound server that it is built around. */
export interface Fault {
  /** Sessions under other options. */
  readonly settings?: Pick<SessionOptions, "fallbacks" | "revocation">;
  /**
   * Chooses what the sessions are opened from in place of the cookies of their name, given in the order of the
   * request: a text for the header; undefined leaves them alone.
   */
  readonly replace?: (values: readonly string[]) => string | undefined;
  /** What every error page shows; a refused cookie is an error then. */
  readonly leak?: string;
}

type Options = CreateCodecOptions<"django">;

/** What a fault is made with. */
export interface Kit {
  readonly options: Options;
  /** As the sound server verifies. */
  readonly codec: Codec;
  /** The same secrets with other options. */
  codecWith(changes: Partial<Options>): Codec;
  /** Signs a text as the sessions are signed, `payload:timestamp`, whatever is in it. */
  seal(message: string): string;
  readonly now: () => number;
}

/** Sealed texts are quoted for a header. */
const unquote = (text: string) => formats.django.unquote?.(text) ?? text;

export function makeKit(options: Options, now: () => number): Kit {
  const codecWith = (changes: Partial<Options>) => createCodec({ ...options, ...changes });
  const codec = codecWith({});
  const own = codec.verify({ value: codec.sign({}, { now: now() }) }, { now: now() });
  const salt = own.ok ? own.salt : undefined;
  const signer = codecWith({ backend: "signer", serializer: "string", salt });
  const seal = (message: string) => unquote(signer.sign(message));
  return { options, codec, codecWith, seal, now };
}

/** A cookie's value, cut as Django cuts it: from the right. */
export interface Cut {
  readonly value: string;
  readonly payload: string;
  readonly timestamp: string;
  readonly signature: string;
  /** What the signature covers. */
  readonly message: string;
}

export function cut(value: string): Cut {
  const end = value.lastIndexOf(":");
  const message = value.slice(0, Math.max(end, 0));
  const middle = message.lastIndexOf(":");
  return {
    value,
    payload: message.slice(0, Math.max(middle, 0)),
    timestamp: message.slice(middle + 1),
    signature: value.slice(end + 1),
    message,
  };
}

/** Lets some cookies in that the sound server refuses: `accept` gives a genuine one in their place. */
export function accepting(kit: Kit, accept: (refused: Cut) => string | undefined): Fault {
  return {
    replace(values) {
      const value = values.at(-1) ?? "";
      const { ok } = kit.codec.verify({ value }, { now: kit.now() });
      return ok ? undefined : accept(cut(value));
    },
  };
}

/** The `Cookie:` header that the sessions are to be opened from. */
export function rewriteHeader(
  header: string | undefined,
  name: string,
  { replace }: Fault,
): string | undefined {
  const values = cookieValues(header, name);
  if (header === undefined || replace === undefined || values.length === 0) return header;
  const value = replace(values);
  return value === undefined ? header : [...splitCookies(header, name).others, `${name}=${value}`].join("; ");
}
