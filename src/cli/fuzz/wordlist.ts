import { createReadStream } from "node:fs";
import { createInterface } from "node:readline/promises";
import { type Candidate, publishedCandidates } from "../../fuzz/weak-secret.ts";
import { UsageError } from "../errors.ts";
import { reason } from "../files.ts";

/** The published secrets, then those of a file, one a line, whatever its encoding; read as it is tried. */
export async function* candidates(path: string | undefined): AsyncGenerator<Candidate> {
  yield* publishedCandidates();
  if (path === undefined) return;
  const input = createReadStream(path, "latin1");
  try {
    let number = 0;
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      const secret = Uint8Array.from(line, (char) => char.charCodeAt(0));
      yield { secret, where: `line ${number} of ${path}` };
    }
  } catch (error) {
    throw new UsageError(`cannot read the word list ${path}: ${reason(error)}`);
  }
}
