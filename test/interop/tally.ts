/** Counts what held and what did not; failures are printed as they come. */
export class Tally {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  check(holds: boolean, what: string): void {
    if (holds) this.#passed++;
    else this.#failed++;
    if (!holds) console.error(`failed: ${what}`);
  }

  skip(what: string, reason: string): void {
    this.#skipped++;
    console.log(`skipped: ${what}: ${reason}`);
  }

  /** Prints the counts as one line of JSON and gives the exit code. */
  report(name: string): number {
    const [passed, failed, skipped] = [this.#passed, this.#failed, this.#skipped];
    console.log(JSON.stringify({ name, passed, failed, skipped }));
    return failed > 0 ? 1 : 0;
  }
}
