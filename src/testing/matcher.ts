/** The part of `this` in a custom matcher that Vitest and Jest have in common. */
export interface MatcherContext {
  readonly isNot?: boolean | undefined;
  readonly promise?: string | undefined;
  readonly customTesters: readonly Tester[];
  equals(a: unknown, b: unknown, customTesters?: Tester[]): boolean;
  readonly utils: {
    readonly iterableEquality: Tester;
    diff(expected: unknown, received: unknown): string | null | undefined;
    matcherHint(name: string, received: string, expected: string, options: object): string;
    printExpected(value: unknown): string;
    printReceived(value: unknown): string;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as both declare it
type Tester = (this: any, a: any, b: any, customTesters: any[]) => boolean | undefined;

export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** Lazily, what went wrong, under the line that repeats the assertion. */
export function report(
  { isNot = false, promise = "", utils }: MatcherContext,
  matcher: string,
  received: string,
  pass: boolean,
  explain: () => string,
): MatcherResult {
  const hint = () => utils.matcherHint(matcher, received, "codec", { isNot, promise });
  return { pass, message: () => `${hint()}\n\n${explain()}` };
}

/** Compares as `toEqual` does: asymmetric matchers, and testers that were added to `expect`, count. */
export function isEqual({ equals, customTesters, utils }: MatcherContext, a: unknown, b: unknown): boolean {
  return equals(a, b, [...customTesters, utils.iterableEquality]);
}

/** How two values that are not equal differ. */
export function difference({ utils }: MatcherContext, expected: unknown, received: unknown): string {
  const diff = utils.diff(expected, received);
  if (diff) return diff;
  return `Expected: ${utils.printExpected(expected)}\nReceived: ${utils.printReceived(received)}`;
}

/**
 * A misspelt option would make a test that cannot fail.
 * @throws {TypeError} on a key that is none of these
 */
export function checkKeys(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new TypeError(`unknown ${what} ${JSON.stringify(unknown)}; one of ${known.join(", ")}`);
}
