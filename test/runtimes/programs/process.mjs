import { report } from "./library.mjs";

const { Deno, process } = globalThis;
const version = Deno?.version.deno ?? process.versions.bun ?? process.version;
console.log(JSON.stringify({ version, ...report() }));
