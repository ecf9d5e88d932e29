const SIGNALS = ["SIGTERM", "SIGHUP"] as const;

/**
 * Runs at the end of the process, however it is asked to end, until the returned function is called. Meanwhile a
 * write that has begun is finished first, so that no half line is left.
 */
export function atExit(run: () => void): () => void {
  // Without a handler these end the process at once and without its exit event.
  const exit = (_name: string, number: number) => process.exit(128 + number);
  process.on("exit", run);
  for (const signal of SIGNALS) process.on(signal, exit);
  return () => {
    process.off("exit", run);
    for (const signal of SIGNALS) process.off(signal, exit);
  };
}
