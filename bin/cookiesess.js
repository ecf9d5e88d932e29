#!/usr/bin/env node
// @ts-check
const fs = require("node:fs");
const { Script } = require("node:vm");

/** @typedef {import("../src/cli/start.ts")} Program */

/** What `node:module` is, without the half millisecond that loading it takes. */
const Module = /** @type {typeof import("node:module")} */ (module.constructor);

const PROGRAM = "./program.cjs";
const FOLDER = `${__dirname}/../dist/cli`;
const CACHE = `${FOLDER}/cache/${process.version}-${process.platform}-${process.arch}`;

/**
 * A file of the command line, loaded; `path`: where its code is kept.
 * @typedef {{ script: Script, path: string, exports: Record<string, unknown> }} Part
 */

/**
 * Starts the command line with the code that V8 compiled in an earlier run of the same command. Node's own compile
 * cache is written before a program runs, and so lacks all that V8 compiles when it is first called: nearly everything.
 *
 * The code is kept beside the program, since who may change the one may change the other. Where that folder is
 * another user's or cannot be written, Node's cache serves.
 * @param {readonly string[]} argv
 */
function launch([word = "help", ...rest]) {
  const asksHelp = word.startsWith("-") || rest.includes("--help") || rest.includes("-h");
  const command = asksHelp ? "help" : word;
  const isName = /^[a-z-]{1,16}$/.test(command);
  if (process.env.NODE_DISABLE_COMPILE_CACHE || !isName || !(fs.existsSync(CACHE) || attempt(makeCache))) {
    /** @type {{ enableCompileCache?(): void }} */ (Module).enableCompileCache?.();
    require(`${FOLDER}/program.cjs`).start();
    return;
  }
  /** @type {Map<string, Part>} */
  const parts = new Map();
  const program = /** @type {Program} */ (load(PROGRAM, command, parts));
  process.on("exit", (code) => {
    // A run that failed has compiled too little of the command.
    if (program.COMMANDS.includes(command) && code <= 1)
      for (const part of parts.values()) attempt(() => keep(part));
  });
  program.start();
}

/**
 * @template T
 * @param {() => T} work
 */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function makeCache() {
  const { uid } = fs.statSync(FOLDER);
  if (uid !== (process.geteuid?.() ?? uid)) return false;
  fs.mkdirSync(CACHE, { recursive: true, mode: 0o755 });
  return true;
}

/**
 * As `require`, with the kept code of the command line's own files.
 * @param {string} id
 * @param {string} command
 * @param {Map<string, Part>} parts
 * @returns {unknown}
 */
function load(id, command, parts) {
  if (!id.startsWith("./")) return require(id);
  const known = parts.get(id);
  if (known !== undefined) return known.exports;
  const name = id.slice(2);
  const filename = `${FOLDER}/${name}`;
  const path = `${CACHE}/${command}.${name}.${fs.statSync(filename).mtimeMs}`;
  const source = fs.readFileSync(filename, "utf8");
  const cachedData = attempt(() => fs.readFileSync(path));
  const script = new Script(Module.wrap(source), { filename, cachedData });
  const part = { script, path, exports: {} };
  parts.set(id, part);
  const requireBeside = (/** @type {string} */ other) => load(other, command, parts);
  script.runInThisContext()(part.exports, requireBeside, part, filename, FOLDER);
  return part.exports;
}

/**
 * Keeps a part's code unless it came from there. Another run finds all of it or nothing, after a power cut too: V8
 * does not look whether the code is whole.
 * @param {Part} part
 */
function keep({ script, path }) {
  if (script.cachedDataRejected === false) return;
  const written = `${path}.${process.pid}`;
  const file = fs.openSync(written, "wx", 0o644);
  try {
    fs.writeFileSync(file, script.createCachedData());
    fs.fsyncSync(file);
    fs.renameSync(written, path);
  } finally {
    fs.closeSync(file);
    fs.rmSync(written, { force: true });
  }
}

launch(process.argv.slice(2));
