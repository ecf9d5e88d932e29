import type * as api from "../../src/index.ts";
import type { Platform } from "../../src/platform/provider.ts";

/** One line of a fixture: what a real framework said of a cookie. See fixtures/README.md. */
export interface Line {
  readonly id: string;
  readonly producer: string;
  readonly options: object;
  readonly secret?: string;
  readonly secretHex?: string;
  readonly fallbacks?: readonly string[];
  readonly name?: string;
  readonly value: string;
  /** The value as it stands in a header, where that differs. */
  readonly header?: string;
  /** The whole `Cookie:` header, where the framework was given that; it is read instead of `value`. */
  readonly request?: string;
  /** The other cookies of the request. */
  readonly siblings?: Readonly<Record<string, string>>;
  readonly now: number;
  /** Absent: the framework's own. */
  readonly maxAge?: number | null;
  readonly verdict: "valid" | "bad-signature" | "expired" | "malformed";
  /** JSON of what the application was given, as the framework's language writes it. */
  readonly payload?: string;
  readonly issuedAt?: number;
  readonly keyIndex?: number;
  /** Minting the payload at `issuedAt` gives this cookie. */
  readonly mint?: boolean;
  readonly passwordHash?: string;
  readonly authHashKeyIndex?: number;
}

/** What is under test: the library, from its sources or as a user imports it, and the provider it runs on. */
export interface Library extends Pick<typeof api, "createCodec" | "detect" | "formats"> {
  readonly platform: Platform;
}

export interface PayloadJson {
  read(json: string): api.Value;
  write(payload: api.Value): string;
}

/** What a format's cookies must keep beyond their verdicts. */
export interface Contract {
  readonly format: api.FormatId;
  /** How the framework's language reads and writes the lines' `payload`; absent: Python's way. */
  readonly json?: PayloadJson;
  /** Whether a minted value is as good as the framework's; compressed bytes depend on the zlib build. */
  alike?(ours: string, theirs: string, platform: Platform): boolean;
  /** Whether rotation left the payload's bytes and the time as they were. */
  keeps?(before: string, after: string): boolean;
}
