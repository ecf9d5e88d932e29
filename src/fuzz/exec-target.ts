import { createCommand } from "./exec/command.ts";
import { type Ending, type Run, runProgram } from "./exec/run.ts";
import type { Hostile } from "./hostile.ts";
import { limiter } from "./limiter.ts";
import { slowFrom } from "./slow.ts";
import { type Answer, FuzzError, type Target } from "./target.ts";

export interface ExecTargetOptions {
  /** A program and its arguments, quoted as for a shell, with `{}` or `{header}` where the cookie goes. */
  readonly command: string;
  /** The program's environment; our own secrets are left out. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. Default 10,000. */
  readonly timeout?: number | undefined;
  /** Most programs at a time. */
  readonly concurrency: number;
}

const TIMEOUT = 10_000;

/** Characters of a cookie; systems take arguments of 128 KiB. */
const ROOM = 100_000;

/** Runs of each kind to learn from. */
const ROUNDS = 2;

/**
 * A program that is run once for each cookie, without a shell. Its exit code says what it made of it: 0 is accepted,
 * 1 to 125 refused. An error is what shells and systems mean by the others (126: not executable, 127: not found,
 * 128 and more: killed), a signal, and no end in time. What it prints is not looked at.
 * @throws {FuzzError} when no place for the cookie is named
 */
export function execTarget(options: ExecTargetOptions): Target {
  const { timeout = TIMEOUT, concurrency } = options;
  const command = createCommand(options.command);
  const env = { ...options.env, COOKIESESS_SECRET: undefined, COOKIESESS_FALLBACKS: undefined };
  const running = new Set<Run>();
  const limited = limiter(concurrency);
  let slow = Number.POSITIVE_INFINITY;

  const send = (hostile: Hostile): Promise<Answer> =>
    limited(async () => {
      const words = command.fill(hostile);
      if (words === undefined) return NOT_SENDABLE;
      const run = runProgram(words, env, timeout);
      running.add(run);
      return run.ended.then(toAnswer).finally(() => running.delete(run));
    });

  return {
    kind: "codec",
    title: command.program,
    room: ROOM,
    get slowFrom() {
      return slow;
    },
    async learn(genuine) {
      command.learn(genuine);
      const answers = await baselineOf(send, genuine);
      slow = slowFrom([...answers.genuine, ...answers.nobody]);
      const [one, another] = [answers.genuine[0]?.detail ?? "", answers.nobody[0]?.detail ?? ""];
      return { genuine: one, nobody: another, toldApartBy: "the exit code" };
    },
    send,
    reproduce: (hostile) => command.quote(hostile),
    async close() {
      for (const run of running) run.kill();
      await Promise.allSettled([...running].map(({ ended }) => ended));
    },
  };
}

const NOT_SENDABLE: Answer = { verdict: "refused", milliseconds: 0, detail: "not sendable" };

/** @throws {FuzzError} when the program refuses the genuine session, or accepts anything */
async function baselineOf(send: (hostile: Hostile) => Promise<Answer>, genuine: Hostile) {
  const answers = { genuine: [] as Answer[], nobody: [] as Answer[] };
  for (let round = 0; round < ROUNDS; round++) {
    answers.genuine.push(await send(genuine));
    answers.nobody.push(await send(nonsense(genuine)));
  }
  const refused = answers.genuine.find(({ verdict }) => verdict !== "accepted");
  if (refused !== undefined) {
    throw new FuzzError(
      `the program does not accept the genuine cookie: ${refused.detail}`,
      "it must end with exit code 0 when it accepts a cookie",
    );
  }
  if (answers.nobody.some(({ verdict }) => verdict === "accepted")) {
    throw new FuzzError(
      "the program accepts nonsense: exit code 0",
      "it must end with exit code 1 when it refuses a cookie",
    );
  }
  return answers;
}

/** Cookies of the same names that nobody signed. */
function nonsense({ pairs = [] }: Hostile): Hostile {
  const others = pairs.map(({ name }) => ({ name, value: "nonsense" }));
  return { header: others.map(({ name, value }) => `${name}=${value}`).join("; "), pairs: others };
}

function toAnswer(ending: Ending): Answer {
  const { milliseconds } = ending;
  if (ending.how === "unsendable") return NOT_SENDABLE;
  if (ending.how === "timeout") {
    return {
      verdict: "error",
      milliseconds,
      detail: `no end in ${(ending.after / 1_000).toLocaleString("en")} s`,
    };
  }
  if (ending.how === "signal")
    return { verdict: "error", milliseconds, detail: `killed by ${ending.signal}` };
  return { verdict: verdictOf(ending.code), milliseconds, detail: `exit code ${ending.code}` };
}

function verdictOf(code: number): Answer["verdict"] {
  if (code === 0) return "accepted";
  return code <= 125 ? "refused" : "error";
}
