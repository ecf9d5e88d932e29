import { chmod, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { ok, type Result } from "../../../src/core/result.ts";

/** A directory that lives for one test. */
export class Folder {
  path = "";

  at(name: string): string {
    return join(this.path, name);
  }

  async file(name: string, content: string | Uint8Array, mode = 0o600): Promise<string> {
    await writeFile(this.at(name), content);
    await chmod(this.at(name), mode);
    return this.at(name);
  }

  read(name: string): Promise<string> {
    return readFile(this.at(name), "utf8");
  }

  async names(): Promise<readonly string[]> {
    return (await readdir(this.path)).sort();
  }

  async mode(name: string): Promise<number> {
    return (await stat(this.at(name))).mode & 0o7777;
  }
}

export function testFolder(): Folder {
  const folder = new Folder();
  beforeEach(async () => {
    folder.path = await realpath(await mkdtemp(join(tmpdir(), "cookiesess-files-")));
  });
  afterEach(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}

export const options = { lockTimeout: 5, now: Date.parse("2026-11-22T10:00:00Z") / 1000 };

export function becomes(text: string): () => Result<string> {
  return () => ok(text);
}

export const isRoot = process.getuid?.() === 0;

/** Runs as a user without rights, where the tests run as root. */
export async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot) return work();
  process.setegid?.(65534);
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
