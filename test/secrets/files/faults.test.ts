import type * as FileSystem from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { ok } from "../../../src/core/result.ts";
import { editFile } from "../../../src/secrets/files/edit.ts";
import { options, testFolder } from "./folder.ts";

/** Lets the operating system refuse one call: the `at`-th since it was armed. */
const fault = vi.hoisted(() => ({
  armed: false,
  at: 0,
  code: "",
  calls: [] as string[],
  visit(name: string): void {
    if (!this.armed) return;
    this.calls.push(name);
    if (this.calls.length !== this.at) return;
    throw Object.assign(new Error(`${this.code}: injected`), { code: this.code, syscall: name });
  },
}));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof FileSystem>();
  const watch =
    <Args extends unknown[], T>(name: string, call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      fault.visit(name);
      return call(...args);
    };
  const watchHandle = (handle: FileHandle) => {
    for (const name of ["writeFile", "chown", "chmod", "sync", "read", "stat"] as const) {
      Object.assign(handle, { [name]: watch<never[], unknown>(name, handle[name].bind(handle) as never) });
    }
    const close = handle.close.bind(handle);
    Object.assign(handle, { close: () => close().then(() => fault.visit("close")) });
    return handle;
  };
  const names = [
    "rename",
    "unlink",
    "mkdir",
    "rmdir",
    "readdir",
    "readFile",
    "writeFile",
    "realpath",
    "stat",
    "lstat",
    "access",
    "rm",
  ] as const;
  const watched = Object.fromEntries(
    names.map((name) => [name, watch<never[], unknown>(name, real[name] as never)]),
  );
  return {
    ...real,
    ...watched,
    open: watch("open", async (...args: Parameters<typeof real.open>) =>
      watchHandle(await real.open(...args)),
    ),
  };
});

const folder = testFolder();
afterEach(() => {
  fault.armed = false;
});

async function editWithFault(path: string, at: number, code: string) {
  Object.assign(fault, { armed: true, at, code, calls: [] });
  const edited = await editFile(path, () => ok("KEY=new\n"), { ...options, lockTimeout: 0, backup: true });
  fault.armed = false;
  return { edited, calls: fault.calls.length, failed: fault.calls[at - 1] ?? "none" };
}

test.each([
  ["ENOSPC", "disk-full"],
  ["EROFS", "read-only"],
  ["EIO", "io"],
  ["EDQUOT", "disk-full"],
])("%s at any moment leaves the whole old or the whole new file", async (code, expected) => {
  const codes = new Set<string>();
  let at = 0;
  for (let calls = 1; at <= calls; ) {
    at++;
    const path = await folder.file(".env", "KEY=old\n", 0o640);
    const attempt = await editWithFault(path, at, code);
    calls = attempt.calls;
    const names = await folder.names();
    const where = `${attempt.failed}, call ${at}`;
    if (!attempt.edited.ok) codes.add(attempt.edited.code);
    expect(await folder.read(".env"), where).toBe(attempt.edited.ok ? "KEY=new\n" : "KEY=old\n");
    expect(await folder.mode(".env"), where).toBe(0o640);
    const removals = ["unlink", "rmdir", "rm"].includes(attempt.failed);
    const left = names.filter((name) => !/^\.env(\.bak-\d{8}T\d{6}Z)?$/.test(name));
    expect(removals ? [] : left, where).toEqual([]);
    expect(
      names.some((name) => name.includes(".bak-")),
      where,
    ).toBe(attempt.edited.ok);
    await removeAll(names);
  }
  expect(at).toBeGreaterThan(25);
  expect([...codes].sort()).toContain(expected);
});

test("the new content is on the disk before it gets its name, and the name before the edit is done", async () => {
  const path = await folder.file(".env", "KEY=old\n");
  Object.assign(fault, { armed: true, at: 0, code: "", calls: [] });
  expect(await editFile(path, () => ok("KEY=new\n"), options)).toMatchObject({ ok: true });
  const steps = fault.calls.slice(fault.calls.indexOf("rename") + 1);
  const order = ["writeFile", "chmod", "sync", "rename", "sync", "unlink", "rmdir"];
  expect(steps.filter((name) => order.includes(name))).toEqual(order);
});

async function removeAll(names: readonly string[]): Promise<void> {
  const { rm } = await import("node:fs/promises");
  for (const name of names) await rm(folder.at(name), { recursive: true });
}
