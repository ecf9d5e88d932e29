import type { FormatId } from "../../src/index.ts";
import { cookieSession } from "./cookie-session.ts";
import { django } from "./django.ts";
import { flask } from "./flask.ts";
import type { Contract, Line } from "./line.ts";

/** Where a format's vectors are, below fixtures/<id>/, and what else it must keep. */
export interface FormatVectors {
  /** Names of the files that hold cookies; absent: all. */
  readonly files?: RegExp;
  /** From the layout of its own fixtures to the common one; absent: they are in that. */
  // biome-ignore lint/suspicious/noExplicitAny: each format's generator has its own layout
  toLine?(line: any): Line;
  readonly contract: Contract;
}

/** A format without an entry keeps the common layout and the common contract. */
const FORMATS: Readonly<Partial<Record<FormatId, FormatVectors>>> = {
  django,
  flask,
  "cookie-session": cookieSession,
};

export function vectorsOf(format: FormatId): FormatVectors {
  return FORMATS[format] ?? { contract: { format } };
}
