import { randomBytes } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";

/** A process, told apart from any other that ever ran. What the platform does not tell is "". */
export interface Writer {
  readonly pid: number;
  /** When the process started, in clock ticks since the machine did; "0" where unknown. */
  readonly start: string;
  readonly host: string;
  /** Linux: /etc/machine-id. */
  readonly machine: string;
  /** Linux: changes with every boot. */
  readonly boot: string;
  /** Linux: what the process id counts in; containers have their own. */
  readonly pidNamespace: string;
  /** ISO 8601, for people. */
  readonly since: string;
}

const UNKNOWN_START = "0";

export async function thisWriter(): Promise<Writer> {
  const [stat, machine, boot, pidNamespace] = await Promise.all([
    processStat(process.pid),
    textOf(readFile("/etc/machine-id", "utf8")),
    textOf(readFile("/proc/sys/kernel/random/boot_id", "utf8")),
    textOf(readlink("/proc/self/ns/pid")),
  ]);
  return {
    pid: process.pid,
    start: stat?.start ?? UNKNOWN_START,
    host: hostname(),
    machine,
    boot,
    pidNamespace,
    since: new Date().toISOString(),
  };
}

/** A name that no other run ever has; `readPassingName` reads it back. */
export function newToken(writer: Writer): string {
  return `${writer.pid}-${writer.start}-${randomBytes(8).toString("hex")}`;
}

/**
 * Whether the writer has certainly ended. False where it cannot be known: on another machine, in another container.
 */
export async function hasEnded(writer: Writer, me: Writer): Promise<boolean> {
  if (writer.host !== me.host || writer.machine !== me.machine) return false;
  if (writer.boot !== me.boot) return writer.boot !== "" && me.boot !== "" && me.machine !== "";
  if (writer.pidNamespace !== me.pidNamespace) return false;
  return !(await isRunning(writer.pid, writer.start));
}

/** Whether that very process runs on this machine. A process id that was given away again is not it. */
export async function isRunning(pid: number, start: string): Promise<boolean> {
  const stat = await processStat(pid);
  if (stat !== undefined) return !stat.dead && (start === UNKNOWN_START || stat.start === start);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** Reads what `JSON.stringify` made of a writer. Undefined for anything else. */
export function parseWriter(text: string): Writer | undefined {
  const fields = parseObject(text);
  const read = (name: string) => printable(fields?.get(name));
  const pid = fields?.get("pid");
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const [start, host, since] = [read("start"), read("host"), read("since")];
  if (start === undefined || host === undefined || since === undefined) return undefined;
  const [machine = "", boot = "", pidNamespace = ""] = [read("machine"), read("boot"), read("pidNamespace")];
  return { pid, start, host, machine, boot, pidNamespace, since };
}

/** Linux only: undefined elsewhere, and for a process that does not run or is hidden. */
async function processStat(pid: number): Promise<{ start: string; dead: boolean } | undefined> {
  const text = await textOf(readFile(`/proc/${pid}/stat`, "latin1"));
  // proc(5): the second field is the program's name in brackets, and may hold brackets and spaces itself.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state, start] = [fields[0] ?? "", fields[19]];
  return start === undefined ? undefined : { start, dead: "ZXx".includes(state) };
}

async function textOf(reading: Promise<string>): Promise<string> {
  try {
    return (await reading).trim();
  } catch {
    return "";
  }
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

function printable(value: unknown): string | undefined {
  return typeof value === "string" && /^[ -~]{0,253}$/.test(value) ? value : undefined;
}
