import { wrap } from "node:module";
import { getAsset, getRawAsset } from "node:sea";
import { Script } from "node:vm";
import type * as Program from "./start.ts";

const [word = "help", ...rest] = process.argv.slice(2);
const asksHelp = [word, ...rest].some((each) => each === "--help" || each === "-h");
const command = asksHelp ? "help" : word;
const parts = new Map<string, { exports: Record<string, unknown> }>();

/** As `require`, of what the executable holds too: files of the command line, and their code as this command needs it. */
function load(id: string): Record<string, unknown> {
  if (!id.startsWith("./")) return require(id);
  const known = parts.get(id);
  if (known !== undefined) return known.exports;
  const name = id.slice(2);
  const source = getAsset(name, "utf8");
  const cachedData = codeOf(`${command}.${name}`);
  const script = new Script(wrap(source), {
    filename: name,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} };
  parts.set(id, module);
  script.runInThisContext()(module.exports, load, module, name, ".");
  return module.exports;
}

function codeOf(name: string): Uint8Array | undefined {
  try {
    return new Uint8Array(getRawAsset(name) as ArrayBuffer);
  } catch {
    return undefined;
  }
}

(load("./program.cjs") as typeof Program).start();
