import { EXIT } from "./errors.ts";
import { main } from "./main.ts";
import { nodeIo } from "./node-io.ts";

/** Runs this process's command line. */
export function start(): void {
  process.on("SIGINT", () => process.exit(EXIT.interrupted));
  // With nothing left to wait for, this spares Node the taking down of what the system frees at once.
  process.on("beforeExit", () => process.exit());
  main(process.argv.slice(2), nodeIo()).then((code) => {
    process.exitCode = code;
  });
}
