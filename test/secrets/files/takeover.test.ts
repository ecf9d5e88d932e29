import { spawn } from "node:child_process";
import { once } from "node:events";
import type * as FileSystem from "node:fs/promises";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { ok } from "../../../src/core/result.ts";
import { editFile } from "../../../src/secrets/files/edit.ts";
import { lockPath } from "../../../src/secrets/files/names.ts";
import { thisWriter } from "../../../src/secrets/files/writer.ts";
import { options, testFolder } from "./folder.ts";

/** Holds the first removal of a lock's content until it is told to go on. */
const gate = vi.hoisted(() => {
  let goOn = () => {};
  let arrive = () => {};
  const open = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let waited = false;
  const pass = async (path: string): Promise<void> => {
    if (waited || !/cookiesess-lock(\/|$)/.test(path)) return;
    waited = true;
    arrive();
    await open;
  };
  return { goOn, reached, pass };
});

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof FileSystem>();
  return {
    ...real,
    unlink: (path: string) => gate.pass(path).then(() => real.unlink(path)),
    rm: (path: string, how: object) => gate.pass(path).then(() => real.rm(path, how)),
  };
});

const folder = testFolder();

test("a slow taker of a dead lock does not take it from one who was quicker", async () => {
  const path = await folder.file(".env", "0");
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  const dead = { ...(await thisWriter()), pid: child.pid ?? 0 };
  await mkdir(lockPath(path));
  await writeFile(
    join(lockPath(path), `holder-${dead.pid}-${dead.start}-${"0".repeat(16)}`),
    JSON.stringify(dead),
  );

  const order: string[] = [];
  const slow = editFile(
    path,
    (text) => {
      order.push("slow");
      return ok(`${text}2`);
    },
    options,
  );
  await gate.reached;
  const quick = editFile(
    path,
    async (text) => {
      order.push("quick begins");
      gate.goOn();
      await new Promise((done) => setTimeout(done, 300));
      order.push("quick ends");
      return ok(`${text}1`);
    },
    options,
  );

  expect(await Promise.all([slow, quick])).toMatchObject([{ ok: true }, { ok: true }]);
  expect(order).toEqual(["quick begins", "quick ends", "slow"]);
  expect(await folder.read(".env")).toBe("012");
});
