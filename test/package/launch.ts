import { deepStrictEqual, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Check } from "./tools.ts";

const SECRET = "nobody finds this text in a file";

const RUNTIMES = ".ci/runtimes/node_modules";

/** Those that are installed are tried. */
const OTHERS: readonly (readonly string[])[] = [
  ...[22, 24, 26].map((major) => [`${RUNTIMES}/node-${major}/bin/node`]),
  [`${RUNTIMES}/@oven/bun-linux-x64/bin/bun`],
  [`${RUNTIMES}/@deno/linux-x64-glibc/deno`, "run", "--allow-all"],
];

/** The package by itself, in a folder that is not installed into: starting it may change it. */
interface Copy {
  /** Where compiled code is kept; there is none before the first run. */
  readonly cache: string;
  readonly program: string;
  run(argv: readonly string[], env?: NodeJS.ProcessEnv, runtime?: readonly string[]): string;
}

function copyOf(app: string, name: string): Copy {
  const folder = join(app, "..", name);
  cpSync(join(app, "node_modules/cookiesess"), folder, { recursive: true });
  const cli = join(folder, "dist/cli");
  rmSync(join(cli, "cache"), { recursive: true, force: true });
  const run = (argv: readonly string[], env = {}, [program = "", ...args] = [process.execPath]) =>
    execFileSync(program, [...args, join(folder, "bin/cookiesess.js"), ...argv], {
      encoding: "utf8",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  return { cache: join(cli, "cache"), program: join(cli, "program.cjs"), run };
}

/** The files of kept code; empty: none. */
function kept({ cache }: Copy): readonly string[] {
  if (!existsSync(cache)) return [];
  return readdirSync(cache).flatMap((folder) =>
    readdirSync(join(cache, folder)).map((file) => join(cache, folder, file)),
  );
}

function fails({ run }: Copy, argv: readonly string[], exitCode: number): void {
  try {
    run(argv);
  } catch (error) {
    deepStrictEqual((error as { status?: number }).status, exitCode);
    return;
  }
  throw new Error(`${argv} did not fail`);
}

/** That the command line starts with the code that earlier runs compiled, and as well without. */
export function launchChecks(app: string, cookie: string): Readonly<Record<string, Check>> {
  const decode = ["decode", "--now", "1767225600", cookie];
  const shown = ({ run }: Copy) => run(decode);
  return {
    "compiled code is kept, a file for each part, and taken": () => {
      const copy = copyOf(app, "kept");
      const plain = copy.run(decode, { NODE_DISABLE_COMPILE_CACHE: "1" });
      deepStrictEqual(kept(copy), []);
      deepStrictEqual([shown(copy), shown(copy)], [plain, plain]);
      const files = kept(copy);
      deepStrictEqual(
        files.map((file) => /\/(decode\.\w+)\.cjs\.\d/.exec(file)?.[1]),
        ["decode.program"],
      );
      const code = files.map((file) => readFileSync(file));
      shown(copy);
      deepStrictEqual(
        files.map((file) => readFileSync(file)),
        code,
      );
    },
    "compiled code that is not whole or another program's is replaced": () => {
      const copy = copyOf(app, "replaced");
      const plain = shown(copy);
      const [file = ""] = kept(copy);
      const { length } = readFileSync(file);
      for (const left of [0, 8, length >> 1, (length * 3) >> 2, length - 1]) {
        truncateSync(file, left);
        deepStrictEqual(shown(copy), plain);
        ok(readFileSync(file).length > length >> 1);
      }
      const program = readFileSync(copy.program, "latin1");
      writeFileSync(copy.program, program.replace("'s default of ", "'s DEFAULT of "));
      deepStrictEqual(shown(copy), plain.replace("default", "DEFAULT"));
      // npm gives every file of a package the same time.
      const { atime, mtime } = statSync(copy.program);
      writeFileSync(copy.program, program.replace("'s default of ", "'s LIMIT of "));
      utimesSync(copy.program, atime, mtime);
      deepStrictEqual(shown(copy), plain.replace("default", "LIMIT"));
    },
    "compiled code of a run that refused is replaced by that of one that did not": () => {
      const copy = copyOf(app, "refused");
      const plain = copy.run(decode, { NODE_DISABLE_COMPILE_CACHE: "1" });
      fails(copy, ["decode", ""], 1);
      const [file = ""] = kept(copy);
      const { length } = readFileSync(file);
      fails(copy, ["decode", ""], 1);
      deepStrictEqual(readFileSync(file).length, length);
      deepStrictEqual(shown(copy), plain);
      const whole = readFileSync(file);
      ok(whole.length > length);
      fails(copy, ["decode", ""], 1);
      deepStrictEqual(readFileSync(file), whole);
    },
    "a command line that fails, or names no command, keeps nothing": () => {
      const copy = copyOf(app, "failing");
      for (const argv of [["decode", "--max-length", "x", cookie], ["decod"], ["../../decode"]])
        fails(copy, argv, 2);
      deepStrictEqual(kept(copy), []);
    },
    "compiled code holds no secret and no payload": () => {
      const copy = copyOf(app, "secret");
      const signed = copy.run(["sign", "--secret", SECRET, '{"word":"chrysanthemum"}']).trim();
      copy.run(["verify", "--secret", SECRET, signed]);
      const files = kept(copy).map((file) => readFileSync(file));
      ok(files.length >= 4);
      for (const text of [SECRET, "chrysanthemum", signed])
        for (const file of files)
          for (const encoding of ["utf8", "utf16le"] as const)
            ok(!file.includes(Buffer.from(text, encoding)), text);
    },
    "where no code can be kept, all is the same": () => {
      const copy = copyOf(app, "unwritable");
      writeFileSync(copy.cache, "no folder");
      const plain = copy.run(decode, { NODE_DISABLE_COMPILE_CACHE: "1" });
      deepStrictEqual(shown(copy), plain);
    },
    "other runtimes start it too, and Node's cache serves where no code can be kept": () => {
      const copy = copyOf(app, "others");
      writeFileSync(copy.cache, "no folder");
      const plain = shown(copy);
      for (const runtime of OTHERS.filter(([program = ""]) => existsSync(program))) {
        const [program = ""] = runtime;
        const temporary = mkdtempSync(join(app, "../temporary-"));
        deepStrictEqual(copy.run(decode, { TMPDIR: temporary }, runtime), plain, program);
        const cache = join(temporary, "node-compile-cache");
        if (program.endsWith("node")) ok(readdirSync(cache).length > 0, program);
      }
    },
    "nothing is kept in another user's folder": () => {
      if (process.geteuid?.() !== 0) return;
      const copy = copyOf(app, "foreign");
      chownSync(join(copy.cache, ".."), 65534, 65534);
      shown(copy);
      deepStrictEqual(kept(copy), []);
    },
  };
}
