/** Prints how soon the CLI starts, on each Node that is there, and checks that its memory stays flat: a small heap must do for any input. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const [sample] = readFileSync("fixtures/flask/sessions-3.1.3.jsonl", "utf8").split("\n", 1);
const { cookie } = JSON.parse(sample);
const cli = "bin/cookiesess.js";
const HEAP = "--max-old-space-size=64";

function milliseconds([program, ...args]) {
  const start = performance.now();
  spawnSync(program, args);
  return performance.now() - start;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

/** How soon a command ends beside an empty program of the same Node, in pairs: other work on the machine slows both. */
function printStart(name, empty, command) {
  const pairs = Array.from({ length: 15 }, () => [milliseconds(empty), milliseconds(command)]);
  const [least, taken] = [0, 1].map((side) => median(pairs.map((pair) => pair[side])).toFixed(0));
  const ratio = median(pairs.map(([empty, full]) => full / empty)).toFixed(2);
  console.log(`${name.padEnd(16)} node -e 0: ${least} ms; decode: ${taken} ms, ${ratio} times that`);
}

const installed = ["22", "24", "26"].map((major) => `.ci/runtimes/node_modules/node-${major}/bin/node`);
for (const node of [process.execPath, ...installed].filter(existsSync)) {
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  spawnSync(node, [cli, "decode", cookie]);
  printStart(version, [node, "-e", "0"], [node, cli, "decode", cookie]);
}
const executable = "dist-bin/cookiesess";
if (existsSync(executable))
  printStart("executable", [process.execPath, "-e", "0"], [executable, "decode", cookie]);

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
