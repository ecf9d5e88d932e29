import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Interrupted } from "./errors.ts";
import type { Io, Questions, Sink } from "./io.ts";

export function nodeIo(): Io {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true && !process.env.CI;
  return {
    stdin: { isTTY: process.stdin.isTTY === true, chunks: () => process.stdin },
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    env: process.env,
    now: () => Date.now() / 1000,
    random: (length) => randomBytes(length),
    readFile,
    ask: interactive ? lazyQuestions() : undefined,
    zoneOffset: (at) => -new Date(at * 1000).getTimezoneOffset(),
  };
}

function sink(stream: NodeJS.WriteStream): Sink {
  let gone = false;
  stream.on("error", () => {
    gone = true;
  });
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 80;
    },
    async write(text) {
      if (gone) throw new Interrupted();
      if (stream.write(text)) return;
      await new Promise<void>((resolve) => {
        const done = () => {
          for (const event of ["drain", "close", "error"]) stream.off(event, done);
          resolve();
        };
        for (const event of ["drain", "close", "error"]) stream.once(event, done);
      });
      if (gone) throw new Interrupted();
    },
  };
}

/** @inquirer/prompts is loaded at the first question. */
function lazyQuestions(): Questions {
  const questions = () => import("./questions.ts").then(({ inquirerQuestions }) => inquirerQuestions);
  return {
    hidden: async (message) => (await questions()).hidden(message),
    text: async (message, initial) => (await questions()).text(message, initial),
    choose: async (message, choices, initial) => (await questions()).choose(message, choices, initial),
    edit: async (message, initial) => (await questions()).edit(message, initial),
    confirm: async (message) => (await questions()).confirm(message),
  };
}
