import { EXIT } from "./errors.ts";
import { main } from "./main.ts";
import { nodeIo } from "./node-io.ts";

/** Runs this process's command line. */
export function start(): void {
  process.on("SIGINT", () => process.exit(EXIT.interrupted));
  main(process.argv.slice(2), nodeIo()).then((code) => {
    process.exitCode = code;
  });
}
