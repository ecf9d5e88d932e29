/** Assertions that run wherever JavaScript does, so without a test runner. */

export function holds(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** Compares texts, numbers and booleans. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  holds(Object.is(actual, expected), `${what}: ${String(actual)} instead of ${String(expected)}`);
}
