import { readdirSync, readFileSync } from "node:fs";
import type { FormatId } from "../src/index.ts";
import { vectorsOf } from "./contract/formats.ts";
import type { Line } from "./contract/line.ts";

export type { Line } from "./contract/line.ts";

const fixtures = new URL("../fixtures/", import.meta.url);

/** The lines of a JSON-lines file below fixtures/. */
export function readLines<T = Line>(path: string): readonly T[] {
  return readFileSync(new URL(path, fixtures), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

/** One file of vectors. */
export interface Vectors {
  readonly format: FormatId;
  /** `django/5.2.18` */
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Every file of a format's vectors. @throws {Error} when there is none */
export function readVectors(format: FormatId): readonly Vectors[] {
  const { files = /\.jsonl$/, toLine = (line: Line) => line } = vectorsOf(format);
  const names = readdirSync(new URL(`${format}/`, fixtures)).filter((name) => files.test(name));
  if (names.length === 0) throw new Error(`no vectors in fixtures/${format}`);
  return names.sort().map((name) => ({
    format,
    title: `${format}/${name.replace(/\.jsonl$/, "")}`,
    lines: readLines<never>(`${format}/${name}`).map(toLine),
  }));
}
