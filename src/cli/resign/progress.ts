import type { Sink } from "../io.ts";
import type { Counts } from "./block.ts";

/** A line at the bottom of a terminal that says how far the work is. */
export interface Progress {
  update(counts: Counts, read: number): void;
  /** Writes above the line. */
  above(text: string): Promise<void>;
  /** Takes the line away. */
  end(): Promise<void>;
}

/** Milliseconds between two pictures. */
const INTERVAL = 100;
/** Erases the line and goes back to its start. */
const CLEAR = "\r\x1b[2K";
const BAR = 20;

/**
 * `total`: bytes of the input, where they are known: without them there is no bar and no remaining time.
 * `clock`: milliseconds.
 */
export function makeProgress(
  sink: Sink,
  total: number | undefined,
  clock: () => number = () => performance.now(),
): Progress {
  const start = clock();
  let drawn = start;
  let line = "";
  let writing: Promise<void> = Promise.resolve();
  const write = (text: string) => {
    writing = writing.then(() => sink.write(text));
    return writing;
  };
  return {
    update(counts, read) {
      const now = clock();
      if (now - drawn < INTERVAL) return;
      drawn = now;
      line = draw(counts, read, total, (now - start) / 1000).slice(0, Math.max(0, sink.columns - 1));
      write(CLEAR + line).catch(() => undefined);
    },
    above: (text) => write(line === "" ? text : `${CLEAR}${text}${line}`),
    async end() {
      if (line !== "") await write(CLEAR);
      line = "";
    },
  };
}

function draw(counts: Counts, read: number, total: number | undefined, seconds: number): string {
  const done = counts.changed + counts.unchanged + counts.rejected;
  const rejected = counts.rejected === 0 ? "" : `, ${grouped(counts.rejected)} rejected`;
  const rate = seconds > 0 ? done / seconds : 0;
  const text = `${grouped(done)} cookies${rejected}  ${grouped(Math.round(rate))}/s`;
  if (total === undefined || total <= 0 || read <= 0) return text;
  const share = Math.min(1, read / total);
  const filled = Math.floor(share * BAR);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const left = Math.ceil((seconds * (1 - share)) / share);
  return `[${"#".repeat(filled)}${"-".repeat(BAR - filled)}] ${percent}  ${text}  ${clockText(left)} left`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1:05`, `2:03:00` */
function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}
