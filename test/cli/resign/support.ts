import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { ResignSpec } from "../../../src/cli/resign/spec.ts";
import type { WriteLines } from "../../../src/cli/resign/stream.ts";
import { makeKeyring } from "../../../src/core/keyring.ts";
import { DEFAULT_LIMITS } from "../../../src/core/limits.ts";
import { django } from "../fixtures.ts";

export const utf8 = (text: string) => new TextEncoder().encode(text);

/** Both were signed with the retired secret or the current one of the same Django. */
export const OLD = django("login-old-both");
export const SAME = django("login-old-hash");
const [retired = ""] = OLD.fallbacks ?? [];

/** From the retired secret to the current one, so that OLD becomes SAME. */
export function makeSpec(over: Partial<ResignSpec> = {}): ResignSpec {
  return {
    formats: ["django", "flask", "cookie-session"].map((id) => ({ id, from: {}, to: {} })),
    old: makeKeyring(retired),
    current: utf8(OLD.secret),
    limits: DEFAULT_LIMITS,
    maxAge: null,
    now: OLD.now,
    refresh: false,
    rewrite: false,
    asked: {},
    json: false,
    keepRejects: false,
    ...over,
  };
}

const source = (path: string) => fileURLToPath(new URL(`../../../src/${path}`, import.meta.url));

/** Builds the worker from its source. */
export function buildWorker(): { readonly path: string } {
  const path = join(mkdtempSync(join(tmpdir(), "worker-")), "worker.cjs");
  buildSync({
    entryPoints: [source("cli/resign/worker.ts")],
    outfile: path,
    bundle: true,
    platform: "node",
    alias: { "#platform": source("platform/node.ts") },
  });
  return { path };
}

/** Feeds the bytes in chunks of a size, as a pipe may cut them. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Keeps each write as text. */
export function gather(): { readonly writes: readonly string[]; readonly write: WriteLines } {
  const writes: string[] = [];
  return {
    writes,
    write: async (lines) => {
      writes.push(new TextDecoder().decode(lines));
    },
  };
}
