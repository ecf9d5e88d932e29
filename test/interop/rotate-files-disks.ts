import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok } from "../../src/core/result.ts";
import { editFile } from "../../src/secrets/files/edit.ts";
import type { Tally } from "./tally.ts";

const CASES = { "full disk": fullDisk, "read-only disk": readOnlyDisk, "mounted file": boundFile };

/** Edits secret files on a full and on a read-only file system, and one that is mounted by itself. */
export async function checkDisks(root: string, tally: Tally): Promise<void> {
  for (const [what, work] of Object.entries(CASES)) {
    const folder = join(root, what.replaceAll(" ", "-"));
    mkdirSync(folder);
    try {
      asRoot("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "none", folder);
    } catch {
      tally.skip(what, "this user may not mount a tmpfs");
      continue;
    }
    try {
      await work(folder, tally);
    } finally {
      asRoot("umount", folder);
    }
  }
}

/** A tmpfs of 64 KiB with the free space from none to more than enough. */
async function fullDisk(folder: string, tally: Tally): Promise<void> {
  const file = join(folder, ".env");
  const outcomes = new Set<string>();
  for (let free = 0; free <= 12; free++) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    writeFileSync(file, "KEY=old\n".repeat(1000), { mode: 0o600 });
    fill(join(folder, "filler"), free);
    const before = readFileSync(file, "utf8");
    const next = "KEY=new\n".repeat(1500);
    const edited = await editFile(file, () => ok(next), { lockTimeout: 1, now: 0, backup: free % 2 === 1 });
    outcomes.add(edited.ok ? "ok" : edited.code);
    tally.check(readFileSync(file, "utf8") === (edited.ok ? next : before), `${free} free pages: whole`);
    const names = readdirSync(folder).filter((name) => !name.includes(".bak-"));
    tally.check(names.join() === ".env,filler", `${free} free pages: nothing is left (${names.join()})`);
    tally.check(edited.ok || readdirSync(folder).length === 2, `${free} free pages: no useless backup`);
  }
  tally.check(
    [...outcomes].sort().join() === "disk-full,ok",
    `a full disk is called so (${[...outcomes].join()})`,
  );
}

/** Leaves `free` pages of 4 KiB. */
function fill(path: string, free: number): void {
  let full = false;
  for (let pages = 16 - free; !full && pages >= 0; pages--) full = wrote(path, pages);
}

function wrote(path: string, pages: number): boolean {
  try {
    writeFileSync(path, new Uint8Array(pages * 4096));
    return true;
  } catch {
    rmSync(path, { force: true });
    return false;
  }
}

async function readOnlyDisk(folder: string, tally: Tally): Promise<void> {
  writeFileSync(join(folder, ".env"), "KEY=old\n");
  asRoot("mount", "-o", "remount,ro", folder);
  const edited = await editFile(join(folder, ".env"), () => ok("KEY=new\n"), { lockTimeout: 1, now: 0 });
  tally.check(!edited.ok && edited.code === "read-only", "a read-only file system is called so");
  tally.check(
    readFileSync(join(folder, ".env"), "utf8") === "KEY=old\n",
    "a read-only file system: untouched",
  );
}

/** As Docker mounts a single file. */
async function boundFile(folder: string, tally: Tally): Promise<void> {
  const [outside, inside] = [join(folder, "outside.env"), join(folder, ".env")];
  for (const path of [outside, inside]) writeFileSync(path, "KEY=old\n");
  asRoot("mount", "--bind", outside, inside);
  try {
    const edited = await editFile(inside, () => ok("KEY=new\n"), { lockTimeout: 1, now: 0, backup: true });
    tally.check(!edited.ok && edited.message.includes("mounted"), "a mounted file is refused");
    tally.check(readFileSync(outside, "utf8") === "KEY=old\n", "a mounted file: untouched");
    tally.check(readdirSync(folder).sort().join() === ".env,outside.env", "a mounted file: nothing is left");
  } finally {
    asRoot("umount", inside);
  }
}

function asRoot(command: "mount" | "umount", ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: "ignore" });
}
