/** A seeded source of test cases: the same seed gives the same cases. */
export class Dice {
  readonly seed: number;
  #state: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed | 0;
  }

  /** mulberry32. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  /** Up to `most` results. */
  several<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }

  /** JSON text as Python's encoder writes it, and sometimes as others do. */
  json(depth = 0): string {
    const kind = this.below(depth < 4 ? 7 : 5);
    if (kind === 0) return this.jsonString();
    if (kind === 1)
      return this.pick(["0", "-1", "1.0", "-0.0", "1e+16", "0.1", "1e-05", "NaN", "-Infinity", "2.50"]);
    if (kind === 2)
      return String(this.below(2 ** 31) - 2 ** 30) + this.pick(["", "", "00000000000000", ".5"]);
    if (kind === 3) return this.pick(["true", "false", "null"]);
    if (kind === 4) return this.jsonString();
    if (kind === 5) return `[${this.several(5, () => this.json(depth + 1)).join(",")}]`;
    return this.jsonObject(depth + 1);
  }

  jsonObject(depth = 0): string {
    const key = () => (this.below(3) === 0 ? `"${this.below(20)}"` : this.jsonString());
    return `{${this.several(6, () => `${key()}:${this.json(depth)}`).join(",")}}`;
  }

  text(): string {
    const pieces = [
      "a",
      "Zq",
      " ",
      "words words words",
      "é",
      "ÿ",
      "中",
      "🍪",
      "\u2028",
      "'",
      "<",
      "0",
      ":",
      "=",
      "%",
    ];
    return this.several(8, () => this.pick(pieces as [string, ...string[]])).join("");
  }

  jsonString(): string {
    const escapes = this.several(3, () =>
      this.pick(['\\"', "\\\\", "\\n", "\\u0000", "\\ud83c", "\\u00e9", "\\/"]),
    );
    return `"${escapes.join("")}${[...this.text()].map(ascii).join("")}"`;
  }

  /** One change at a random place. */
  mutate(text: string, alphabet: string): string {
    const at = this.below(text.length + 1);
    const other = alphabet.charAt(this.below(alphabet.length));
    return this.pick([
      () => text.slice(0, at) + other + text.slice(at + 1),
      () => text.slice(0, at) + other + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1),
      () => text.slice(0, at),
      () => text.slice(0, at) + text.slice(at, at + 1 + this.below(4)).repeat(2) + text.slice(at + 4),
      () => text.slice(0, at) + [...text.slice(at, at + 4)].reverse().join("") + text.slice(at + 4),
    ])();
  }
}

function ascii(char: string): string {
  return JSON.stringify(char)
    .slice(1, -1)
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
