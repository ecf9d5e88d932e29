/** One thing a page runs. `shown`: the lines that it prints according to the page, where the page says. */
export interface Step {
  readonly line: number;
  readonly command: string;
  readonly shown?: readonly string[];
}

export type Part = string | Step;

/** A command outside the blocks that are run. */
const STRAY = /^(?:\$ )?(?:[A-Z_]+=\S* )*(?:npx )?cookiesess /;

/**
 * Takes a page of Markdown apart: lines of prose as they stand, and the steps in between. Steps are
 *
 * - the commands of a block that is marked `sh`, one a line, each of which must succeed;
 * - the lines `$ command` of a block that is not marked, with what they print beneath;
 * - the lines between `<!-- run` and `-->`, which a reader does not see: what the page takes for granted.
 *
 * A `\` at its end continues a line. `synopses` are first lines of blocks that show usage and are not run.
 */
export function partsOf(markdown: string, synopses: readonly string[]): readonly Part[] {
  const lines = markdown.split("\n");
  const parts: Part[] = [];
  for (let at = 0; at < lines.length; at++) {
    const opening = lines[at] ?? "";
    parts.push(opening);
    const kind = kindOf(opening, lines[at + 1] ?? "");
    if (kind === undefined) continue;
    const end = lines.indexOf(kind === "hidden" ? "-->" : "```", at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: the block does not end`);
    const block = lines.slice(at + 1, end);
    if (kind === "other") refuseStray(block, at + 2, synopses);
    parts.push(...(kind === "other" ? block : stepsOf(block, at + 2, kind)), lines[end] ?? "");
    at = end;
  }
  return parts;
}

type Kind = "hidden" | "script" | "transcript" | "other";

function kindOf(opening: string, next: string): Kind | undefined {
  if (opening === "<!-- run") return "hidden";
  if (!opening.startsWith("```")) return undefined;
  if (opening === "```sh") return "script";
  return opening === "```" && next.startsWith("$ ") ? "transcript" : "other";
}

function refuseStray(block: readonly string[], first: number, synopses: readonly string[]): void {
  if (synopses.includes(block[0] ?? "")) return;
  const stray = block.findIndex((line) => STRAY.test(line));
  if (stray >= 0)
    throw new Error(`line ${first + stray}: a command in a block that is not run: mark it "sh"`);
}

function stepsOf(block: readonly string[], first: number, kind: Kind): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < block.length; at++) {
    const start = at;
    while (block[at]?.endsWith("\\")) at++;
    const command = block.slice(start, at + 1).join("\n");
    const line = first + start;
    if (kind !== "transcript") {
      const idle = command.trim() === "" || command.startsWith("#");
      parts.push(idle ? command : { line, command });
      continue;
    }
    let end = at + 1;
    while (end < block.length && !block[end]?.startsWith("$ ")) end++;
    parts.push({ line, command: command.slice(2), shown: block.slice(at + 1, end) });
    at = end - 1;
  }
  return parts;
}
