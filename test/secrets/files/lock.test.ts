import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ok } from "../../../src/core/result.ts";
import { editFile } from "../../../src/secrets/files/edit.ts";
import { lockFile } from "../../../src/secrets/files/lock.ts";
import { lockPath, passingPath } from "../../../src/secrets/files/names.ts";
import { isRunning, parseWriter, thisWriter, type Writer } from "../../../src/secrets/files/writer.ts";
import { becomes, options, testFolder } from "./folder.ts";

const folder = testFolder();
const DIGITS = "0123456789abcdef";

/** A process that has ended. */
async function deadWriter(): Promise<Writer> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return { ...(await thisWriter()), pid: child.pid ?? 0, since: "2026-01-01T00:00:00.000Z" };
}

async function leaveLock(path: string, writer: Writer | string): Promise<void> {
  await mkdir(lockPath(path));
  const token = typeof writer === "string" ? `1-1-${DIGITS}` : `${writer.pid}-${writer.start}-${DIGITS}`;
  const content = typeof writer === "string" ? writer : JSON.stringify(writer);
  await writeFile(join(lockPath(path), `holder-${token}`), content);
}

const linux = process.platform === "linux";

describe("a lock", () => {
  test("says who holds it, and goes when released", async () => {
    const path = await folder.file(".env", "");
    const lock = await lockFile(path, 0);
    if (!lock.ok) throw new Error(lock.message);
    const [holder = ""] = await readdir(lockPath(path));
    const written = parseWriter(await readFile(join(lockPath(path), holder), "utf8"));
    expect(written).toMatchObject({ pid: process.pid, host: hostname() });
    expect(Math.abs(Date.parse(written?.since ?? "") - Date.now())).toBeLessThan(60_000);
    await lock.value.release();
    expect(await folder.names()).toEqual([".env"]);
  });

  test("of a live process is waited for, then named", async () => {
    const path = await folder.file(".env", "");
    const lock = await lockFile(path, 0);
    if (!lock.ok) throw new Error(lock.message);
    const start = performance.now();
    const refused = await editFile(path, becomes("new"), { ...options, lockTimeout: 0.2 });
    expect(performance.now() - start).toBeGreaterThanOrEqual(195);
    expect(refused).toMatchObject({ code: "locked", hint: expect.stringContaining(".env.cookiesess-lock") });
    expect(!refused.ok && refused.message).toContain(`process ${process.pid} on ${hostname()} since 20`);
    expect(await folder.names()).toEqual(["..env.cookiesess-lock", ".env"]);
    setTimeout(() => lock.value.release(), 50);
    expect(await editFile(path, becomes("new"), options)).toMatchObject({ ok: true });
  });

  test("of a dead process is taken over at once", async () => {
    const path = await folder.file(".env", "");
    await leaveLock(path, await deadWriter());
    expect(await editFile(path, becomes("new"), { ...options, lockTimeout: 0 })).toMatchObject({ ok: true });
    expect(await folder.names()).toEqual([".env"]);
  });

  test.runIf(linux)("of a dead process whose number another one got is taken over", async () => {
    const path = await folder.file(".env", "");
    const me = await thisWriter();
    await leaveLock(path, { ...me, start: String(Number(me.start) - 1) });
    expect(await editFile(path, becomes("new"), { ...options, lockTimeout: 0 })).toMatchObject({ ok: true });
  });

  test.runIf(linux)("from before a restart of this very machine is taken over", async () => {
    const path = await folder.file(".env", "");
    const me = await thisWriter();
    await leaveLock(path, { ...me, boot: "00000000-0000-0000-0000-000000000000" });
    const taken = await editFile(path, becomes("new"), { ...options, lockTimeout: 0 });
    expect(taken.ok).toBe(me.machine !== "");
  });

  test.each<[string, (dead: Writer) => Writer | string]>([
    ["another machine", (dead) => ({ ...dead, host: "elsewhere.example" })],
    ["another machine of the same name", (dead) => ({ ...dead, machine: "0".repeat(32) })],
    ["another container", (dead) => ({ ...dead, pidNamespace: "pid:[1]" })],
    ["nobody can say whom", () => "half a"],
    ["a name with control characters", (dead) => ({ ...dead, host: "\u001b[2J" })],
  ])("of %s is never taken over", async (_, change) => {
    const path = await folder.file(".env", "");
    await leaveLock(path, change(await deadWriter()));
    const refused = await editFile(path, becomes("new"), { ...options, lockTimeout: 0 });
    expect(refused).toMatchObject({ ok: false, code: "locked" });
    expect(JSON.stringify(refused)).not.toContain("\\u001b");
    expect(await folder.read(".env")).toBe("");
  });

  test("left empty is free", async () => {
    const path = await folder.file(".env", "");
    await mkdir(lockPath(path));
    expect(await editFile(path, becomes("new"), { ...options, lockTimeout: 0 })).toMatchObject({ ok: true });
  });

  test.each(["file", "directory with foreign things"])(
    "whose place a %s has is not passed over",
    async (what) => {
      const path = await folder.file(".env", "");
      if (what === "file") await writeFile(lockPath(path), "");
      else await mkdir(join(lockPath(path), "foreign"), { recursive: true });
      expect(await editFile(path, becomes("new"), { ...options, lockTimeout: 0.05 })).toMatchObject({
        code: "locked",
      });
    },
  );

  test("is one for all the links to a file", async () => {
    const path = await folder.file(".env", "");
    const lock = await lockFile(path, 0);
    await symlink(".env", folder.at("link"));
    expect(await editFile(folder.at("link"), becomes(""), { ...options, lockTimeout: 0 })).toMatchObject({
      code: "locked",
    });
    if (lock.ok) await lock.value.release();
  });
});

