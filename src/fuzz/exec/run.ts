import { type ChildProcess, spawn } from "node:child_process";
import { kill } from "node:process";
import { FuzzError } from "../target.ts";

/** How a program ended. */
export type Ending = { readonly milliseconds: number } & (
  | { readonly how: "exit"; readonly code: number }
  | { readonly how: "signal"; readonly signal: string }
  /** After so many milliseconds it was killed. */
  | { readonly how: "timeout"; readonly after: number }
  /** The system takes no arguments of this length. */
  | { readonly how: "unsendable" }
);

export interface Run {
  /** Rejects with FuzzError when the program cannot be started. */
  readonly ended: Promise<Ending>;
  kill(): void;
}

/** Runs a program without a shell, in a process group of its own, so that what it starts ends with it. */
export function runProgram(
  [program, ...words]: readonly [string, ...string[]],
  env: Readonly<Record<string, string | undefined>>,
  timeout: number,
): Run {
  try {
    const child = spawn(program, words, { env, stdio: "ignore", detached: true });
    const end = () => killGroup(child);
    return { ended: endOf(child, timeout, end).catch((error) => notStarted(program, error)), kill: end };
  } catch (error) {
    const ended = notStarted(program, error as NodeJS.ErrnoException);
    return { ended, kill() {} };
  }
}

/** Rejects with the system's error when it does not start. */
function endOf(child: ChildProcess, timeout: number, end: () => void): Promise<Ending> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      end();
    }, timeout);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      const milliseconds = performance.now() - started;
      if (late) resolve({ how: "timeout", after: timeout, milliseconds });
      else if (code === null) resolve({ how: "signal", signal: signal ?? "a signal", milliseconds });
      else resolve({ how: "exit", code, milliseconds });
    });
  });
}

async function notStarted(program: string, { code }: NodeJS.ErrnoException): Promise<Ending> {
  if (code === "E2BIG") return { how: "unsendable", milliseconds: 0 };
  throw new FuzzError(`${program} cannot be run (${code})`, "--exec names a program and its arguments");
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) kill(-pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
