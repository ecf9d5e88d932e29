import type { Io, Sink } from "../io.ts";
import type { CommonFlags } from "../options.ts";

export type Stroke = (text: string) => string;

/** Colours by meaning, one each; without colour, the same text. */
export interface Paint {
  readonly payload: Stroke;
  readonly timestamp: Stroke;
  readonly signature: Stroke;
  readonly good: Stroke;
  readonly warning: Stroke;
  readonly bad: Stroke;
  readonly dim: Stroke;
  readonly strong: Stroke;
}

const plain: Stroke = (text) => text;

const PLAIN: Paint = {
  payload: plain,
  timestamp: plain,
  signature: plain,
  good: plain,
  warning: plain,
  bad: plain,
  dim: plain,
  strong: plain,
};

/** `--color` beats NO_COLOR, which beats FORCE_COLOR, which beats what the terminal is. Loads chalk for colours only. */
export async function makePaint(flags: CommonFlags, sink: Sink, env: Io["env"]): Promise<Paint> {
  if (!wantsColor(flags.color, sink, env)) return PLAIN;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: 1 });
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
export function segmentPaint(paint: Paint, name: string): Stroke {
  if (name === "timestamp") return paint.timestamp;
  return name === "signature" ? paint.signature : paint.payload;
}
