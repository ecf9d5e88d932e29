import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Request = Readonly<Record<string, unknown>> & { readonly do: string };

export interface Answer {
  readonly missing?: string;
  readonly version?: string;
  readonly value?: string;
  readonly payload?: string;
  readonly verdict?: string;
  readonly store?: string;
  readonly user?: string | number | null;
  readonly accepted?: boolean;
}

const BATCH = 250;

/** The real Django in a process of its own; see django.py beside this file. */
export class DjangoPeer {
  readonly #child;
  readonly #answers;

  constructor(python: string) {
    const script = fileURLToPath(new URL("django.py", import.meta.url));
    this.#child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdin.on("error", () => {});
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The answers to some requests, in their order. */
  async ask(requests: readonly Request[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (let start = 0; start < requests.length; start += BATCH) {
      this.#child.stdin.write(`${JSON.stringify(requests.slice(start, start + BATCH))}\n`);
      const line = await this.#answers.next();
      if (line.done) throw new Error("Django's process ended");
      answers.push(...(JSON.parse(line.value) as Answer[]));
    }
    return answers;
  }

  close(): void {
    this.#child.stdin.end();
  }
}
