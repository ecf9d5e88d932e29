/** A process of rotate-files.ts: edits a file until it is killed, or a number of times. */
import { writeSync } from "node:fs";
import { type Edit, editFile } from "../../src/secrets/files/edit.ts";
import { append, rotated, versionOf } from "./rotate-files-ring.ts";

const [mode, file = "", seedText, name = "", count] = process.argv.slice(2);
const seed = Number(seedText);
const say = (line: string | number) => writeSync(1, `${line}\n`);

async function edit(change: Edit, backup = false): Promise<void> {
  const edited = await editFile(file, change, { lockTimeout: 20, now: Date.now() / 1000, backup });
  if (edited.ok) return;
  console.error(`worker ${name}: ${edited.code}: ${edited.message}`);
  process.exit(1);
}

if (mode === "rotate") {
  say("ready");
  for (let round = 0; ; round++) {
    let version = 0;
    const rotate: Edit = (text) => {
      version = (versionOf(seed, text) ?? Number.NaN) + 1;
      return rotated(seed, text);
    };
    await edit(rotate, round % 8 === 3);
    say(version);
  }
} else if (mode === "append") {
  for (let number = 0; number < Number(count); number++)
    await edit((text) => append(text, `${name}${number}`));
} else {
  await edit(() => {
    say("holding");
    return new Promise(() => setInterval(() => {}, 1000));
  });
}
