import { execFileSync } from "node:child_process";
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { fail } from "../../../src/core/failure.ts";
import { ok } from "../../../src/core/result.ts";
import { type Edit, editFile } from "../../../src/secrets/files/edit.ts";
import { lockPath } from "../../../src/secrets/files/names.ts";
import { becomes, isRoot, options, testFolder, unprivileged } from "./folder.ts";

const folder = testFolder();

function makePipe(path: string): void {
  execFileSync("python3", ["-c", "import os, sys; os.mkfifo(sys.argv[1])", path]);
}

describe("the edited file", () => {
  test("has the new content, and nothing is left beside it", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    const edited = await editFile(path, (text) => ok(text.replace("old", "new")), options);
    expect(edited).toEqual({ ok: true, value: { file: path, changed: true, notes: [] } });
    expect(await folder.read(".env")).toBe("KEY=new\n");
    expect(await folder.names()).toEqual([".env"]);
  });

  test.each(["600", "640", "660", "755"])("keeps its mode %s under any umask", async (octal) => {
    const mode = Number.parseInt(octal, 8);
    await folder.file("secrets.json", "{}", mode);
    const before = process.umask(0o077);
    try {
      await editFile(folder.at("secrets.json"), becomes('{"a":1}'), options);
    } finally {
      process.umask(before);
    }
    expect(await folder.mode("secrets.json")).toBe(mode);
  });

  test.runIf(isRoot)("keeps its owner and group, and the backup has them too", async () => {
    const path = await folder.file(".env", "KEY=old\n", 0o640);
    await chown(path, 1234, 2345);
    await editFile(path, becomes("KEY=new\n"), { ...options, backup: true });
    for (const name of await folder.names()) {
      const { uid, gid, mode } = await stat(folder.at(name));
      expect({ name, uid, gid, mode: mode & 0o777 }).toEqual({ name, uid: 1234, gid: 2345, mode: 0o640 });
    }
  });

  test.runIf(isRoot)(
    "of somebody else, says so and lets the new group do no more than everybody",
    async () => {
      const path = await folder.file(".env", "KEY=old\n", 0o676);
      await chmod(folder.path, 0o777);
      const edited = await unprivileged(() => editFile(path, becomes("KEY=new\n"), options));
      expect(edited).toMatchObject({ ok: true });
      expect(edited.ok && edited.value.notes.map((note) => note.code)).toEqual([
        "owner-not-kept",
        "readable-by-all",
      ]);
      expect(await stat(path)).toMatchObject({ uid: 65534, gid: 65534 });
      expect(await folder.mode(".env")).toBe(0o666);
    },
  );

  test("keeps a byte order mark, line endings and whatever is no letter", async () => {
    const content = "\uFEFFKEY=\u0000old\r\n\u2028\n";
    await folder.file(".env", content);
    await editFile(folder.at(".env"), (text) => ok(text.replace("old", "🍪")), options);
    expect(await folder.read(".env")).toBe(content.replace("old", "🍪"));
  });

  test("is not written when the edit changes nothing", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    const { ino } = await stat(path);
    const edited = await editFile(path, (text) => ok(text), { ...options, backup: true });
    expect(edited).toEqual({ ok: true, value: { file: path, changed: false, notes: [] } });
    expect((await stat(path)).ino).toBe(ino);
    expect(await folder.names()).toEqual([".env"]);
  });

  test("can have the longest content there may be, and be empty", async () => {
    const path = await folder.file(".env", "");
    const long = "x".repeat(1 << 20);
    expect(await editFile(path, becomes(long), options)).toMatchObject({ ok: true });
    expect(await editFile(path, (text) => ok(text === long ? "" : "no"), options)).toMatchObject({
      ok: true,
    });
    expect(await folder.read(".env")).toBe("");
  });

  test("with another hard link is told of", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    await link(path, folder.at("other"));
    const edited = await editFile(path, becomes("KEY=new\n"), options);
    expect(edited.ok && edited.value.notes.map((note) => note.code)).toEqual(["hard-links"]);
    expect(await folder.read("other")).toBe("KEY=old\n");
  });
});

