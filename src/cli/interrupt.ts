const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Calls back at Ctrl-C or a request to end, once: a second one ends the process at once. Gives how to stop listening. */
export function onInterrupt(callback: () => void): () => void {
  const usual = process.listeners("SIGINT");
  process.removeAllListeners("SIGINT");
  const release = () => {
    for (const signal of SIGNALS) process.off(signal, end);
    for (const listener of usual) process.on("SIGINT", listener);
    usual.length = 0;
  };
  const end = () => {
    release();
    callback();
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return release;
}
