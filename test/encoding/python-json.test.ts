import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import { parsePythonJson, writePythonJson } from "../../src/encoding/python-json.ts";
import { keysInOrder, type Value } from "../../src/encoding/values.ts";
import { canonical } from "../canonical-json.ts";
import { readLines } from "../contract.ts";

interface Document {
  readonly id: string;
  readonly text: string;
  /** `json.dumps(json.loads(text))`, compact; null where Python refuses the text. */
  readonly written: string | null;
  /** The same with sort_keys, where that differs. */
  readonly sorted?: string;
}

const read = (text: string) => parsePythonJson(text, { maxDepth: 2000 });
const value = (text: string): Value => unwrap(read(text));

/** Inside a list, which is where the spelling of a number is kept. */
const inList = (text: string) => `[${text}]`;

for (const file of ["texts", "random", "mutated", "floats"]) {
  const lines = readLines<Document>(`python-json/${file}.jsonl`);

  test(`${file}: Python and we accept the same texts`, () => {
    for (const { id, text, written } of lines) {
      const result = read(text);
      expect(result.ok, id).toBe(written !== null);
      if (!result.ok) expect(result.code).toBe("bad-payload");
    }
  });

  test(`${file}: the value is Python's`, () => {
    for (const { id, text, written } of lines) {
      if (written === null) continue;
      expect(canonical(writePythonJson(value(inList(text)))), id).toBe(canonical(inList(written)));
    }
  });

  test(`${file}: what a person writes is written as Python writes it`, () => {
    for (const { id, text, written, sorted } of lines) {
      if (written === null) continue;
      const given = unwrap(parsePythonJson(inList(text), { maxDepth: 2000, respell: true }));
      expect(writePythonJson(given), id).toBe(inList(written));
      expect(writePythonJson(given, { sortKeys: true }), id).toBe(inList(sorted ?? written));
    }
  });

  test(`${file}: what Python wrote is written again to the byte`, () => {
    for (const { id, written, sorted } of lines) {
      if (written === null) continue;
      expect(writePythonJson(value(inList(written))), id).toBe(inList(written));
      expect(writePythonJson(value(inList(written)), { sortKeys: true }), id).toBe(inList(sorted ?? written));
    }
  });
}

test("float.__repr__ of doubles that were not read from a text", () => {
  for (const { written } of readLines<Document>("python-json/floats.jsonl")) {
    const tokens = (written ?? "").slice(1, -1).split(",");
    for (const token of tokens.filter((text) => !Number.isSafeInteger(Number(text)))) {
      expect(writePythonJson(Number(token))).toBe(token);
    }
  }
});

describe("what JavaScript would lose", () => {
  test("integers beyond 2^53 are bigint, negative zero is the integer 0", () => {
    expect(value("[9007199254740991,9007199254740992,-9007199254740993]")).toEqual([
      9007199254740991,
      9007199254740992n,
      -9007199254740993n,
    ]);
    expect(Object.is(value("-0"), 0)).toBe(true);
    expect(Object.is(value("[-0.0]"), 0)).toBe(false);
    expect((value("[-0.0]") as number[])[0]).toBe(-0);
  });

  test("a changed number loses the spelling, its neighbours keep theirs", () => {
    const object = value('{"a":1.0,"b":2.50}') as { a: number };
    object.a = 7;
    expect(writePythonJson(object)).toBe('{"a":7,"b":2.50}');
  });

  test("the order of integer-like keys is the text's; new keys come last", () => {
    const object = value('{"10":1,"9":2}') as Record<string, Value>;
    object["5"] = 3;
    expect(keysInOrder(object)).toEqual(["10", "9", "5"]);
    expect(writePythonJson(object)).toBe('{"10":1,"9":2,"5":3}');
  });

  test("__proto__ is an ordinary own key", () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"__proto__":{"x":1},"n":1.0}']) {
      const object = value(text) as object;
      expect(Object.hasOwn(object, "__proto__")).toBe(true);
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
      expect("x" in object).toBe(false);
      expect(writePythonJson(object as Value)).toBe(text);
    }
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

describe("limits", () => {
  test.each([
    ["lists", "[".repeat(10), "]".repeat(10)],
    ["objects", '{"a":'.repeat(10), "}".repeat(10)],
  ])("%s as deep as the limit are read, one deeper is refused", (_, open, close) => {
    const text = `${open}1${close}`;
    expect(parsePythonJson(text, { maxDepth: 10 }).ok).toBe(true);
    expect(parsePythonJson(text, { maxDepth: 9 })).toMatchObject({ ok: false, code: "bad-payload" });
  });

  test("a million brackets fail at once", () => {
    for (const text of ["[".repeat(1_000_000), '{"a":'.repeat(200_000), '[{"":'.repeat(200_000)]) {
      expect(read(text)).toMatchObject({ ok: false, code: "bad-payload" });
    }
  });
});