describe("symbolic links", () => {
  test("are followed and stay", async () => {
    await mkdir(folder.at("shared"));
    await folder.file("shared/real.env", "KEY=old\n", 0o640);
    await symlink("shared/real.env", folder.at("hop"));
    await symlink(folder.at("hop"), folder.at(".env"));
    const edited = await editFile(folder.at(".env"), becomes("KEY=new\n"), { ...options, backup: true });
    expect(edited).toMatchObject({
      value: {
        file: folder.at("shared/real.env"),
        backup: folder.at("shared/real.env.bak-20261122T100000Z"),
      },
    });
    expect((await lstat(folder.at(".env"))).isSymbolicLink()).toBe(true);
    expect((await lstat(folder.at("hop"))).isSymbolicLink()).toBe(true);
    expect(await folder.read("shared/real.env")).toBe("KEY=new\n");
    expect(await folder.mode("shared/real.env")).toBe(0o640);
  });

  test("in a loop, or to nothing, are refused", async () => {
    await symlink("b", folder.at("a"));
    await symlink("a", folder.at("b"));
    await symlink("nowhere", folder.at("c"));
    expect(await editFile(folder.at("a"), becomes(""), options)).toMatchObject({ code: "link-loop" });
    expect(await editFile(folder.at("c"), becomes(""), options)).toMatchObject({
      code: "missing",
      message: expect.stringContaining("symbolic link to a file that does not exist"),
    });
    expect(await folder.names()).toEqual(["a", "b", "c"]);
  });

  test("turned elsewhere during the edit are noticed", async () => {
    await folder.file("one", "1");
    await folder.file("two", "1");
    await symlink("one", folder.at(".env"));
    const turn = async () => {
      await symlink("two", folder.at("next"));
      await rename(folder.at("next"), folder.at(".env"));
      return ok("3");
    };
    expect(await editFile(folder.at(".env"), turn, options)).toMatchObject({ ok: false, code: "changed" });
    expect([await folder.read("one"), await folder.read("two")]).toEqual(["1", "1"]);
  });
});

describe("a backup", () => {
  const backup = ".env.bak-20261122T100000Z";

  test("has the old content, the time in its name and the same mode", async () => {
    const path = await folder.file(".env", "KEY=old\n", 0o640);
    const edited = await editFile(path, becomes("KEY=new\n"), { ...options, backup: true });
    expect(edited).toMatchObject({ ok: true, value: { backup: folder.at(backup) } });
    expect(await folder.read(backup)).toBe("KEY=old\n");
    expect(await folder.mode(backup)).toBe(0o640);
    expect(await folder.names()).toEqual([".env", backup]);
  });

  test("is not readable by everybody, even where the original is", async () => {
    const path = await folder.file(".env", "KEY=old\n", 0o644);
    await editFile(path, becomes("KEY=new\n"), { ...options, backup: true });
    expect(await folder.mode(backup)).toBe(0o640);
    expect(await folder.mode(".env")).toBe(0o644);
  });

  test("never replaces another of the same second", async () => {
    const path = await folder.file(".env", "0");
    for (const text of ["1", "2", "3"]) await editFile(path, becomes(text), { ...options, backup: true });
    expect(await folder.names()).toEqual([".env", backup, `${backup}-2`, `${backup}-3`]);
    expect(await folder.read(backup)).toBe("0");
    expect(await folder.read(`${backup}-3`)).toBe("2");
  });

  test("goes again when the edit does not succeed", async () => {
    const path = await folder.file(".env", "0");
    const meddle = async () => {
      await writeFile(path, "foreign");
      return ok("1");
    };
    expect(await editFile(path, meddle, { ...options, backup: true })).toMatchObject({ code: "changed" });
    expect(await folder.names()).toEqual([".env"]);
  });
});

