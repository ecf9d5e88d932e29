import type { Changes, DocumentKind, SecretDocument, SecretKeys } from "../../src/secrets/document.ts";
import { parseDocument } from "../../src/secrets/parse-document.ts";

export const KEYS: SecretKeys = { secret: "SECRET_KEY", fallbacks: "SECRET_KEY_FALLBACKS" };

/** What every kind of document is asked to write in the tests. */
export const CHANGES: Changes = { secret: "new", fallbacks: ["old", "older"], state: '{"v":1}' };

export const lines = (...all: readonly string[]): string => all.join("\n");

export function read(kind: DocumentKind, text: string, keys = KEYS): SecretDocument {
  const document = parseDocument(kind, text, keys);
  if (!document.ok) throw new Error(`${document.code}: ${document.message}`);
  return document.value;
}

/** The code of the failure to read a text. */
export function refusal(kind: DocumentKind, text: string, keys = KEYS): string | undefined {
  const document = parseDocument(kind, text, keys);
  return document.ok ? undefined : document.code;
}

/** The new text, or the code of the failure. */
export function write(kind: DocumentKind, text: string, changes = CHANGES, keys = KEYS): string {
  const written = read(kind, text, keys).write(changes);
  return written.ok ? written.value : written.code;
}

export type Draw = (limit: number) => number;

/** Integers below a limit, the same for the same seed (mulberry32). */
export function generator(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
