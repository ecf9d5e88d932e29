#!/usr/bin/env node
// @ts-check
const fs = require("node:fs");
const { Script } = require("node:vm");

/** Of `node:module`, without the half millisecond that loading it takes; undefined in Bun, which has no V8. */
const { wrap } = /** @type {typeof import("node:module")} */ (module.constructor);

const PROGRAM = "./program.cjs";
const FOLDER = `${__dirname}/../dist/cli`;
const { version, versions, platform, arch } = process;
const CACHE = `${FOLDER}/cache/${version}-${versions.v8}-${platform}-${arch}`;

/**
 * A file of the command line. `kept`: its source, wrapped as a module's is, with code that V8 compiled in an earlier
 * run of the same command.
 * @typedef {{ source: string, script: Script, succeeded: boolean }} Kept
 * @typedef {{ id: string, filename: string, path: string, kept: Kept | undefined }} Part
 * @typedef {{ exports: Record<string, unknown> }} Loaded
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
  const asksHelp = [word, ...rest].some((each) => each === "--help" || each === "-h");
  const command = asksHelp ? "help" : word;
  const isName = /^[a-z-]{1,16}$/.test(command);
  const keeps = wrap !== undefined && isName && !process.env.NODE_DISABLE_COMPILE_CACHE;
  const program = keeps ? find(PROGRAM, command) : undefined;
  if (program === undefined || !(program.kept || attempt(makeCache))) {
    /** @type {{ enableCompileCache?(): void }} */ (require("node:module")).enableCompileCache?.();
    require(`${FOLDER}/program.cjs`).start();
    return;
  }
  /** @type {Map<string, Loaded>} */
  const loaded = new Map();
  /** As `require`. @type {(id: string) => any} */
  const load = (id) => {
    if (!id.startsWith("./")) return require(id);
    return loaded.get(id)?.exports ?? run(find(id, command), loaded, load);
  };
  run(program, loaded, load).start();
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
  fs.accessSync(CACHE, fs.constants.W_OK);
  return true;
}

/**
 * @param {string} id
 * @param {string} command
 * @returns {Part}
 */
function find(id, command) {
  const name = id.slice(2);
  const filename = `${FOLDER}/${name}`;
  const { mtimeMs, size } = fs.statSync(filename);
  const path = `${CACHE}/${command}.${name}.${mtimeMs}-${size}`;
  return { id, filename, path, kept: attempt(() => read(path, filename)) };
}

/** What is left to do for each part when the process ends: under one listener, since Node warns of eleven. */
const ending = /** @type {((exitCode: number) => void)[]} */ ([]);

/**
 * @param {Part} part
 * @param {Map<string, Loaded>} loaded
 * @param {(id: string) => any} load
 * @returns {any}
 */
function run({ id, filename, path, kept }, loaded, load) {
  const source = kept?.source ?? wrap(fs.readFileSync(filename, "utf8"));
  const script = kept?.script ?? new Script(source, { filename });
  if (!kept?.succeeded) {
    if (ending.length === 0) {
      process.on("exit", (code) => {
        for (const end of ending) end(code);
      });
    }
    ending.push((code) => {
      // A run that failed has compiled too little of the command, but more than none.
      if (code === 0 || (code === 1 && kept === undefined)) attempt(() => keep(path, source, script, code));
    });
  }
  const module = { exports: {} };
  loaded.set(id, module);
  script.runInThisContext()(module.exports, load, module, filename, FOLDER);
  return module.exports;
}

/** What follows code and source in a kept file: the length of each, and the exit code of the run. */
const TRAILER = 4 + 4 + 1;

/**
 * Code and source are in one file, which is read sooner than two.
 * @param {string} path
 * @param {string} filename
 * @returns {Kept | undefined}
 */
function read(path, filename) {
  const bytes = fs.readFileSync(path);
  const end = bytes.length - TRAILER;
  const middle = bytes.readUInt32LE(end);
  if (middle + bytes.readUInt32LE(end + 4) !== end) return undefined;
  const source = bytes.toString("utf8", middle, end);
  const script = new Script(source, { filename, cachedData: bytes.subarray(0, middle) });
  return script.cachedDataRejected ? undefined : { source, script, succeeded: bytes[end + 8] === 0 };
}

/**
 * Another run finds all of it or nothing, after a power cut too: V8 does not look whether the code is whole.
 * @param {string} path
 * @param {string} source
 * @param {Script} script
 * @param {number} exitCode
 */
function keep(path, source, script, exitCode) {
  const written = `${path}.${process.pid}`;
  const file = fs.openSync(written, "wx", 0o644);
  try {
    const code = script.createCachedData();
    const text = Buffer.from(source);
    const trailer = Buffer.alloc(TRAILER);
    trailer.writeUInt32LE(code.length, 0);
    trailer.writeUInt32LE(text.length, 4);
    trailer.writeUInt8(exitCode, 8);
    fs.writeFileSync(file, Buffer.concat([code, text, trailer]));
    fs.fsyncSync(file);
    fs.renameSync(written, path);
  } finally {
    fs.closeSync(file);
    fs.rmSync(written, { force: true });
  }
}

launch(process.argv.slice(2));