describe("the file stays as it is", () => {
  const refused = async (name: string, code: string, edit: Edit = becomes("KEY=new\n")) => {
    const before = await folder.names();
    const edited = await editFile(folder.at(name), edit, { ...options, backup: true });
    expect(edited).toMatchObject({ ok: false, code });
    expect(await folder.names()).toEqual(before);
    return edited;
  };

  test("when the edit fails, with the edit's own failure", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    const failure = fail("no-such-key", "there is no KEY in the file");
    expect(await editFile(path, () => failure, options)).toBe(failure);
    expect(await folder.read(".env")).toBe("KEY=old\n");
    expect(await folder.names()).toEqual([".env"]);
  });

  test("when the edit throws", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    const broken = () => {
      throw new RangeError("a fault");
    };
    await expect(editFile(path, broken, options)).rejects.toThrow("a fault");
    expect(await folder.names()).toEqual([".env"]);
  });

  test.each<[string, (path: string) => Promise<void>, string]>([
    ["another content", (path) => writeFile(path, "KEY=foreign\n"), "KEY=foreign\n"],
    ["the same length", (path) => writeFile(path, "KEY=odd\n"), "KEY=odd\n"],
    ["another mode", (path) => chmod(path, 0o640), "KEY=old\n"],
  ])("when another program gave it %s", async (_, meddle, content) => {
    const path = await folder.file(".env", "KEY=old\n");
    await refused(".env", "changed", async () => {
      await meddle(path);
      return ok("KEY=new\n");
    });
    expect(await folder.read(".env")).toBe(content);
  });

  test("when it was removed meanwhile: it is not brought back", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    const edited = await editFile(
      path,
      async () => {
        await rm(path);
        return ok("KEY=new\n");
      },
      options,
    );
    expect(edited).toMatchObject({ code: "missing" });
    expect(await folder.names()).toEqual([]);
  });

  test("when the lock was removed by hand meanwhile", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    await refused(".env", "changed", async () => {
      await rm(lockPath(path), { recursive: true });
      return ok("KEY=new\n");
    });
    expect(await folder.read(".env")).toBe("KEY=old\n");
  });

  test("when there is none", async () => {
    await refused(".env", "missing");
    await folder.file("file", "");
    await refused("file/.env", "missing");
  });

  test("when it is a directory or a pipe", async () => {
    await mkdir(folder.at("directory"));
    expect(await refused("directory", "not-a-file")).toMatchObject({
      message: expect.stringContaining("a directory"),
    });
    makePipe(folder.at("pipe"));
    await refused("pipe", "not-a-file");
  });

  test("when it became a pipe during the edit", async () => {
    const path = await folder.file(".env", "KEY=old\n");
    await refused(".env", "not-a-file", async () => {
      await rm(path);
      makePipe(path);
      return ok("KEY=new\n");
    });
  });

  test("when it is larger than a mebibyte, or would be", async () => {
    await folder.file("large", "x".repeat((1 << 20) + 1));
    await refused("large", "too-large");
    await folder.file("small", "x");
    await refused("small", "too-large", becomes("é".repeat((1 << 19) + 1)));
    expect(await folder.read("small")).toBe("x");
  });

  test("when it is no UTF-8, or would not be", async () => {
    const latin1 = Uint8Array.of(0x4b, 0x3d, 0xe9);
    await folder.file("latin1", latin1);
    await refused("latin1", "not-utf8");
    expect(new Uint8Array(await readFile(folder.at("latin1")))).toEqual(latin1);
    await folder.file(".env", "x");
    await refused(".env", "not-utf8", becomes("\ud800"));
  });

  test("when it is read-only, also for root", async () => {
    await folder.file(".env", "KEY=old\n", 0o444);
    await refused(".env", "read-only");
    expect(await folder.read(".env")).toBe("KEY=old\n");
  });

  test("when the user may not read it, write to it, or write to its directory", async () => {
    const path = await folder.file(".env", "KEY=old\n", isRoot ? 0o644 : 0o200);
    await chmod(folder.path, 0o755);
    const attempt = () => unprivileged(() => editFile(path, becomes("KEY=new\n"), options));
    expect(await attempt()).toMatchObject({ ok: false, code: "no-access" });
    await chmod(path, 0o666);
    await chmod(folder.path, 0o555);
    expect(await attempt()).toMatchObject({
      code: "no-access",
      message: expect.stringContaining("directory"),
    });
    await chmod(folder.path, 0o755);
    expect(await folder.read(".env")).toBe("KEY=old\n");
    expect(await folder.names()).toEqual([".env"]);
  });

  test("and no message holds anything of it", async () => {
    const secret = "s3cr3t-".repeat(8);
    await folder.file("latin1", Uint8Array.of(...new TextEncoder().encode(secret), 0xff));
    await folder.file("large", secret.repeat(1 << 15));
    await folder.file("locked", secret);
    await folder.file("read-only", secret, 0o400);
    const failures = [
      await refused("latin1", "not-utf8"),
      await refused("large", "too-large"),
      await refused("read-only", "read-only"),
      await editFile(
        folder.at("locked"),
        () =>
          editFile(folder.at("locked"), becomes(secret), { ...options, lockTimeout: 0 }).then((inner) =>
            inner.ok ? ok("") : inner,
          ),
        options,
      ),
    ];
    expect(failures.map((failure) => failure.ok)).toEqual([false, false, false, false]);
    expect(JSON.stringify(failures)).not.toContain("s3cr3t");
  });
});
