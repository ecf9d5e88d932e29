import { lineChecker } from "../contract/check-line.ts";
import { vectorsOf } from "../contract/formats.ts";
import type { Library } from "../contract/line.ts";
import { checkHmac, checkZlib, type HmacLine, type ZlibLine } from "../contract/platform.ts";
import type { Vectors } from "../contract.ts";

/** Vectors of the formats, and of the provider below them. */
export interface AllVectors {
  readonly formats: readonly Vectors[];
  readonly hmac: readonly HmacLine[];
  readonly zlib: readonly ZlibLine[];
}

/** What a runtime says of itself once it has run every vector. */
export interface Report {
  readonly platform: "node" | "web";
  /** Vectors that were run. */
  readonly vectors: number;
  /** Those that failed, each with what did not hold. */
  readonly failures: readonly string[];
}

export function runVectors({ formats, hmac, zlib }: AllVectors, library: Library): Report {
  const { platform } = library;
  const failures: string[] = [];
  let vectors = 0;
  function run<Line extends { id: string }>(
    title: string,
    lines: readonly Line[],
    check: (line: Line) => void,
  ) {
    for (const line of lines) {
      vectors++;
      try {
        check(line);
      } catch (error) {
        failures.push(`${title} ${line.id}: ${String(error)}`);
      }
    }
  }
  for (const { format, title, lines } of formats)
    run(title, lines, lineChecker(library, vectorsOf(format).contract));
  run("hmac", hmac, (line) => checkHmac(line, platform));
  run("zlib", zlib, (line) => checkZlib(line, platform));
  return { platform: platform.platform, vectors, failures };
}
