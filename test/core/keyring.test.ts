import { describe, expect, test } from "vitest";
import { KeyCache, makeKeyring, type Secret } from "../../src/core/keyring.ts";

const bytes = (...values: readonly number[]) => Uint8Array.from(values);

describe("makeKeyring", () => {
  test("text is UTF-8, bytes stay, empty fallbacks keep their place", () => {
    expect(makeKeyring("\u00e9", ["a", "", bytes(255, 0), bytes()])).toEqual([
      bytes(0xc3, 0xa9),
      bytes(97),
      undefined,
      bytes(255, 0),
      undefined,
    ]);
  });

  test("later changes of the caller's array change nothing", () => {
    const secret = bytes(1, 2);
    const [current] = makeKeyring(secret);
    secret.fill(0);
    expect(current).toEqual(bytes(1, 2));
  });

  test.each<[string, unknown, unknown]>([
    ["an empty secret", "", []],
    ["an empty array of bytes", bytes(), []],
    ["no secret", undefined, []],
    ["a number", 5, []],
    ["fallbacks as a text", "a", "bcd"],
    ["a number among the fallbacks", "a", ["b", 5]],
  ])("%s is a TypeError without the secret in it", (_, secret, fallbacks) => {
    const make = () => makeKeyring(secret as Secret, fallbacks as readonly Secret[]);
    expect(make).toThrow(TypeError);
    expect(make).not.toThrow(/bcd/);
  });

  test("an environment variable that is not set is told from other mistakes", () => {
    expect(() => makeKeyring(process.env.NOT_SET as unknown as Secret)).toThrow(/not undefined$/);
  });
});

describe("KeyCache", () => {
  const counting = () => {
    const derived: string[] = [];
    const cache = new KeyCache(makeKeyring("a", ["", "b"]), (secret, name) => {
      derived.push(`${secret[0]} ${name}`);
      return derived.length;
    });
    return { cache, derived };
  };

  test("derives each key once for a name, and none before it is needed", () => {
    const { cache, derived } = counting();
    expect(cache.length).toBe(3);
    expect(derived).toEqual([]);
    expect([cache.key(0, "x"), cache.key(0, "x"), cache.key(2, "x"), cache.key(0, undefined)]).toEqual([
      1, 1, 2, 3,
    ]);
    expect(derived).toEqual(["97 x", "98 x", "97 undefined"]);
  });

  test("has no key for an empty fallback or beyond the end", () => {
    const { cache } = counting();
    expect(cache.key(1, "x")).toBeUndefined();
    expect(cache.key(3, "x")).toBeUndefined();
  });

  test("forgets names rather than keep any number of them", () => {
    const { cache, derived } = counting();
    cache.key(0, "first");
    for (let index = 0; index < 1000; index++) cache.key(0, `name ${index}`);
    cache.key(0, "first");
    expect(derived.filter((entry) => entry === "97 first")).toHaveLength(2);
  });
});
