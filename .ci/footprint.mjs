/** Prints how soon the CLI starts, and checks that its memory stays flat: a small heap must do for any input. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [sample] = readFileSync("fixtures/flask/sessions-3.1.3.jsonl", "utf8").split("\n", 1);
const { cookie } = JSON.parse(sample);
const cli = "bin/cookiesess.js";
const HEAP = "--max-old-space-size=64";

function medianMilliseconds(...args) {
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    spawnSync(process.execPath, args);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[7];
}

const empty = medianMilliseconds("-e", "0");
const decode = medianMilliseconds(cli, "decode", cookie);
console.log(
  `node -e 0: ${empty.toFixed(0)} ms; decode: ${decode.toFixed(0)} ms, ${(decode / empty).toFixed(2)} times that`,
);

function decoded(input) {
  const { status, stdout } = spawnSync(process.execPath, [HEAP, cli, "decode", "--json"], {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  return { status, lines: stdout.split("\n").filter(Boolean).length };
}

const LINES = 100_000;
const checks = {
  [`${LINES} cookies in a heap of 64 MiB`]: () => {
    const { status, lines } = decoded(`${cookie}\n`.repeat(LINES));
    return status === 0 && lines === LINES;
  },
  "a line of 32 MiB in a heap of 64 MiB": () => {
    const { status, lines } = decoded(`${"A".repeat(2 ** 25)}\n${cookie}\n`);
    return status === 1 && lines === 2;
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  const fine = check();
  if (!fine) failed++;
  console.log(`${fine ? "ok    " : "FAILED"}  ${name}`);
}
const passed = Object.keys(checks).length - failed;
console.log(JSON.stringify({ name: "footprint", passed, failed, skipped: 0 }));
process.exitCode = failed === 0 ? 0 : 1;