test.each([false, true])(
  "of many runs at once none loses what another wrote (a dead lock first: %s)",
  async (dead) => {
    const path = await folder.file(".env", "");
    if (dead) await leaveLock(path, await deadWriter());
    const numbers = Array.from({ length: 24 }, (_, number) => number);
    const add = (number: number) =>
      editFile(path, (text) => ok(`${text}${number}\n`), { ...options, lockTimeout: 30 });
    const results = await Promise.all(numbers.map(add));
    expect(results.every((result) => result.ok)).toBe(true);
    const found = (await folder.read(".env")).trim().split("\n").map(Number);
    expect(found.sort((a, b) => a - b)).toEqual(numbers);
    expect(await folder.names()).toEqual([".env"]);
  },
);

describe("what killed runs left", () => {
  const token = (writer: Writer) => `${writer.pid}-${writer.start}-${DIGITS}`;

  test("goes with the next run, when its writer is dead", async () => {
    const path = await folder.file(".env", "");
    const dead = await deadWriter();
    await writeFile(passingPath(path, token(dead), "tmp"), "KEY=half");
    await writeFile(passingPath(path, token(dead), "bak"), "KEY=half");
    await mkdir(passingPath(path, token(dead), "lock"));
    await writeFile(join(passingPath(path, token(dead), "lock"), "holder"), "");
    expect(await editFile(path, becomes("new"), options)).toMatchObject({ ok: true });
    expect(await folder.names()).toEqual([".env"]);
  });

  test("stays when its writer lives, or when it is not a run's at all", async () => {
    const path = await folder.file(".env", "");
    const child: ChildProcess = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(child, "spawn");
    const start = linux ? await startOf(child.pid ?? 0) : "0";
    const live = passingPath(path, `${child.pid}-${start}-${DIGITS}`, "tmp");
    const dead = token(await deadWriter());
    const others = [
      `.env.cookiesess-${dead}.tmp`,
      `.env.cookiesess-${dead}.tmp.txt`,
      ".env.cookiesess-1-1-short.tmp",
    ];
    const foreign = [...others, `.other.cookiesess-${dead}.tmp`, ".env.tmp"];
    for (const name of foreign) await folder.file(name, "");
    await writeFile(live, "");
    try {
      await editFile(path, becomes("new"), options);
      const expected = [...foreign, live.slice(folder.path.length + 1), ".env"].filter((name) => name !== "");
      expect(await folder.names()).toEqual(expected.sort());
    } finally {
      child.kill("SIGKILL");
    }
  });
});

/** As `ps` and proc(5) say it. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "latin1");
  return stat.split(") ")[1]?.split(" ")[19] ?? "0";
}

test.runIf(linux)("a killed process that nobody waited for does not run", async () => {
  const script = `import os, time, sys
child = os.fork()
if child == 0: time.sleep(60)
os.kill(child, 9)
print(child, flush=True)
sys.stdin.read()`;
  const parent = spawn("python3", ["-c", script]);
  const [line] = await once(parent.stdout, "data");
  const pid = Number(String(line));
  for (let round = 0; round < 100 && (await isRunning(pid, "0")); round++)
    await new Promise((done) => setTimeout(done, 20));
  expect(() => process.kill(pid, 0)).not.toThrow();
  expect(await isRunning(pid, "0")).toBe(false);
  parent.stdin.end();
  await once(parent, "exit");
});

test("what is no writer is not read as one", () => {
  for (const text of [
    "",
    "null",
    "[]",
    "{}",
    '{"pid":-1,"start":"0","host":"h","since":"t"}',
    "1".repeat(10_000),
  ]) {
    expect(parseWriter(text)).toBeUndefined();
  }
  expect(parseWriter('{"pid":1,"start":"0","host":"h","since":"t"}')).toMatchObject({
    pid: 1,
    host: "h",
  });
});
