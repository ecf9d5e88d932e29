import { createHash } from "node:crypto";
import { type Failure, fail } from "../../src/core/failure.ts";
import { ok, type Result } from "../../src/core/result.ts";

const FALLBACKS = 3;
const FILLER = `${"# nothing of note\n".repeat(400)}# end\n`;

/** A file of secrets that is wholly determined by its version, so that any loss shows. */
export function render(seed: number, version: number): string {
  const secret = (number: number) =>
    `${number}:${createHash("sha256").update(`${seed}/${number}`).digest("hex")}`;
  const older = Array.from({ length: Math.min(FALLBACKS, version) }, (_, back) => secret(version - 1 - back));
  return `SECRET_KEY=${secret(version)}\nSECRET_KEY_FALLBACKS=${older.join(",")}\n${FILLER}`;
}

/** Undefined for anything but a whole file. */
export function versionOf(seed: number, text: string): number | undefined {
  const version = Number(/^SECRET_KEY=(\d+):/.exec(text)?.[1]);
  return text === render(seed, version) ? version : undefined;
}

export function rotated(seed: number, text: string): Result<string, Failure<string>> {
  const version = versionOf(seed, text);
  return version === undefined ? fail("broken", "the file is not whole") : ok(render(seed, version + 1));
}

export function append(text: string, entry: string): Result<string> {
  return ok(`${text}${entry}\n`);
}
