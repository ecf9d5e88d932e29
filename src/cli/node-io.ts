import * as platform from "#platform";
import { gather } from "./gather.ts";
import type { Io, Questions } from "./io.ts";
import { sink } from "./node-sink.ts";

/** The process itself. Streams and modules are opened at their first use: starting takes longer than most commands. */
export function nodeIo(): Io {
  return {
    stdin: {
      get isTTY() {
        return process.stdin.isTTY === true;
      },
      descriptor: 0,
      chunks: () => process.stdin,
    },
    stdout: sink(1, () => process.stdout),
    stderr: sink(2, () => process.stderr),
    env: process.env,
    now: () => Date.now() / 1000,
    random: platform.random,
    readFile,
    async writeFile(path, text) {
      const { writeFile } = await import("node:fs/promises");
      await writeFile(path, text, { mode: 0o600 });
    },
    async appendFile(path, text) {
      const { appendFile } = await import("node:fs/promises");
      await appendFile(path, text);
    },
    get ask() {
      const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true && !process.env.CI;
      return interactive ? lazyQuestions() : undefined;
    },
    zoneOffset: (at) => -new Date(at * 1000).getTimezoneOffset(),
  };
}

/** Also of pipes and devices, which do not say how much there is. */
async function readFile(path: string, most: number): Promise<Uint8Array> {
  const { open } = await import("node:fs/promises");
  const file = await open(path);
  try {
    return await gather(file.createReadStream({ autoClose: false }), most);
  } finally {
    await file.close();
  }
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
