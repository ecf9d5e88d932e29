import { Chalk, type ChalkInstance } from "chalk";
import type { Io, Sink } from "../io.ts";
import type { CommonFlags } from "../options.ts";

/** Colours by meaning, one each; without colour, the same text. */
export interface Paint {
  readonly payload: ChalkInstance;
  readonly timestamp: ChalkInstance;
  readonly signature: ChalkInstance;
  readonly good: ChalkInstance;
  readonly warning: ChalkInstance;
  readonly bad: ChalkInstance;
  readonly dim: ChalkInstance;
  readonly strong: ChalkInstance;
}

/** `--color` beats NO_COLOR, which beats FORCE_COLOR, which beats what the terminal is. */
export function makePaint(flags: CommonFlags, sink: Sink, env: Io["env"]): Paint {
  const chalk = new Chalk({ level: wantsColor(flags.color, sink, env) ? 1 : 0 });
  return {
    payload: chalk.magenta,
    timestamp: chalk.cyan,
    signature: chalk.blue,
    good: chalk.green,
    warning: chalk.yellow,
    bad: chalk.red,
    dim: chalk.dim,
    strong: chalk.bold,
  };
}

function wantsColor(flag: CommonFlags["color"], sink: Sink, env: Io["env"]): boolean {
  if (flag === "always") return true;
  if (flag === "never" || flag === false) return false;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0") return true;
  return sink.isTTY && env.TERM !== "dumb";
}

/** The colour of a segment; anything but a timestamp or a signature is payload. */
export function segmentPaint(paint: Paint, name: string): ChalkInstance {
  if (name === "timestamp") return paint.timestamp;
  return name === "signature" ? paint.signature : paint.payload;
}
